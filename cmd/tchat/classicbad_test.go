package main

import (
	"bytes"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// crowd is how many connections come at once.
const crowd = 1002

// stall is what no message may take, on a busy machine with the race detector.
const stall = 15 * time.Second

// TestDoorsAmongBadPeers: silence, floods without a line's end, resets at every
// step and a thousand connections at once are no reason for others to wait.
func TestDoorsAmongBadPeers(t *testing.T) {
	h := build(t, oldDoors(), "--name", "test")
	dave := come(t, h.door("tchat+insecure"), h.home, "dave", "lobby")
	eve := come(t, h.door("tchat+insecure"), h.home, "eve", "lobby")
	alice := sit(t, nickProgram(), h.door("nick"), "alice")
	eve.hears("lobby alice joins")
	for _, c := range []struct {
		what string
		bad  func(t *testing.T, addr string) (clean func())
	}{
		{"nobody bad", func(*testing.T, string) func() { return func() {} }},
		{"silence", silent},
		{"the deaf", deaf},
		{"10 MiB without a line's end", endless},
		{"resets", resets},
		{"a crowd", throng},
	} {
		t.Run(c.what, func(t *testing.T) {
			done := make(chan struct{})
			var bad sync.WaitGroup
			for _, scheme := range []string{"nick", "prompt", "room"} {
				addr := h.door(scheme)
				bad.Go(func() {
					clean := c.bad(t, addr)
					<-done
					clean()
				})
			}
			times := talk(dave, eve, c.what)
			alice.sees("dave: " + c.what + " 99")
			close(done)
			bad.Wait()
			p50, p99 := times[len(times)/2], times[len(times)*99/100]
			t.Logf("%s: p50 %v, p99 %v", c.what, p50.Round(time.Millisecond/10), p99.Round(time.Millisecond/10))
			if p99 > stall {
				t.Errorf("a message took %v", p99)
			}
		})
	}
	poll(func() bool { in, out := eve.moves(); return in == out }, func() {
		in, out := eve.moves()
		t.Errorf("%d joined and %d left", in, out)
	})
}

// talk says things at one door and returns, sorted, how long each took to be
// heard at another.
func talk(from, to *person, what string) []time.Duration {
	var all []time.Duration
	for i := range 100 {
		text := fmt.Sprintf("%s %d", what, i)
		began := time.Now()
		from.says("lobby", text, "")
		to.hears("lobby dave: " + text)
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	return all
}

// moves returns how often anybody but the good ones joined and left.
func (n *person) moves() (in, out int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, line := range n.heard {
		words := strings.Fields(line)
		if slices.Contains([]string{"alice", "dave", "eve"}, words[1]) {
			continue
		}
		switch words[2] {
		case "joins":
			in++
		case "leaves":
			out++
		}
	}
	return in, out
}

// silent is a hundred peers that say nothing, or half a word.
func silent(t *testing.T, addr string) func() {
	var conns []net.Conn
	for i := range 100 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Error(err)
			break
		}
		if conns = append(conns, conn); i%2 == 0 {
			_, _ = conn.Write([]byte("\xc3")) // it may be closed
		}
	}
	return func() { hangUp(conns) }
}

// deaf is peers that come in and never read.
func deaf(t *testing.T, addr string) func() {
	var conns []net.Conn
	for i := range 30 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Error(err)
			break
		}
		if err := conn.(*net.TCPConn).SetReadBuffer(1 << 10); err != nil {
			t.Error(err)
		}
		conns = append(conns, conn)
		_, _ = fmt.Fprintf(conn, "deaf%s-%d_lobby", addr[len(addr)-2:], i) // it may be closed
	}
	return func() { hangUp(conns) }
}

// endless sends 10 MiB without a line's end, and then says nothing.
func endless(t *testing.T, addr string) func() {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Error(err)
		return func() {}
	}
	if err := conn.SetWriteDeadline(time.Now().Add(awaitLimit)); err != nil {
		t.Error(err)
	}
	_, _ = conn.Write([]byte("mallory_lobby"))                   // it may be closed
	_, _ = conn.Write(bytes.Repeat([]byte("mallory"), 10<<20/7)) // it may be closed
	return func() { hangUp([]net.Conn{conn}) }
}

// resets is peers that vanish at every step of their way in.
func resets(t *testing.T, addr string) func() {
	for i := range 200 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Error(err)
			break
		}
		if i%4 > 0 {
			_, _ = fmt.Fprintf(conn, "mallory%d", i) // it may be closed
		}
		if i%4 > 1 {
			_, _ = fmt.Fprintf(conn, "_lobby%d", i) // it may be closed
		}
		if i%4 > 2 {
			_, _ = conn.Read(make([]byte, 1)) // it may be closed
		}
		hangUp([]net.Conn{conn})
	}
	return func() {}
}

// throng is a third of the crowd, all at once.
func throng(_ *testing.T, addr string) func() {
	conns := make([]net.Conn, crowd/3)
	var all sync.WaitGroup
	for i := range conns {
		all.Go(func() {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				return // the server turns some of a crowd away
			}
			conns[i] = conn
			_, _ = fmt.Fprintf(conn, "x%d_crowd", i) // it may be closed
		})
	}
	all.Wait()
	return func() { hangUp(conns) }
}

// hangUp resets connections.
func hangUp(conns []net.Conn) {
	for _, c := range conns {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // it may be closed
			_ = tcp.Close()
		}
	}
}
