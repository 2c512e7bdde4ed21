package native

import (
	"fmt"
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// hello is the shortest beginning.
const hello = `{"do":"hello","v":1}` + "\n"

// heard is what the server's end makes of some input.
func heard(input string) wiretest.Heard {
	return wiretest.Hear(New(), [][]byte{[]byte(input)})
}

// TestFirstBytes goes through who may knock at this port (PROTOCOL 2.4, 1.6).
func TestFirstBytes(t *testing.T) {
	const other = "this is a tchat server"
	for _, c := range []struct{ in, bye string }{
		{"GET / HTTP/1.1\r\n\r\n", other},
		{"G", other},
		{"\x16", "without TLS"},
		{"\x16\x03\x01\x02\x00", "without TLS"},
		{"SSH-2.0-OpenSSH\r\n", other},
		{"NICK ada\r\n", other},
		{"\r\n\nhello", other},
		{`"hello"`, other},
		{"[]\n", other},
		{"{}\n", "first line must be a hello"},
		{`{"do":"say","room":"r1","text":"x"}` + "\n", "first line must be a hello"},
		{`{"ping":true}` + "\n", "first line must be a hello"},
		{"{nonsense\n", "a key is missing"},
		{`{"do":"hello"}` + "\n", "the hello asks for 0"},
		{`{"do":"hello","v":2,"new":[1]}` + "\n", "speaks version 1"},
		{`{"do":"hello","v":1,"Nick":"ada"}` + "\n", `"Nick\" is not known`},
		{`{"do":"hello","v":1,"nick":"a b"}` + "\n", "a nick has"},
		{`{"do":"hello","v":1,"nick":7}` + "\n", "must be a string"},
		{`{"do":"hello","v":1,"token":"short"}` + "\n", "a token has"},
		{`{"do":"hello","v":1,"dev":"7"}` + "\n", "16 lower-case"},
		{`{"do":"hello","v":1,"cursors":[["r1","e1"]]}` + "\n", "a cursor is written"},
		{`{"do":"hello","v":1,"cursors":[["r 1","e1",1]]}` + "\n", "a cursor is written"},
		{`{"do":"hello","v":1,"cursors":[` + strings.Repeat(`["r","e",1],`, 200) + `["r","e",1]]}` + "\n", "at most 200 cursors"},
		{`{"do":"hello","v":1,"client":"` + strings.Repeat("x", chatnet.MaxHelloLine), "at most 16384 bytes"},
	} {
		h := heard(c.in)
		if !h.End || strings.Count(h.Out, "\n") != 1 || !strings.HasPrefix(h.Out, `{"bye":"`) || !strings.Contains(h.Out, c.bye) {
			t.Errorf("%.60q: %+v, want a bye with %q", c.in, h, c.bye)
		}
		if len(h.Hellos)+len(h.Calls) > 0 {
			t.Errorf("%.60q began a session: %+v", c.in, h)
		}
		valid(t, []byte(h.Out))
		if again := heard(c.in + "\n" + hello); again.Out != h.Out && len(c.in) > 1 {
			t.Errorf("%.60q: read on behind the end: %+v", c.in, again)
		}
	}
}

// TestRefusals goes through lines that are no request (PROTOCOL 3.1), and
// whether they count as bad (PROTOCOL 1.6).
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		line, want string
		bad        bool
	}{
		{`nonsense`, `"re":0,"error":"bad-request"`, true},
		{`{"id":4}`, `"re":4,"error":"bad-request","text":"not a line of this protocol: the key \"do\" is missing"`, true},
		{`{"do":7,"id":4}`, `\"do\" must be a string`, true},
		{`{"do":"say","id":4,"room":"r1","text":"x","shout":true}`, `"re":4,"error":"bad-request","text":"not a line of this protocol: the key \"shout\" is not known here"`, true},
		{`{"do":"say","id":4,"room":"r1","text":7}`, `\"text\" must be a string`, true},
		{`{"do":"say","id":4,"room":"r1","text":null}`, `\"text\" must be a string`, true},
		{`{"do":"say","id":4,"room":"r1","text":"x","me":"yes"}`, `\"me\" must be true or false`, true},
		{`{"do":"history","id":"4","room":"r1"}`, `\"id\" must be a number`, true},
		{`{"ping":1}`, `\"ping\" must be true or false`, true},
		{`{"ping":true,"do":"quit"}`, `\"do\" is not known here`, true},
		{strings.Repeat("x", chatnet.MaxLine), `"error":"too-long"`, true},
		{`{"do":"Say","id":4}`, `"re":4,"error":"bad-request","text":"there is no request \"Say\""`, false},
		{`{"do":"hello","id":4,"v":1}`, `there is no request \"hello\"`, false},
		{`{"do":"say","id":4,"text":"x"}`, `say needs either`, false},
		{`{"do":"say","id":4,"text":"x","room":"r1","to":"bob"}`, `say needs either`, false},
		{`{"do":"say","id":4,"text":"x","room":"r 1"}`, `a room id has`, false},
		{`{"do":"say","id":4,"text":"x","room":"r1","color":"pink"}`, `a colour is one of`, false},
		{`{"do":"say","id":4,"text":"x","room":"r1","origin":"1-1"}`, `an origin is`, false},
		{`{"do":"nick","id":4}`, `"re":4,"error":"bad-request","text":"\"nick\" is missing"`, false},
		{`{"do":"nick","id":4,"nick":"server"}`, `"error":"bad-nick"`, false},
		{`{"do":"join","id":4,"name":"a//b"}`, `"error":"bad-room"`, false},
		{`{"do":"role","id":4,"nick":"bob","role":"king"}`, `a role is one of`, false},
		{`{"do":"history","id":4,"room":"r1","limit":4294967296}`, `\"limit\" is too large`, false},
	} {
		once := heard(hello + c.line + "\n")
		if !strings.Contains(once.Out, c.want) || once.End || len(once.Calls) > 0 {
			t.Errorf("%.60q: %+v, want %s", c.line, once, c.want)
		}
		valid(t, []byte(once.Out))
		all := heard(hello + strings.Repeat(c.line+"\n", 9) + `{"do":"rooms"}` + "\n" + c.line + "\n" + `{"do":"rooms"}` + "\n")
		if len(all.Calls) == 0 || all.End != c.bad {
			t.Errorf("%.60q ten times: %d calls, ended %v\n%.300s", c.line, len(all.Calls), all.End, all.Out)
		}
		if bye := `{"bye":"protocol","text":"10 bad lines"}` + "\n"; c.bad != strings.HasSuffix(all.Out, bye) {
			t.Errorf("%.60q ten times: %.300s", c.line, all.Out)
		}
	}
}

