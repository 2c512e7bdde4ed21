package native

import (
	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// Dialect is the server's end: it makes conversations. It has no state.
type Dialect struct{}

var (
	_ wire.Dialect = (*Dialect)(nil)
	_ wire.Shared  = (*Dialect)(nil)
)

// New returns the dialect.
func New() *Dialect { return &Dialect{} }

// Name returns "tchat".
func (*Dialect) Name() string { return "tchat" }

// AppendEvent is the function of that name: events look the same to everybody.
func (*Dialect) AppendEvent(dst []byte, ev chatnet.Event) []byte { return AppendEvent(dst, ev) }

// Open begins a conversation, in which the client speaks first.
func (*Dialect) Open(wire.Peer) wire.Conversation {
	return &conversation{lines: wire.Lines{Max: chatnet.MaxHelloLine}}
}
