package nick

import (
	"time"

	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// How a connection of this kind is treated (DOORS 0).
const (
	gap        = 50 * time.Millisecond  // C2
	farewell   = 150 * time.Millisecond // C3
	helloLimit = 5 * time.Minute        // C4: it may be a person with nc
	queue      = 1 << 20                // DELIVERY section 5, last line
	read       = 8 << 10                // C5
)

// Dialect makes conversations. It has no state.
type Dialect struct{}

var (
	_ wire.Dialect  = (*Dialect)(nil)
	_ wire.Mannered = (*Dialect)(nil)
	_ wire.Talker   = (*conversation)(nil)
	_ wire.Prober   = (*conversation)(nil)
)

// New returns the dialect.
func New() *Dialect { return &Dialect{} }

// Name returns "nick".
func (*Dialect) Name() string { return "nick" }

// Manners says that these programs have to be written to slowly, and that every
// end must be a reset.
func (*Dialect) Manners() wire.Manners {
	return wire.Manners{
		Gap: gap, Join: wire.MaxWrite, Abort: true, Farewell: farewell,
		HelloLimit: helloLimit, Queue: queue, Read: read,
	}
}

// Open begins a conversation, in which the server speaks first.
func (*Dialect) Open(wire.Peer) wire.Conversation {
	c := &conversation{}
	c.Talk = line.New(c)
	return c
}
