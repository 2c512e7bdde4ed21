package server_test

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/server"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// person is a client of a test, in the native dialect.
type person struct {
	t      testing.TB
	conn   net.Conn
	reader native.Reader
	nick   string
	lobby  chatnet.RoomID
	calls  uint64

	heard  []string // "NICK: TEXT"
	stored int

	refused []chatnet.Code
	bye     *chatnet.Error
	pings   int
	ended   bool
}

// come connects and waits for the welcome.
func come(t testing.TB, conn net.Conn, nick string) *person {
	t.Helper()
	p := &person{t: t, conn: conn, nick: nick}
	p.send(native.AppendHello(nil, chatnet.Hello{
		Client: chatnet.CleanLine("test"), Nick: chatnet.MustNick(nick), Token: strings.Repeat(nick, 22),
	}))
	for p.lobby == "" && p.bye == nil && !p.ended {
		p.read()
	}
	return p
}

func (p *person) send(b []byte) {
	p.t.Helper()
	if _, err := p.conn.Write(b); err != nil {
		p.t.Fatalf("%s: %v", p.nick, err)
	}
}

// say sends messages to the lobby without waiting for the answers.
func (p *person) say(texts ...string) {
	p.t.Helper()
	var out []byte
	for _, text := range texts {
		p.calls++
		out = native.AppendCall(out, chatnet.Call{ID: p.calls, Request: chatnet.Say{Room: p.lobby, Text: chatnet.Clean(text)}})
	}
	p.send(out)
}

// hear reads until n messages have come.
func (p *person) hear(n int) {
	p.t.Helper()
	for len(p.heard) < n {
		if p.ended {
			p.t.Fatalf("%s: the connection ended after %d of %d messages", p.nick, len(p.heard), n)
		}
		p.read()
	}
}

// leave hangs up.
func (p *person) leave() {
	if err := p.conn.Close(); err != nil {
		p.t.Error(err)
	}
}

// end reads until the connection ends.
func (p *person) end() {
	for !p.ended {
		p.read()
	}
	p.leave()
}

func (p *person) read() {
	buf := make([]byte, 16<<10)
	n, err := p.conn.Read(buf)
	p.ended = err != nil
	incoming, bad := p.reader.Feed(buf[:n])
	if bad != nil {
		p.t.Fatalf("%s: %v", p.nick, bad)
	}
	for _, in := range incoming {
		p.take(in)
	}
}

func (p *person) take(in native.Incoming) {
	switch in := in.(type) {
	case native.Reply:
		if in.Err != nil {
			p.refused = append(p.refused, in.Err.Code)
		}
		switch a := in.Answer.(type) {
		case chatnet.Welcome:
			for _, r := range a.Rooms {
				if r.Name == chatnet.Lobby() {
					p.lobby = r.ID
				}
			}
		case chatnet.Stored:
			p.stored++
		default:
		}
	case native.Event:
		if s, ok := in.Body.(chatnet.Said); ok {
			p.heard = append(p.heard, in.Nick.String()+": "+s.Text.String())
		}
	case native.Bye:
		p.bye = in.Error
	case native.Ping:
		p.pings++
	default:
	}
}

func TestTalk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		ada, bob := come(t, h.door.dial(t), "ada"), come(t, h.door.dial(t), "bob")
		var want []string
		for i := range 20 {
			ada.say(fmt.Sprintf("number %d", i))
			want = append(want, fmt.Sprintf("ada: number %d", i))
		}
		ada.hear(20)
		bob.hear(20)
		if ada.stored != 20 {
			t.Errorf("%d messages were acknowledged, want 20", ada.stored)
		}
		if diff := cmp.Diff(want, bob.heard); diff != "" {
			t.Errorf("bob heard (-want +got):\n%s", diff)
		}
		carol := come(t, h.door.dial(t), "carol")
		carol.hear(20)
		if diff := cmp.Diff(want, carol.heard); diff != "" {
			t.Errorf("carol heard (-want +got):\n%s", diff)
		}
		for _, p := range []*person{ada, bob, carol} {
			p.leave()
		}
	})
}

