package server_test

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/server"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
	"tchat/chatnet/wire/prompt"
)

// chatty is a dialect with manners, made for a test.
type chatty struct {
	m     wire.Manners
	start func() wire.Step
	feed  func(p []byte) wire.Step
	hear  func(d chatnet.Delivery) wire.Step
	late  func() wire.Step
}

func (d chatty) Name() string                     { return "chatty" }
func (d chatty) Manners() wire.Manners            { return d.m }
func (d chatty) Open(wire.Peer) wire.Conversation { return d }
func (d chatty) Ping() []byte                     { return nil }
func (d chatty) Owing() bool                      { return false }
func (d chatty) Deliver(chatnet.Delivery) []byte  { return nil }
func (d chatty) Start() wire.Step                 { return step(d.start) }
func (d chatty) Late() wire.Step                  { return step(d.late) }

func step(f func() wire.Step) wire.Step {
	if f == nil {
		return wire.Step{}
	}
	return f()
}

func (d chatty) Feed(p []byte) wire.Step {
	if d.feed == nil {
		return wire.Step{}
	}
	return d.feed(p)
}

func (d chatty) Hear(v chatnet.Delivery) wire.Step {
	switch {
	case d.hear != nil:
		return d.hear(v)
	case v.Bye != nil:
		return says("bye " + string(v.Bye.Code))
	}
	return wire.Step{}
}

// says is a step that writes.
func says(texts ...string) (s wire.Step) {
	for _, t := range texts {
		s.Writes = append(s.Writes, wire.Write{Bytes: []byte(t)})
	}
	return s
}

// old is how the old clients want to be treated.
func old() wire.Manners {
	return wire.Manners{
		Gap: 50 * time.Millisecond, Join: 1000, Abort: true, Farewell: 150 * time.Millisecond, Queue: 1 << 20,
		HelloLimit: time.Minute,
	}
}

// recvs reads until the end and tells what each read brought, and when.
func recvs(t testing.TB, c net.Conn) (all []string) {
	t.Helper()
	began := time.Now()
	buf := make([]byte, 1024)
	for {
		n, err := c.Read(buf)
		s := string(buf[:n])
		if err != nil {
			s = "end"
			_ = c.Close() // it has ended
		}
		all = append(all, fmt.Sprintf("%d %s", time.Since(began).Milliseconds(), strings.ReplaceAll(s, "\n", `\n`)))
		if err != nil {
			return all
		}
	}
}

func TestWritesArePaced(t *testing.T) {
	for _, c := range []struct {
		name string
		step func() wire.Step
		want []string
	}{
		{"joined, then the farewell", func() wire.Step {
			s := says("one", "two")
			s.End = true
			return s
		}, []string{`0 one\ntwo`, "150 end"}},
		{"a code alone and quiet behind it", func() wire.Step {
			s := says("x", "y")
			s.Writes = append([]wire.Write{{Bytes: []byte("200"), Alone: true, Quiet: 250 * time.Millisecond}}, s.Writes...)
			s.End = true
			return s
		}, []string{"0 200", `250 x\ny`, "400 end"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := open(t, server.Config{}, server.Door{Scheme: "chatty", Dialect: chatty{m: old(), start: c.step}})
				defer h.end(t)
				if diff := cmp.Diff(c.want, recvs(t, h.door.dial(t))); diff != "" {
					t.Errorf("reads (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestFloodNeverGlues: 500 messages at once reach a peer that takes a read for
// a message in whole lines, however they are joined.
func TestFloodNeverGlues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var flood wire.Step
		var want []string
		for i := range 500 {
			line := fmt.Sprintf("alice: message %d é", i)
			want = append(want, line)
			flood.Writes = append(flood.Writes, wire.Write{Bytes: []byte(line), Alone: i%7 == 0})
		}
		h := open(t, server.Config{}, server.Door{Scheme: "chatty", Dialect: chatty{m: old(), start: func() wire.Step { return flood }}})
		defer h.end(t)
		c := h.door.dial(t)
		var got []string
		buf := make([]byte, 1024)
		for last := time.Now(); len(got) < len(want); {
			n, err := c.Read(buf)
			if err != nil {
				t.Fatal(err)
			}
			if gap := time.Since(last); len(got) > 0 && gap < 50*time.Millisecond {
				t.Fatalf("two writes within %v", gap)
			}
			last = time.Now()
			got = append(got, strings.Split(string(buf[:n]), "\n")...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d lines came, not those that were sent", len(got))
		}
		_ = c.Close()
	})
}

func TestQueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := old()
		m.Queue = 4000
		long := strings.Repeat("x", 900)
		d := chatty{m: m, feed: func([]byte) wire.Step { return says(long, long, long, long, long, long) }}
		h := open(t, server.Config{}, server.Door{Scheme: "chatty", Dialect: d})
		defer h.end(t)
		c := h.door.dial(t)
		if _, err := c.Write([]byte("go")); err != nil {
			t.Fatal(err)
		}
		if got := recvs(t, c); !slices.Equal(got, []string{"0 bye busy", "150 end"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := chatty{
			m:    old(),
			feed: func([]byte) wire.Step { return wire.Step{Wait: 30 * time.Millisecond} },
			late: func() wire.Step { s := says("late"); s.End = true; return s },
		}
		h := open(t, server.Config{}, server.Door{Scheme: "chatty", Dialect: d})
		defer h.end(t)
		c := h.door.dial(t)
		began := time.Now()
		for range 3 { // each read begins the wait anew
			if _, err := c.Write([]byte("x")); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * time.Millisecond)
		}
		buf := make([]byte, 10)
		n, err := c.Read(buf)
		if took := time.Since(began); string(buf[:n]) != "late" || err != nil || took != 70*time.Millisecond {
			t.Errorf("%q, %v after %v, want late after 70ms", buf[:n], err, took)
		}
		_ = readAll(t, c)
	})
}

func TestHelloLimitOfADialect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, server.Door{Scheme: "chatty", Dialect: chatty{m: old()}})
		defer h.end(t)
		if got := recvs(t, h.door.dial(t)); !slices.Equal(got, []string{"60000 bye protocol", "60150 end"}) {
			t.Errorf("%q", got)
		}
	})
}

