package wiretest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// echo is a dialect of its own, as small as one can be: a line is a message to
// the lobby, events come out as "NICK: text". It frames by line, or, when
// broken, by read.
type echo struct {
	broken bool
	speaks string
}

func (e echo) Name() string                     { return "echo" }
func (e echo) Open(wire.Peer) wire.Conversation { return &talk{echo: e, lines: wire.Lines{Max: 100}} }

type talk struct {
	echo
	lines wire.Lines
	hello bool
}

func (c *talk) Start() wire.Step { return wire.Step{Out: []byte(c.speaks)} }
func (c *talk) Ping() []byte     { return []byte("still there?\n") }

func (c *talk) Feed(p []byte) (s wire.Step) {
	if c.broken {
		return wire.Step{Calls: []chatnet.Call{{Request: chatnet.Say{Room: "r1", Text: chatnet.Clean(string(p))}}}}
	}
	for {
		line, rest, ok, _ := c.lines.Next(p)
		if !ok {
			return s
		}
		p = rest
		switch {
		case !c.hello:
			c.hello, s.Hello = true, &chatnet.Hello{Nick: chatnet.MustNick(string(line)), Cursors: []chatnet.Cursor{{Room: "r1", Epoch: "e1", Seq: 2}}}
		case string(line) == "quit":
			s.Calls = append(s.Calls, chatnet.Call{Request: chatnet.Quit{}})
		case string(line) == "go":
			s.Out, s.End = []byte("gone\n"), true
			return s
		default:
			s.Calls = append(s.Calls, chatnet.Call{Request: chatnet.Say{Room: "r1", Text: chatnet.Clean(string(line))}})
		}
	}
}

func (c *talk) Deliver(d chatnet.Delivery) (out []byte) {
	for _, ev := range d.Events {
		if said, ok := ev.Body.(chatnet.Said); ok {
			out = fmt.Appendf(out, "%s: %s\n", ev.Nick, said.Text)
		}
	}
	if d.Bye != nil {
		out = fmt.Appendf(out, "bye: %s\n", d.Bye.Text)
	}
	return out
}

// note collects what a test would have failed with.
type note struct {
	testing.TB
	failed []string
}

func (n *note) Helper()                   {}
func (n *note) Logf(string, ...any)       {}
func (n *note) Error(args ...any)         { n.failed = append(n.failed, fmt.Sprint(args...)) }
func (n *note) Errorf(f string, a ...any) { n.failed = append(n.failed, fmt.Sprintf(f, a...)) }

const fine = `
# a remark

> ada
> hello
< ada: hello
* bob says welcome
< bob: welc...
* 30 s pass in silence
< still there?
> go
< gone
* the connection ends
`

func TestRun(t *testing.T) {
	wiretest.Run(t, echo{}, fine)
	wiretest.Run(t, echo{speaks: "who?\n"}, "< who?\n> ada\n> quit\n< bye: goodbye\n* the connection ends")
	wiretest.Run(t, echo{}, "> ada\n* the server stops\n< bye: the server is going...\n* the connection ends")
	wiretest.Player{Dialect: echo{}, Newline: "\n", Hub: wiretest.NewHub()}.Play(t, fine)
}

// TestRunFails: a transcript that is not true fails, and says where.
func TestRunFails(t *testing.T) {
	for _, c := range []struct{ transcript, why string }{
		{"> ada\n< welcome", "line 2"},
		{"> ada\n> hello\n< ada: hullo", "< ada: hello"},
		{"> ada\n> hello\n< ada: hello\n< bob: hi", "line 4"},
		{"> ada\n> hello\n> more", "before it the server wrote"},
		{"> ada\n> hello\n* bob says x", "before it the server wrote"},
		{"> ada\n> hello", "behind the end"},
		{"> ada\n> quit\n< bye...", "does not say so"},
		{"> ada\n> quit\n< bye...\n> hello", "has ended"},
		{"> ada\n* the connection ends", "it does not"},
		{"> ada\n* pigs fly", "knows no such thing"},
		{"ada", "begins with"},
	} {
		n := &note{TB: t}
		wiretest.Run(n, echo{}, c.transcript)
		if len(n.failed) != 1 || !strings.Contains(n.failed[0], c.why) {
			t.Errorf("%q: %q, want one failure with %q", c.transcript, n.failed, c.why)
		}
	}
}

func TestRecord(t *testing.T) {
	got := wiretest.Player{Dialect: echo{}}.Record(t, "> ada\n> hello\n< old\n* bob says welcome\n< bob: wel...\n< gone\n> go\n* the connection ends")
	want := "> ada\n> hello\n< ada: hello\n* bob says welcome\n< bob: wel...\n> go\n< gone\n* the connection ends\n"
	if got != want {
		t.Errorf("recorded\n%s", got)
	}
}

func TestChop(t *testing.T) {
	in := []byte("ada\r\nhello\nthis is a line\n\nquit\n")
	wiretest.Chop(t, echo{}, in)
	wiretest.ChopAt(t, echo{}, in, 1, 3, 1000)
	n := &note{TB: t}
	wiretest.Chop(n, echo{broken: true}, in)
	if len(n.failed) != 2 {
		t.Errorf("a dialect that does not frame fails %d times, want once byte by byte and once cut: %q", len(n.failed), n.failed)
	}
}

func TestBlocks(t *testing.T) {
	got := wiretest.Blocks("# page\n```go\nx\n```\n```transcript\n> a\n< b\n```\n\n```transcript\n```\n```transcript\nopen", "transcript")
	want := []wiretest.Block{{Line: 6, Text: "> a\n< b\n"}, {Line: 11}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}
