package prompt

import (
	"bytes"
	"strings"
	"time"
	"unicode"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// backlog is how many lines of a room a person sees on entering it.
const backlog = 20

// maxName is how many bytes of a name are looked at: more than any name has.
const maxName = 4*chatnet.MaxNick + 1

// Dialect makes conversations.
type Dialect struct{ zone *time.Location }

var (
	_ wire.Dialect  = (*Dialect)(nil)
	_ wire.Mannered = (*Dialect)(nil)
	_ wire.Talker   = (*conversation)(nil)
	_ wire.Prober   = (*conversation)(nil)
	_ line.Voice    = (*conversation)(nil)
)

// New returns the dialect; persons are shown times of a zone.
func New(zone *time.Location) *Dialect { return &Dialect{zone: zone} }

// Name returns "prompt".
func (*Dialect) Name() string { return "prompt" }

// Manners returns what DOORS section 0 asks for.
func (*Dialect) Manners() wire.Manners {
	return wire.Manners{
		Gap: 50 * time.Millisecond, Join: wire.MaxWrite, Abort: true, Farewell: 150 * time.Millisecond,
		HelloLimit: 5 * time.Minute, Queue: 1 << 20, Read: 8 << 10,
	}
}

// Open begins a conversation, in which the server speaks first.
func (d *Dialect) Open(p wire.Peer) wire.Conversation {
	c := &conversation{peer: p, zone: d.zone, lines: wire.Lines{Max: chatnet.MaxText}}
	c.Talk = line.New(c)
	return c
}

// conversation is one connection.
type conversation struct {
	*line.Talk
	peer   wire.Peer
	zone   *time.Location
	person bool       // types whole lines, at a terminal
	lines  wire.Lines // a person's
	reads  wire.Reads // a client's
}

// Start asks for a name.
func (c *conversation) Start() wire.Step {
	c.question(greeting(c.peer))
	return c.Step()
}

// question writes a text and the prompt for a name, which ends without a line
// break: the old client and a terminal's cursor both wait behind it.
func (c *conversation) question(text string) {
	c.Write(wire.Write{Bytes: []byte(text + "Your name: "), Alone: true})
}

// Feed takes what was typed.
func (c *conversation) Feed(p []byte) wire.Step {
	if c.Outside() && !c.person {
		c.person = bytes.IndexByte(p, '\n') >= 0
		if c.Backlog = 0; c.person {
			c.Backlog = backlog
		}
	}
	if c.person {
		c.feedLines(p)
	} else {
		c.typed(c.reads.Feed(p))
	}
	s := c.Step()
	if c.reads.Waiting() {
		s.Wait = wire.CharWait
	}
	return s
}

// feedLines takes what a person typed: whole lines.
func (c *conversation) feedLines(p []byte) {
	for {
		l, rest, ok, err := c.lines.Next(p)
		if !ok {
			return
		}
		if p = rest; err != nil {
			c.Tell(chatnet.AsError(err).Text)
			continue
		}
		c.typed([]string{clean(l)})
	}
}

// clean makes a line valid UTF-8, with blanks for tabs.
func clean(l []byte) string {
	return strings.ReplaceAll(strings.ToValidUTF8(string(l), "\uFFFD"), "\t", " ")
}

// Late takes what was kept of an unfinished read.
func (c *conversation) Late() wire.Step {
	if c.person && c.lines.Waiting() > 0 {
		c.feedLines([]byte{'\n'})
	}
	c.typed(c.reads.Late())
	return c.Step()
}

// typed takes lines: a name first, then what is said.
func (c *conversation) typed(lines []string) {
	for _, l := range lines {
		if c.Outside() {
			c.named(l)
		} else {
			c.Type(l)
		}
	}
}

// named takes the answer to the question: the name, without white space.
func (c *conversation) named(answer string) {
	name := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, answer)
	if name == "" {
		c.question("")
		return
	}
	if len(name) > maxName {
		name = name[:maxName] // too long in any case, and soon told so
	}
	nick, err := chatnet.ParseNick(name)
	if err != nil {
		c.question(wire.Notice(chatnet.AsError(err).Text) + "\n")
		return
	}
	c.Enter(nick, chatnet.RoomName{})
}

// Refused asks for another name, or ends when that would not help.
func (c *conversation) Refused(why *chatnet.Error) {
	switch why.Code {
	case chatnet.CodeNickTaken, chatnet.CodeBadNick:
		c.question(wire.Notice(why.Text) + "\n")
	default:
		c.Ended(why)
		c.Over()
	}
}
