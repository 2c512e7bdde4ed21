package room

import (
	"strings"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// The numbers that a program knows (DOORS 3.1 to 3.3).
const (
	welcome  = "200"
	bad      = "400" // no NAME_ROOM
	refused  = "401" // not let in
	taken    = "403" // the name is in use
	lastWord = "/exit"
)

// conversation is one connection.
type conversation struct {
	*line.Talk
	reads wire.Reads
	first first
	named bool
	in    bool // 200 was said
}

// Start is silent: the client speaks first (DOORS 3.1).
func (c *conversation) Start() wire.Step { return c.Step() }

// Feed takes one read.
func (c *conversation) Feed(p []byte) wire.Step { return c.take(c.reads.Feed(p)) }

// Late takes what was kept: no more of it comes.
func (c *conversation) Late() wire.Step { return c.take(c.reads.Late()) }

// take takes the messages of a read: the first one of all has name and room.
func (c *conversation) take(msgs []string) wire.Step {
	for _, m := range msgs {
		switch {
		case !c.named:
			c.enter(m)
		case strings.TrimSpace(m) == lastWord:
			c.Type("/leave")
		default:
			c.Type(m)
		}
	}
	s := c.Step()
	if c.reads.Waiting() {
		s.Wait = wire.CharWait
	}
	return s
}

// enter says hello, or ends what is none.
func (c *conversation) enter(m string) {
	c.named = true
	var ok bool
	if c.first, ok = parseFirst(m); !ok {
		c.end(bad)
		return
	}
	c.Enter(c.first.nick, c.first.room)
}

// end answers a number and closes.
func (c *conversation) end(number string) {
	c.alone(number)
	c.Over()
}

// alone writes a word that is compared with.
func (c *conversation) alone(word string) {
	c.Write(wire.Write{Bytes: []byte(word), Alone: true})
}

// number is what a program is told that is not let in.
func number(why chatnet.Code) string {
	switch why {
	case chatnet.CodeNickTaken:
		return taken
	case chatnet.CodeProtocol, chatnet.CodeBadNick, chatnet.CodeBadRoom, chatnet.CodeBadRequest:
		return bad
	default:
		return refused
	}
}
