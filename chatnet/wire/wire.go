package wire

import (
	"time"

	"tchat/chatnet"
)

// Peer is what a dialect may know of the other end before the first byte.
type Peer struct {
	Addr     string         // host:port, or a name for a local peer
	Secure   bool           // the bytes are encrypted
	User     chatnet.UserID // proven by a key in the handshake; empty for guests
	Operator bool           // came in by the server's local control socket
	Server   chatnet.ServerInfo
}

// Dialect makes conversations. It is safe for use by many goroutines.
type Dialect interface {
	// Name is the scheme under which the dialect is listened for.
	Name() string

	// Open begins a conversation with a peer.
	Open(p Peer) Conversation
}

// Conversation is one connection's state. Its methods are called by one
// goroutine. Slices that it returns are valid until its next call.
type Conversation interface {
	// Start is called once, before any byte; some dialects speak first.
	Start() Step

	// Feed takes bytes as they came, once a read. It keeps none of p.
	Feed(p []byte) Step

	// Deliver turns what the hub has into bytes.
	Deliver(d chatnet.Delivery) []byte

	// Ping returns bytes that make a living peer answer, or nil when the
	// dialect has none.
	Ping() []byte
}

// Shared is an optional ability of a Dialect whose events look the same to
// everybody. The server then encodes an event once and hands the same bytes to
// every connection, instead of calling Deliver with it.
type Shared interface {
	// AppendEvent appends an event's bytes to dst.
	AppendEvent(dst []byte, ev chatnet.Event) []byte
}

// Step is what came of some input, in this order: Out is to be written, then
// Writes, then Hello, if set, begins the session, then Calls go to it.
type Step struct {
	Out    []byte
	Writes []Write // each a write of its own, paced by the dialect's manners; a Talker's
	Hello  *chatnet.Hello
	Calls  []chatnet.Call
	End    bool          // write what there is, then end the connection
	Hold   bool          // read nothing more until a later step without Hold; a Talker's
	Wait   time.Duration // call Late if no byte comes for so long; a Talker's
}