// TestLineLimits: 16 KiB until the welcome, 64 KiB behind it (PROTOCOL 1.1).
func TestLineLimits(t *testing.T) {
	say := func(size int) string {
		const frame = `{"do":"say","room":"r1","text":""}`
		return strings.Replace(frame, `""`, `"`+strings.Repeat("x", size-len(frame))+`"`, 1) + "\n"
	}
	c := New().Open(wire.Peer{})
	c.Start()
	c.Feed([]byte(hello))
	for _, step := range []struct {
		welcome bool
		size    int
		fits    bool
	}{
		{false, chatnet.MaxHelloLine, true},
		{false, chatnet.MaxHelloLine + 1, false},
		{true, chatnet.MaxHelloLine + 1, true},
		{true, chatnet.MaxLine, true},
		{true, chatnet.MaxLine + 1, false},
	} {
		if step.welcome {
			c.Deliver(chatnet.Delivery{Replies: []chatnet.Reply{{Answer: chatnet.Welcome{}}}})
		}
		s := c.Feed([]byte(say(step.size)))
		if fits := len(s.Calls) == 1 && len(s.Out) == 0; fits != step.fits || s.End {
			t.Errorf("%+v: %d calls, %s", step, len(s.Calls), s.Out)
		}
	}
}

// TestNothingBehindBye: a connection that the hub has ended reads no more.
func TestNothingBehindBye(t *testing.T) {
	c := opened(t)
	out := c.Deliver(chatnet.Delivery{Bye: chatnet.E(chatnet.CodeShutdown, "going")})
	if want := `{"bye":"shutting-down","text":"going","retry":true}` + "\n"; string(out) != want {
		t.Errorf("%s", out)
	}
	if s := c.Feed([]byte(`{"do":"rooms"}` + "\n")); len(s.Calls) > 0 || !s.End || len(s.Out) > 0 {
		t.Errorf("%+v", s)
	}
}

// TestHelloAlwaysFits: cursors that do not fit in a hello's line stay out.
func TestHelloAlwaysFits(t *testing.T) {
	for _, size := range []int{10, 30, 70} {
		h := chatnet.Hello{Nick: chatnet.MustNick("ada")}
		for i := range 300 {
			id := fmt.Sprintf("%0*d", size, i)
			h.Cursors = append(h.Cursors, chatnet.Cursor{Room: chatnet.RoomID(id), Epoch: chatnet.Epoch(id), Seq: chatnet.MaxSeq})
		}
		line := AppendHello(nil, h)
		got := heard(string(line))
		if len(line) > chatnet.MaxHelloLine+1 || len(got.Hellos) != 1 {
			t.Fatalf("%d bytes a cursor: a line of %d, %s", size, len(line), got.Out)
		}
		n := len(got.Hellos[0].Cursors)
		if want := (chatnet.MaxHelloLine - 60) / (2*size + 30); n < min(want, chatnet.MaxCursors) || n > chatnet.MaxCursors {
			t.Errorf("%d bytes a cursor: %d cursors travel, %d would fit", size, n, want)
		}
	}
}

// TestIdleConnectionHoldsLittle: what a large delivery needed is given back.
func TestIdleConnectionHoldsLittle(t *testing.T) {
	c, ok := opened(t).(*conversation)
	if !ok {
		t.Fatal("not a conversation of this package")
	}
	big := chatnet.Event{Room: "r1", Seq: 1, Body: chatnet.Said{Text: chatnet.Clean(strings.Repeat("x", chatnet.MaxText))}}
	c.Deliver(chatnet.Delivery{Events: []chatnet.Event{big, big, big}})
	c.Feed([]byte(strings.Repeat(`{"do":"rooms"}`+"\n", 100) + `{"do":"say","room":"r1","text":"` + strings.Repeat("x", chatnet.MaxText)))
	c.Feed([]byte(`"}` + "\n"))
	c.Feed([]byte("\n"))
	if held := cap(c.out) + c.lines.Waiting() + 40*cap(c.doc.nodes) + 24*cap(c.calls); held > 8<<10 {
		t.Errorf("an idle conversation holds %d bytes", held)
	}
}
