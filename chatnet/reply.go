package chatnet

import "time"

// Reply is the hub's one answer to one Call: an Answer, or Err.
type Reply struct {
	ID     uint64
	Answer Answer
	Err    *Error
}

// Answer is what a granted request gives back. The set is closed.
//
//sumtype:decl
type Answer interface{ answer() }

type (
	// Done says: it is so now, and stored where it must be.
	Done struct{}

	// Stored says where a message is. It is on stable storage under this seq
	// (DELIVERY S3). Dup marks a message that had been stored before.
	Stored struct {
		Room   RoomID
		Seq    Seq
		Origin Origin
		Dup    bool
	}

	// Entered says that the sender is a member of a room.
	Entered struct{ Room RoomID }

	// RoomList lists the rooms that one may join, by name.
	RoomList struct{ Rooms []Listing }

	// MemberList lists who is in a room, by nick.
	MemberList struct {
		Room    RoomID
		Members []Member
	}

	// UserInfo tells about one user.
	UserInfo struct {
		Member
		Rooms []RoomName // those that the asker may know of
		Since time.Time  // when the user first came; zero if unknown
	}

	// Page is a piece of history, ascending. More says that there is history
	// before it.
	Page struct {
		Room   RoomID
		Events []Event
		More   bool
	}

	// Hits are the messages that a search found, the newest first. Each is Said,
	// with the text that it has now; History around its seq shows what was said
	// before and after. More says that there are older ones.
	Hits struct {
		Events []Event
		More   bool
	}

	// KnockList lists who waits to be let in, oldest first.
	KnockList struct{ Knocks []Knock }

	// Welcome is the answer to a Hello. It comes before all else.
	Welcome struct {
		Server ServerInfo
		User   UserID
		Nick   Nick
		Role   Role
		Rooms  []RoomInfo // every room of the user, direct ones included (DELIVERY R6)
	}

	// Waiting is the answer to a Hello when the host is being asked. A Welcome,
	// or a Bye, follows.
	Waiting struct{ Server ServerInfo }
)

func (Done) answer()       {}
func (Stored) answer()     {}
func (Entered) answer()    {}
func (RoomList) answer()   {}
func (MemberList) answer() {}
func (UserInfo) answer()   {}
func (Page) answer()       {}
func (Hits) answer()       {}
func (KnockList) answer()  {}
func (Welcome) answer()    {}
func (Waiting) answer()    {}

// ServerInfo is what a server tells of itself.
type ServerInfo struct {
	Name       Text   // what the server calls itself
	MOTD       Text   // its greeting, may have several lines
	Version    string // of the program
	Durability string // what an ok means: "disk", "quorum" or "process" (DELIVERY S3)
}

// RoomInfo is a room as one of its members sees it, and where the member's
// stream of events begins.
type RoomInfo struct {
	ID    RoomID
	Name  RoomName // zero for a direct room
	Kind  RoomKind
	Topic Text
	With  Member // the other one of a direct room
	Count int    // members

	Epoch Epoch
	Head  Seq  // the last event when the session began
	After Seq  // events come from here on: the first one's Prev is After
	Reset bool // the client's cursor was of no use (another epoch, past the head, or too far behind): what it has is not connected to what comes
	Read  Seq  // the user's read mark
}

// Listing is a room as somebody who is not in it sees it.
type Listing struct {
	Name  RoomName
	Topic Text
	Count int
}

// Member is a user in a list.
type Member struct {
	User     UserID
	Nick     Nick
	Role     Role
	Presence Presence
	Away     Text // why away, in the user's words
}

// Knock is somebody who waits to be let in.
type Knock struct {
	User  UserID
	Nick  Nick
	Addr  string // the peer's address as the server sees it
	Door  string // the scheme it came through
	Since time.Time
}