// TestHelloTwice has a dialect that lets a second hello through.
func TestHelloTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, server.Door{Scheme: "talk", Dialect: talk{feed: func(p []byte) wire.Step {
			return wire.Step{Hello: &chatnet.Hello{Nick: chatnet.MustNick(string(p)), Token: strings.Repeat("x", 22)}}
		}}})
		defer h.end(t)
		c := h.door.dial(t)
		for _, nick := range []string{"ada", "bob"} {
			if _, err := c.Write([]byte(nick)); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if got := readAll(t, c); got != "bye protocol\n" {
			t.Errorf("the peer was told %q", got)
		}
	})
}

// TestCallBeforeHello has a dialect that lets a call through.
func TestCallBeforeHello(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, server.Door{Scheme: "talk", Dialect: talk{
			feed: func([]byte) wire.Step {
				return wire.Step{Calls: []chatnet.Call{{ID: 7, Request: chatnet.ListRooms{}}}, End: true}
			},
			deliver: func(d chatnet.Delivery) []byte {
				return fmt.Appendf(nil, "%d %s", d.Replies[0].ID, d.Replies[0].Err.Code)
			},
		}})
		defer h.end(t)
		c := h.door.dial(t)
		if _, err := c.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		if got := readAll(t, c); got != "7 protocol" {
			t.Errorf("the peer was told %q", got)
		}
	})
}

func TestRefusedHello(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		ada := come(t, h.door.dial(t), "ada")
		conn := h.door.dial(t)
		thief := &person{t: t, conn: conn, nick: "thief"}
		thief.send(native.AppendHello(nil, chatnet.Hello{Nick: chatnet.MustNick("ada"), Token: strings.Repeat("x", 22)}))
		thief.end()
		if thief.bye == nil || thief.bye.Code != chatnet.CodeNickTaken {
			t.Errorf("bye %v, want %s", thief.bye, chatnet.CodeNickTaken)
		}
		ada.leave()
	})
}

func TestPingAndDeath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		began := time.Now()
		ada := come(t, h.door.dial(t), "ada")
		for ada.pings == 0 {
			ada.read()
		}
		if took := time.Since(began); took != chatnet.PingAfter {
			t.Errorf("the first ping came after %v", took)
		}
		ada.send(native.AppendPong(nil))
		for ada.pings == 1 {
			ada.read()
		}
		if took := time.Since(began); took != 2*chatnet.PingAfter {
			t.Errorf("the second ping came after %v", took)
		}
		ada.end()
		if took := time.Since(began); took != chatnet.PingAfter+chatnet.DeadAfter {
			t.Errorf("a dead peer was given up after %v", took)
		}
	})
}

// TestShutdownAnswersFirst sends as much as may be in flight and shuts down:
// every message has its one answer, and the goodbye is the last word.
func TestShutdownAnswersFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		ada := come(t, h.door.dial(t), "ada")
		texts := make([]string, chatnet.MaxInFlight)
		for i := range texts {
			texts[i] = fmt.Sprintf("number %d", i)
		}
		ada.say(texts...)
		synctest.Wait()
		down := make(chan struct{})
		go func() { h.end(t); close(down) }()
		ada.end()
		<-down
		if ada.bye == nil || ada.bye.Code != chatnet.CodeShutdown {
			t.Errorf("bye %v, want %s", ada.bye, chatnet.CodeShutdown)
		}
		if ada.stored != len(texts) || len(ada.heard) != len(texts) {
			t.Errorf("%d acknowledged, %d heard, want %d", ada.stored, len(ada.heard), len(texts))
		}
	})
}

// TestSlowReaderHoldsNobodyUp has one peer that reads nothing while others
// talk; it is dropped, and what it missed is there when it comes back.
func TestSlowReaderHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		slow := come(t, h.door.dial(t), "slow")
		ada := come(t, h.door.dial(t), "ada")
		long := strings.Repeat("x", 4000)
		for i := range 60 {
			ada.say(fmt.Sprintf("%d %s", i, long))
			ada.hear(i + 1)
		}
		for !strings.Contains(h.log.String(), "took nothing for too long") {
			time.Sleep(time.Second) // in the bubble
			ada.send(native.AppendPing(nil))
		}
		slow.end()
		ada.say("after")
		ada.hear(61)
		again := come(t, h.door.dial(t), "slow")
		again.hear(61)
		if again.heard[60] != "ada: after" {
			t.Errorf("the last message is %q", again.heard[60])
		}
		again.leave()
		ada.leave()
	})
}
