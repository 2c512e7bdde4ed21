package chatnet

import "time"

// The sizes that every part of tchat agrees on (DELIVERY section 7). They are
// refused with the limit's name when exceeded, never cut.
const (
	MaxText      = 8 << 10  // bytes of one message
	MaxTopic     = 512      // bytes of a topic
	MaxAway      = 256      // bytes of an away text
	MaxReason    = 256      // bytes of a reason
	MaxEmoji     = 64       // bytes of an emoji
	MaxNick      = 32       // characters of a nick
	MaxRoomName  = 64       // characters of a room's name
	MaxLine      = 64 << 10 // bytes of a native line
	MaxHelloLine = 16 << 10 // bytes of a native line before the welcome; a hello with 200 cursors fits
	MaxInFlight  = 64       // requests of one connection without a reply
	PageSize     = 200      // events of a history page, and of the backlog that comes without asking
	MaxPage      = 1000     // events of the largest history page
	MaxBehind    = 1000     // events up to which a cursor is resumed without a break
	MaxCursors   = 200      // cursors in one hello; rooms beyond start anew
	MaxKnocks    = 100      // knocks waiting at once
	MaxRooms     = 500      // rooms of one user
)

// The times that both ends agree on (DELIVERY R5).
const (
	PingAfter  = 30 * time.Second // silence after which a peer is asked for a sign of life
	DeadAfter  = 75 * time.Second // silence after which it is given up
	HelloLimit = 15 * time.Second // from accept to a complete hello
	WriteLimit = 10 * time.Second // a write without progress (DELIVERY C2)
)
