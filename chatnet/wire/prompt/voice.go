package prompt

import (
	"strings"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// end is what a write ends with: a person's terminal needs a line break, the
// old client brings its own.
func (c *conversation) end() string {
	if c.person {
		return "\n"
	}
	return ""
}

// Said writes a message: NAME: text, to everybody but its sender. At the old
// client a colour travels as /color C behind the name, which is one word.
func (c *conversation) Said(m line.Message) []wire.Write {
	if m.Own && !m.Old {
		return nil
	}
	prefix := m.From.String()
	if m.Private {
		prefix += "(private)"
	}
	prefix += ": "
	switch {
	case m.Me && m.Private:
		prefix += "* "
	case m.Me:
		prefix = "* " + m.From.String() + " "
	case m.Color != "" && !c.person && !m.Old:
		return c.parts(prefix+"/color "+colorWord(m.Color)+" ", m.Text, true)
	}
	if c.person || m.Old {
		prefix = m.At.In(c.zone).Format("15:04 ") + prefix
	}
	return c.parts(prefix, m.Text, false)
}

// maxLine is how long a person's lines may be: a terminal wraps them.
const maxLine = 2 * chatnet.MaxText

// limit is how many bytes a message may have before it is cut.
func (c *conversation) limit() int {
	if c.person {
		return maxLine
	}
	return wire.MaxWrite
}

// parts writes a text line by line, each with the prefix, in parts of a size
// that the peer reads whole. No part is taken for a coloured one that is none.
func (c *conversation) parts(prefix, text string, alone bool) []wire.Write {
	var all []wire.Write
	end := c.end()
	for _, part := range wire.Cut(prefix, text, c.limit()-len(end)-1) {
		if said := part[len(prefix):]; !alone && strings.HasPrefix(strings.TrimLeft(said, " "), "/color") {
			part = prefix + "/" + strings.TrimLeft(said, " ")
		}
		all = append(all, wire.Write{Bytes: []byte(part + end), Alone: alone})
	}
	return all
}

// colorWord is how the old client writes a colour: one of them is not spelt as
// everywhere else.
func colorWord(c chatnet.Color) string {
	if c == "magenta" {
		return "megenta"
	}
	return string(c)
}

// Notice writes a text of the server's.
func (c *conversation) Notice(text string) []wire.Write { return line.Notices(text, c.end()) }

// Welcomed tells how things work here.
func (c *conversation) Welcomed(w chatnet.Welcome) {
	c.Write(wire.Write{Bytes: []byte(help(w, c.person) + c.end()), Alone: true})
}

// Ended says why it is over.
func (c *conversation) Ended(why *chatnet.Error) {
	text := "the connection ends: " + why.Text
	if why.Code == chatnet.CodeQuit {
		text = "goodbye"
	}
	c.Write(c.Notice(text)...)
}