// TestHold: while a talker holds, nothing is read, so that a peer that sends
// without end fills its own side and not the server.
func TestHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reads := make(chan int, 100)
		d := chatty{m: old(), feed: func(p []byte) wire.Step {
			reads <- len(p)
			return wire.Step{Hold: true, Wait: time.Second}
		}}
		h := open(t, server.Config{}, server.Door{Scheme: "chatty", Dialect: d})
		defer h.end(t)
		c := h.door.dial(t)
		for range 3 {
			if _, err := c.Write([]byte("x")); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if len(reads) != 1 {
			t.Errorf("%d reads while it holds, want 1", len(reads))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if len(reads) != 2 {
			t.Errorf("%d reads after it let go, want 2", len(reads))
		}
		_ = c.Close()
	})
}

func promptDoor() server.Door {
	return server.Door{Scheme: "prompt", Dialect: prompt.New(time.UTC)}
}

// TestHalfClosed: a pipe that ends still gets the answers to what it said.
func TestHalfClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, promptDoor())
		defer h.end(t)
		c := h.door.dial(t)
		if _, err := c.Write([]byte("pia\nhello\n/nosuch\nlast")); err != nil {
			t.Fatal(err)
		}
		if err := c.(interface{ CloseWrite() error }).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		if got := readAll(t, c); !strings.Contains(got, "there is no command /nosuch") {
			t.Errorf("it was told %q", got)
		}
		other := h.door.dial(t)
		if _, err := other.Write([]byte("bob\n/more\n")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		_ = other.(interface{ CloseWrite() error }).CloseWrite()
		if got := readAll(t, other); !strings.Contains(got, "pia: hello\n") || !strings.Contains(got, "pia: last\n") {
			t.Errorf("the next one reads %q", got)
		}
	})
}

// TestProbe: a name whose owner has left without a sign is free (DOORS C11),
// that of one who is still there is not.
func TestProbe(t *testing.T) {
	for _, leaves := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			h := open(t, server.Config{}, promptDoor())
			defer h.end(t)
			first, second := h.door.dial(t), h.door.dial(t)
			type1(t, first, "ada")
			buf := make([]byte, 4<<10)
			if _, err := second.Read(buf); err != nil { // the question
				t.Fatal(err)
			}
			type1(t, second, "ada")
			began := time.Now()
			n, err := first.Read(buf)
			for err == nil && !strings.Contains(string(buf[:n]), "come in as ada") {
				n, err = first.Read(buf)
			}
			if err != nil {
				t.Fatal(err)
			}
			if leaves {
				_ = first.Close()
			}
			n, err = second.Read(buf)
			want := "you are ada"
			if !leaves {
				want = "Your name: "
			}
			if got := string(buf[:n]); !strings.Contains(got, want) || err != nil {
				t.Errorf("leaves %v: the newcomer reads %q, %v", leaves, got, err)
			}
			if took := time.Since(began); took < 150*time.Millisecond || took > 250*time.Millisecond {
				t.Errorf("it was decided after %v", took)
			}
			_ = first.Close()
			_ = second.Close()
		})
	}
}

// type1 sends one message and lets it be handled.
func type1(t testing.TB, c net.Conn, s string) {
	t.Helper()
	if _, err := c.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

// TestRefusedCallsKeepTheirPlace: a pipelined call that is refused is answered
// under its own number, and so are those behind it.
func TestRefusedCallsKeepTheirPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		c := h.door.dial(t)
		var out []byte
		const calls = 5
		for i := range calls {
			out = native.AppendCall(out, chatnet.Call{ID: uint64(i + 1), Request: chatnet.ListRooms{}})
		}
		out = append(native.AppendHello(nil, chatnet.Hello{Nick: chatnet.MustNick("ada"), Token: strings.Repeat("t", 30)}), out...)
		for i := range 2 * chatnet.MaxInFlight {
			out = native.AppendCall(out, chatnet.Call{ID: uint64(calls + i + 1), Request: chatnet.ListRooms{}})
		}
		go func() { _, _ = c.Write(out) }() // a failure shows in what is read
		answered := map[uint64]int{}
		var r native.Reader
		buf := make([]byte, 16<<10)
		for len(answered) < calls+2*chatnet.MaxInFlight {
			n, err := c.Read(buf)
			if err != nil {
				t.Fatalf("after %d answers: %v", len(answered), err)
			}
			incoming, err := r.Feed(buf[:n])
			if err != nil {
				t.Fatal(err)
			}
			for _, in := range incoming {
				if reply, ok := in.(native.Reply); ok && reply.ID > 0 {
					answered[reply.ID]++
				}
			}
		}
		for id, n := range answered {
			if n != 1 {
				t.Errorf("call %d was answered %d times", id, n)
			}
		}
		_ = c.Close()
	})
}
