package room

import (
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// Welcomed lets the program in, unless its room is closed to it, and leaves it
// in peace for a moment (DOORS 3.3).
func (c *conversation) Welcomed(w chatnet.Welcome) {
	if !slices.ContainsFunc(w.Rooms, func(r chatnet.RoomInfo) bool { return r.Name == c.first.room }) {
		c.end(refused)
		return
	}
	c.in = true
	c.Write(wire.Write{Bytes: []byte(welcome), Alone: true, Quiet: quiet})
	c.Tell(c.name(w.Nick) + " joined " + c.first.room.String())
}

// name returns a nick as the program knows it: its own exactly as it gave it
// (DOORS 3.4).
func (c *conversation) name(n chatnet.Nick) string {
	if n == c.first.nick {
		return c.first.given
	}
	return n.String()
}

// Said writes NAME - TEXT, to the sender too (DOORS 3.4), but nothing before the
// number.
func (c *conversation) Said(m line.Message) []wire.Write {
	if !c.in {
		return nil
	}
	prefix := c.name(m.From)
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
	for _, part := range wire.Cut(prefix+" - ", text, wire.MaxWrite) {
		all = append(all, wire.Write{Bytes: []byte(part)})
	}
	return all
}

// Notice writes a text of the server's, but nothing before the number.
func (c *conversation) Notice(text string) []wire.Write {
	if !c.in {
		return nil
	}
	return line.Notices(text, "")
}

// Refused answers with a number: this program cannot be asked again.
func (c *conversation) Refused(why *chatnet.Error) { c.end(number(why.Code)) }

// Ended gives the reason and then the one word that ends the program (DOORS
// 3.6); who is not in yet gets a number.
func (c *conversation) Ended(why *chatnet.Error) {
	if !c.in {
		c.alone(number(why.Code))
		return
	}
	for _, w := range c.Notice(why.Text) {
		w.Alone = true
		c.Write(w)
	}
	c.alone(lastWord)
}
