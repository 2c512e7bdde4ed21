package nick

import (
	"strings"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// maxTries bounds the search for a free nick.
const maxTries = 100

// bulk is the size from which a read may have ended inside a message: a
// network delivers what is pasted in pieces of about this size.
const bulk = 1 << 10

// conversation is one connection.
type conversation struct {
	*line.Talk
	reads  wire.Reads
	kept   string // of a bulk of messages the last, whose end may be on its way
	speech speech
	named  bool
	try    int // how many nicks were asked for
}

// Start asks for the name: the word alone, and nothing else until it came
// (DOORS 1.1).
func (c *conversation) Start() wire.Step {
	c.Write(wire.Write{Bytes: []byte("NICK"), Alone: true})
	return c.Step()
}

// Feed takes one read.
func (c *conversation) Feed(p []byte) wire.Step {
	msgs := c.reads.Feed(p)
	if n := len(msgs); n > 0 && c.kept != "" {
		msgs[0], c.kept = c.kept+msgs[0], ""
	}
	if n := len(msgs); n > 0 && c.unended(p, msgs[n-1]) {
		c.kept, msgs = msgs[n-1], msgs[:n-1]
	}
	return c.take(msgs)
}

// Late takes what was kept: no more of it comes.
func (c *conversation) Late() wire.Step {
	msgs := c.reads.Late()
	if c.kept != "" {
		msgs, c.kept = append([]string{c.kept}, msgs...), ""
	}
	return c.take(msgs)
}

// unended reports whether a read may have ended inside its last message: it is
// large, or holds several that are glued.
func (c *conversation) unended(p []byte, last string) bool {
	if len(c.kept) > chatnet.MaxText || p[len(p)-1] == '\n' {
		return false
	}
	return len(p) >= bulk || c.named && strings.Count(last, c.speech.name+": ") > 1
}

// take takes the messages of a read: the first one of all has the name.
func (c *conversation) take(msgs []string) wire.Step {
	for _, m := range msgs {
		if c.named {
			c.Type(c.speech.next(m)...)
			continue
		}
		name, texts := c.speech.first(m)
		c.named = true
		c.enter(name)
		c.Type(texts...)
	}
	s := c.Step()
	if c.reads.Waiting() || c.kept != "" {
		s.Wait = wire.CharWait
	}
	return s
}

// enter says hello under the next nick that a name suggests.
func (c *conversation) enter(name string) {
	c.try++
	c.Enter(nickFor(name, c.try), chatnet.RoomName{})
}

// Refused finds another nick, because this program cannot be asked again
// (DOORS 1.3).
func (c *conversation) Refused(why *chatnet.Error) {
	if (why.Code == chatnet.CodeNickTaken || why.Code == chatnet.CodeBadNick) && c.try < maxTries {
		c.enter(c.speech.name)
		return
	}
	c.Tell(why.Text)
	c.Over()
}
