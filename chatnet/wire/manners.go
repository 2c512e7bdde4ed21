package wire

import (
	"time"

	"tchat/chatnet"
)

// Manners is how a dialect wants its connections treated. The zero value is a
// dialect that frames its messages and needs nothing special. The server's loop
// honours manners (DOORS section 0); a dialect only declares them.
type Manners struct {
	Gap        time.Duration // the least time between two writes to a connection (C2)
	Join       int           // writes that wait become one, with "\n" between, of at most so many bytes; 0: never (C2)
	Abort      bool          // linger 0 from accept on: every end of the connection is a reset (C3)
	Farewell   time.Duration // from the last write to the close (C3)
	HelloLimit time.Duration // from accept to a hello; 0: chatnet.HelloLimit (C4)
	Queue      int           // bytes that may wait to be written; past it the peer is dropped with a reason; 0: no queue
	Read       int           // the least size of a read, in bytes; 0: the server's choice (C5)
}

// Mannered is an optional ability of a Dialect: it declares manners.
type Mannered interface {
	Manners() Manners
}

// Write is bytes that go out in one write call. For a peer that does not frame,
// one write is one message (C1).
type Write struct {
	Bytes []byte
	Alone bool          // never joined with another
	Quiet time.Duration // nothing else is written for so long behind it; the dialect's Gap if that is longer
}

// Talker is an optional ability of a Conversation that has more to say to the
// hub's news than bytes. The server calls Hear instead of Deliver.
type Talker interface {
	Conversation

	// Hear turns what the hub has into a step. A refused hello comes as a Reply
	// with the ID 0 and an Err; the talker may say hello again, or end. After a
	// Bye the connection ends, whatever the step says.
	Hear(d chatnet.Delivery) Step

	// Late says that nothing came for the last Step's Wait, or that the peer
	// closed its side: what was kept of an unfinished read is all there is.
	Late() Step

	// Owing reports whether there is input that the hub has not answered yet.
	// A peer that closed its side is waited for, for a while, until there is
	// none.
	Owing() bool
}

// Prober is an optional ability of a Conversation whose peer may have left
// without a sign. Before a clash of names is decided against a newcomer, the
// server writes what Probe returns to the old connection and waits (C11).
type Prober interface {
	Probe() []Write
}

// Recognizer is an optional ability of a Dialect whose peers speak first.
type Recognizer interface {
	// Recognizes reports whether the first bytes of a connection, as they came
	// with one read, are of this dialect (DOORS section 4).
	Recognizes(first []byte) bool
}
