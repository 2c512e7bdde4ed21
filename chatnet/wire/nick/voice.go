package nick

import (
	"unicode/utf8"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// Welcomed gives the joiner one notice, and the same word about the joining as
// the others get (DOORS 1.4).
func (c *conversation) Welcomed(w chatnet.Welcome) {
	text := "welcome to " + w.Server.Name.String() + ", a tchat server; this door is not encrypted; /help tells more"
	switch n := w.Nick.String(); {
	case c.speech.name == "":
		text = "you are called " + n + " here; " + text
	case n != c.speech.name:
		text = "you are called " + n + " here, because " + c.givenName() + " is taken or cannot be a name; " + text
	}
	c.Tell(text)
	c.Tell(w.Nick.String() + " joined")
}

// givenName is the name as the program gave it, fit to be shown.
func (c *conversation) givenName() string {
	name := chatnet.CleanLine(c.speech.name).String()
	if utf8.RuneCountInString(name) > chatnet.MaxNick {
		return "your own name"
	}
	return name
}

// Said writes NAME: TEXT, to the sender too (DOORS 1.6, 1.7).
func (c *conversation) Said(m line.Message) []wire.Write {
	prefix := m.From.String()
	switch {
	case m.Private && m.Own:
		prefix += " (private to " + m.To.String() + ")"
	case m.Private:
		prefix += " (private)"
	}
	if m.Old {
		prefix = m.At.Format("[Jan 2 15:04] ") + prefix
	}
	text := m.Text
	if m.Me {
		text = "*" + text + "*"
	}
	var all []wire.Write
	for _, part := range wire.Cut(ascii(prefix+": "), ascii(text), wire.MaxWrite) {
		all = append(all, wire.Write{Bytes: []byte(part)})
	}
	return all
}

// Notice writes a text of the server's.
func (c *conversation) Notice(text string) []wire.Write { return line.Notices(ascii(text), "") }

// Ended says why the connection ends.
func (c *conversation) Ended(why *chatnet.Error) { c.Tell(why.Text) }
