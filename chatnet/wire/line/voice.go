package line

import (
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// Message is something that was said, for a Voice to write.
type Message struct {
	At      time.Time // UTC
	From    chatnet.Nick
	To      chatnet.Nick // the other one, of an own private message
	Text    string       // clean; may have line breaks
	Color   chatnet.Color
	Me      bool // told in the third person
	Own     bool // the peer said it
	Private bool // said in a direct room
	Old     bool // asked for: older than what came by itself
}

// Voice is a dialect's own part of a Talk. Its methods are called within Talk's
// and may call Talk.Write, Tell, Ask and Over.
type Voice interface {
	// Said writes a message; nothing if the peer does not get this one.
	Said(m Message) []wire.Write

	// Notice writes a text of the server's, which may have several lines.
	Notice(text string) []wire.Write

	// Welcomed is called when the peer is in, before anything else is written.
	Welcomed(w chatnet.Welcome)

	// Refused is called when a hello was refused. The voice asks for another
	// name, says hello again by Talk.Enter, or ends it by Talk.Over.
	Refused(why *chatnet.Error)

	// Ended is called when the session is over, to write a goodbye.
	Ended(why *chatnet.Error)
}

// Notices writes a notice that no client can take for something else (C9):
// every line begins with a mark that no nick begins with, and is cut to size.
// Each write ends with end.
func Notices(text, end string) []wire.Write {
	const mark = 32 // bytes that wire.Notice may add, and some
	var all []wire.Write
	for _, part := range wire.Cut("", text, wire.MaxWrite-len(end)-mark) {
		all = append(all, wire.Write{Bytes: []byte(wire.Notice(part) + end)})
	}
	return all
}
