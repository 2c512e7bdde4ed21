// Package wire is the contract of a dialect: a way of speaking with a server.
// A conversation is one connection's state in a dialect, without I/O: bytes
// in, values and bytes out. It never sees a socket, a clock or a lock, so every
// dialect is tested by transcript (wiretest) and fuzzed with its input chopped
// at every place.
//
// The server's connection loop owns a conversation: it calls one method at a
// time, writes what comes back, and ends the connection when a Step says so.
//
// # How to add a dialect
//
// It is one folder, chatnet/wire/NAME, and one line in cmd/tchat/dialects.go.
// The folder imports chatnet, this package, and, if people type lines in it,
// wire/line; never net, a clock, or another dialect.
//
// First write down what goes over the wire, byte for byte, with the reason for
// each rule; the transcripts will cite it. Then:
//
//	type Dialect struct{}                       // no state: many goroutines use it
//	func New() *Dialect
//	func (*Dialect) Name() string               // the scheme of --listen
//	func (*Dialect) Open(p wire.Peer) wire.Conversation
//
//	Start  what the server says first, if it does
//	Feed   bytes as they came, whatever their borders. A dialect with frames
//	       cuts them itself (Lines); one without takes a read for a message
//	       (Reads). The first words make a chatnet.Hello, all others Calls
//	Deliver  replies, rooms, events and signals become bytes
//	Ping   what makes a living peer answer, nil if there is nothing
//
// What a connection needs beyond that is declared, and the server sees to it:
//
//	Manners     pauses between writes, joining, resets, goodbyes, limits
//	Shared      events look the same to everybody: they are encoded once
//	Talker      the answers to the hub's news are steps, in single writes
//	Prober      a peer may have left without a sign
//	Recognizer  peers speak first, so the auto door can tell them
//
// Text comes in by chatnet.Clean, ParseNick and their like, and in no other
// way. What the dialect cannot show degrades in words, never in silence.
//
// A dialect of plain lines embeds a *line.Talk and implements line.Voice: how a
// message and a notice look, what is said on coming in, when refused, at the
// end. Rooms, commands and their answers, history and presence are Talk's. The
// rest is the way in: wire/room is the shortest to read.
//
// Its tests are a folder of transcripts and one line:
//
//	func TestTranscripts(t *testing.T) {
//		wiretest.Folder(t, wiretest.Player{Dialect: New()}, "testdata", *update)
//	}
//
// a transcript for every rule and for everything that goes wrong, a fuzz target
// that feeds chopped input and checks every write, and wiretest.Chop if the
// dialect has frames. Run with -update once, then read what was written.
package wire
