package room

import (
	"time"

	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// How a connection of this kind is treated (DOORS 0, 3).
const (
	gap        = 50 * time.Millisecond  // C2, 3.6
	quiet      = 250 * time.Millisecond // 3.3
	helloLimit = 30 * time.Second       // C4
	queue      = 1 << 20                // DELIVERY section 5, last line
	read       = 8 << 10                // C5
)

// Dialect makes conversations. It has no state.
type Dialect struct{}

var (
	_ wire.Dialect    = (*Dialect)(nil)
	_ wire.Mannered   = (*Dialect)(nil)
	_ wire.Recognizer = (*Dialect)(nil)
	_ wire.Talker     = (*conversation)(nil)
	_ wire.Prober     = (*conversation)(nil)
)

// New returns the dialect.
func New() *Dialect { return &Dialect{} }

// Name returns "room".
func (*Dialect) Name() string { return "room" }

// Manners says that these programs have to be written to slowly.
func (*Dialect) Manners() wire.Manners {
	return wire.Manners{
		Gap: gap, Join: wire.MaxWrite, Farewell: gap, HelloLimit: helloLimit, Queue: queue, Read: read,
	}
}

// Recognizes reports whether a first read is this dialect's (DOORS 4).
func (*Dialect) Recognizes(p []byte) bool {
	_, ok := parseFirst(string(p))
	return ok
}

// Open begins a conversation, in which the client speaks first.
func (*Dialect) Open(wire.Peer) wire.Conversation {
	c := &conversation{}
	c.Talk = line.New(c)
	return c
}
