package sim

import (
	"time"

	"tchat/chatnet"
)

// History is everything that happened in a world, in order.
type History []Record

// Record is one thing that happened.
type Record struct {
	At   time.Duration
	Who  string // "s", or a client
	Life int    // of whom: rises with every start
	What What
}

// What says what happened. The set is closed.
//
//sumtype:decl
type What interface{ what() }

// What clients did and saw.
type (
	// Tried says that a person is about to say something.
	Tried struct{ Say chatnet.Say }

	// Accepted says that the client promised to send it: Do returned nil.
	Accepted struct{ Text string }

	// Queued says under which origin it waits.
	Queued struct {
		Origin chatnet.Origin
		Text   string
	}

	// Settled says how it ended. Code is empty when it was stored.
	Settled struct {
		Origin chatnet.Origin
		Room   chatnet.RoomID
		Seq    chatnet.Seq
		Code   chatnet.Code
	}

	// Known says who the client is.
	Known struct{ User chatnet.UserID }

	// Refused says that the client gave the link up for good.
	Refused struct{ Code chatnet.Code }

	// Entered says that a room begins. Told by the client's own cache when
	// Cached is set.
	Entered struct {
		Info   chatnet.RoomInfo
		Cached bool
	}

	// Exited says that a room is over.
	Exited struct{ Room chatnet.RoomID }

	// Reset says that what comes is not connected to what was shown.
	Reset struct{ Room chatnet.RoomID }

	// Shown brings events to the person.
	Shown struct {
		Room   chatnet.RoomID
		Events []chatnet.Event
		Cached bool
	}

	// Paged brings older events to the person.
	Paged struct {
		Room   chatnet.RoomID
		Events []chatnet.Event
	}
)

// What went over a wire, as the server's end wrote and the client's end wrote
// it. Wire names the connection.
type (
	// Asked is a call.
	Asked struct {
		Wire string
		ID   uint64
		Say  chatnet.Say // if it was one
	}

	// Replied is a reply.
	Replied struct {
		Wire  string
		Reply chatnet.Reply
	}

	// Opened begins a room's events on a wire.
	Opened struct {
		Wire string
		Info chatnet.RoomInfo
	}

	// Told is an event.
	Told struct {
		Wire  string
		Event chatnet.Event
	}

	// Garbled says that what was written is not the dialect.
	Garbled struct {
		Wire string
		Err  string
	}
)

// What became of the server's disk.
type (
	// Stored says that an event is on stable storage from here on.
	Stored struct{ Event chatnet.Event }

	// Recovered says what a server found when it started.
	Recovered struct {
		Rooms map[chatnet.RoomID][]chatnet.Event
	}

	// Quiet says that all should be said and seen, so long after the last
	// fault, whether it is, and which wires are alive.
	Quiet struct {
		Done  bool
		Alive map[string]bool
		Late  time.Duration
	}

	// Stuck says that somebody did not end.
	Stuck struct{}

	// Final says what is stored at the end.
	Final struct {
		Rooms map[chatnet.RoomID][]chatnet.Event
		Open  int // files that were never closed
	}
)

// Fault is what chance did.
type Fault struct{ Text string }

func (Tried) what()     {}
func (Accepted) what()  {}
func (Queued) what()    {}
func (Settled) what()   {}
func (Known) what()     {}
func (Refused) what()   {}
func (Entered) what()   {}
func (Exited) what()    {}
func (Reset) what()     {}
func (Shown) what()     {}
func (Paged) what()     {}
func (Asked) what()     {}
func (Replied) what()   {}
func (Opened) what()    {}
func (Told) what()      {}
func (Garbled) what()   {}
func (Stored) what()    {}
func (Recovered) what() {}
func (Final) what()     {}
func (Quiet) what()     {}
func (Stuck) what()     {}
func (Fault) what()     {}
