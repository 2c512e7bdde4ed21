package chatnet

// Presence is whether a user is reachable just now.
type Presence string

// The presences. A user with several sessions is here when any session is.
const (
	Here Presence = "here"
	Away Presence = "away"
	Gone Presence = "gone"
)

// RoomKind says how a room is entered and who may know of it.
type RoomKind string

// The kinds of room.
const (
	KindOpen    RoomKind = "open"    // anybody joins
	KindPrivate RoomKind = "private" // neither listed nor found; joined by invitation
	KindDirect  RoomKind = "direct"  // exactly two users, for ever
)
