package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/server"
	"tchat/chatnet/wire"
)

func TestHelloLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		began := time.Now()
		got := readAll(t, h.door.dial(t))
		if took := time.Since(began); took != chatnet.HelloLimit {
			t.Errorf("a silent peer was closed after %v, want %v", took, chatnet.HelloLimit)
		}
		if !strings.Contains(got, "no hello came within 15s") {
			t.Errorf("it was told %q", got)
		}
	})
}

func TestPendingLimitClosesTheOldest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		conns := make([]net.Conn, 513)
		for i := range conns {
			conns[i] = h.door.dial(t)
			synctest.Wait()
		}
		if got := readAll(t, conns[0]); got != "" {
			t.Errorf("the oldest was told %q", got)
		}
		if err := conns[1].SetReadDeadline(time.Now().Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := conns[1].Read(make([]byte, 1)); errors.Is(err, io.EOF) {
			t.Error("the second oldest was closed, too")
		}
		for _, c := range conns[1:] {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestDoorInClearTakesItsOwnNetworkOnly(t *testing.T) {
	tests := []struct {
		peer   string
		public bool
		ok     bool
	}{
		{"127.0.0.1", false, true}, {"::1", false, true}, {"192.168.3.4", false, true}, {"10.9.9.9", false, true},
		{"fd00::1", false, true}, {"fe80::1", false, true}, {"::ffff:10.0.0.1", false, true},
		{"203.0.113.5", false, false}, {"2001:db8::1", false, false}, {"203.0.113.5", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.peer, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := server.Door{Scheme: "talk", Public: tt.public, Dialect: talk{
					start: func() wire.Step { return wire.Step{Out: []byte("come in\n"), End: true} },
				}}
				h := open(t, server.Config{}, d)
				defer h.end(t)
				h.door.peer = &net.TCPAddr{IP: net.ParseIP(tt.peer), Port: 5000}
				want := "come in\n"
				if !tt.ok {
					want = "bye forbidden\n"
				}
				if got := readAll(t, h.door.dial(t)); got != want {
					t.Errorf("the peer read %q, want %q", got, want)
				}
				if strings.Contains(h.log.String(), tt.peer+" ") && tt.peer != "::1" {
					t.Errorf("the log has the full address:\n%s", h.log)
				}
			})
		})
	}
}

func TestPanicEndsOneConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := server.Door{Scheme: "talk", Dialect: talk{feed: func(p []byte) wire.Step {
			if string(p) == "secret" {
				panic("a panic that repeats " + string(p))
			}
			return wire.Step{Out: bytes.ToUpper(p)}
		}}}
		h := open(t, server.Config{}, d)
		defer h.end(t)
		good, bad := h.door.dial(t), h.door.dial(t)
		if _, err := bad.Write([]byte("secret")); err != nil {
			t.Fatal(err)
		}
		if got := readAll(t, bad); got != "" {
			t.Errorf("the failed connection read %q", got)
		}
		if _, err := good.Write([]byte("still there")); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 100)
		if n, err := good.Read(buf); string(buf[:n]) != "STILL THERE" {
			t.Errorf("the other connection read %q, %v", buf[:n], err)
		}
		if err := good.Close(); err != nil {
			t.Error(err)
		}
		if log := h.log.String(); !strings.Contains(log, "a session failed") || strings.Contains(log, "secret") {
			t.Errorf("the log must tell of the failure and repeat nothing:\n%s", log)
		}
	})
}

// flaky fails to accept for some times.
type flaky struct {
	*memListener
	fails atomic.Int32
	tries chan time.Time
}

func (l *flaky) Accept() (net.Conn, error) {
	l.tries <- time.Now()
	if l.fails.Add(-1) >= 0 {
		return nil, errors.New("too many open files")
	}
	return l.memListener.Accept()
}

func TestAcceptBacksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		l := &flaky{memListener: newMemListener(), tries: make(chan time.Time, 100)}
		l.fails.Store(10)
		over := make(chan error)
		go func() { over <- h.Serve(context.WithoutCancel(t.Context()), l, nativeDoor()) }()
		var pauses []time.Duration
		last := <-l.tries
		for range 10 {
			at := <-l.tries
			pauses = append(pauses, at.Sub(last))
			last = at
		}
		want := 5 * time.Millisecond
		for i, p := range pauses {
			if p != want {
				t.Errorf("pause %d was %v, want %v", i, p, want)
			}
			want = min(2*want, time.Second)
		}
		_ = readAll(t, l.dial(t)) // it is served all the same
		_ = l.Close()
		if err := <-over; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
}

func TestSlowPeers(t *testing.T) {
	long := bytes.Repeat([]byte("0123456789abcde\n"), 20<<10)
	d := server.Door{Scheme: "talk", Dialect: talk{
		start: func() wire.Step { return wire.Step{Out: long, End: true} },
	}}
	t.Run("one that takes nothing is dropped", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			h := open(t, server.Config{}, d)
			defer h.end(t)
			c := h.door.dial(t)
			time.Sleep(2*chatnet.WriteLimit - time.Millisecond) // it took something at the start
			synctest.Wait()
			if log := h.log.String(); log != "" {
				t.Errorf("dropped too early:\n%s", log)
			}
			time.Sleep(2 * time.Millisecond)
			synctest.Wait()
			if log := h.log.String(); !strings.Contains(log, "took nothing for too long") {
				t.Errorf("not dropped:\n%s", log)
			}
			_ = readAll(t, c)
		})
	})
	t.Run("one that takes a little is not", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			h := open(t, server.Config{}, d)
			defer h.end(t)
			c := h.door.dial(t)
			got, buf := 0, make([]byte, 4<<10)
			for got < len(long) {
				time.Sleep(chatnet.WriteLimit - time.Second)
				n, err := c.Read(buf)
				got += n
				if err != nil {
					t.Fatalf("closed after %d of %d bytes: %v", got, len(long), err)
				}
			}
			_ = readAll(t, c)
		})
	})
}

func TestMaxConns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{MaxConns: 1}, nativeDoor())
		defer h.end(t)
		first := h.door.dial(t)
		synctest.Wait()
		_, srv := server.Pipe()
		select {
		case h.door.conns <- srv:
			t.Error("a second connection was accepted")
		case <-time.After(time.Second):
		}
		_ = first.Close()
		_ = h.door.dial(t).Close()
	})
}

func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		c := h.door.dial(t)
		synctest.Wait()
		h.end(t)
		if got := readAll(t, c); !strings.Contains(got, "shutting-down") {
			t.Errorf("the peer was told %q", got)
		}
		client, srv := server.Pipe()
		h.ServeConn(t.Context(), srv, nativeDoor())
		if got := readAll(t, client); got != "" {
			t.Errorf("after Shutdown a peer was told %q", got)
		}
		if err := h.Serve(t.Context(), newMemListener(), nativeDoor()); err != nil {
			t.Errorf("Serve after Shutdown: %v", err)
		}
	})
}

// TestShutdownCutsWhatIsLeft has a peer that reads nothing of its goodbye.
func TestShutdownCutsWhatIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := server.Door{Scheme: "talk", Dialect: talk{
			start: func() wire.Step { return wire.Step{Out: make([]byte, 1<<20)} },
		}}
		h := open(t, server.Config{}, d)
		c := h.door.dial(t)
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if err := h.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Shutdown: %v", err)
		}
		if took := time.Since(began); took != time.Second {
			t.Errorf("it took %v", took)
		}
		if err := <-h.over; err != nil {
			t.Errorf("Serve: %v", err)
		}
		_ = c.Close()
	})
}

func TestServeEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, nativeDoor())
		defer h.end(t)
		ctx, cancel := context.WithCancel(t.Context())
		l := newMemListener()
		over := make(chan error)
		go func() { over <- h.Serve(ctx, l, nativeDoor()) }()
		c := l.dial(t)
		synctest.Wait()
		cancel()
		if err := <-over; err != nil {
			t.Errorf("Serve: %v", err)
		}
		if got := readAll(t, c); got != "" {
			t.Errorf("the peer was told %q", got)
		}
	})
}
