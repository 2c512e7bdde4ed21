package sim

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// calm is a world with a network and nobody in it.
func calm(seed uint64, window int) *World {
	w := &World{seed: seed, began: time.Now(), wake: make(chan struct{}, 1)}
	w.net = newNetwork(w, weather{near: time.Millisecond, far: time.Second, split: 1, window: window})
	w.host = &host{world: w}
	return w
}

// pair connects a client with the server.
func (w *World) pair() (home, host *conn) {
	w.net.mu.Lock()
	defer w.net.mu.Unlock()
	l := w.net.connect("c1")
	return l.atHome, l.atHost
}

// lasts runs the world for a while.
func (w *World) lasts(long time.Duration) {
	w.after(long, func() { w.over = true })
	w.run()
}

func TestNetworkKeepsOrderBehindWalls(t *testing.T) {
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			w := calm(seed, 700)
			home, host := w.pair()
			sent := bytes.Repeat([]byte("{\"0123456789abcdef\":true}\n"), 200)
			d := roll(seed, "walls")
			for range 5 {
				w.at(d.span(0, 5*time.Second), func() { w.net.wall("c1", hostName, d.span(0, 3*time.Second)) })
			}
			go func() {
				for rest := sent; len(rest) > 0; rest = rest[min(len(rest), 100):] {
					if _, err := home.Write(rest[:min(len(rest), 100)]); err != nil {
						t.Error(err)
					}
				}
				if err := home.CloseWrite(); err != nil {
					t.Error(err)
				}
			}()
			var got []byte
			go func() { got, _ = io.ReadAll(host) }() // what came is what counts
			w.lasts(10 * time.Minute)
			if !bytes.Equal(got, sent) {
				t.Errorf("seed %d: %d of %d bytes came, or not in order", seed, len(got), len(sent))
			}
		})
	}
}

func TestNetworkFaults(t *testing.T) {
	tests := []struct {
		name  string
		fault func(w *World, host *conn)
		read  error
		write error
	}{
		{"cut", func(w *World, _ *conn) { w.net.cut("c1") }, syscall.ECONNRESET, syscall.EPIPE},
		{"silence", func(w *World, _ *conn) { w.net.silence("c1") }, os.ErrDeadlineExceeded, os.ErrDeadlineExceeded},
		{"the other end closed", func(_ *World, host *conn) { _ = host.Close() }, io.EOF, syscall.EPIPE},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := calm(1, 100)
				home, host := w.pair()
				if err := home.SetDeadline(time.Now().Add(time.Minute)); err != nil {
					t.Fatal(err)
				}
				w.at(time.Second, func() { tt.fault(w, host) })
				var read, write error
				go func() {
					<-time.After(10 * time.Second)
					_, read = home.Read(make([]byte, 10))
					for write == nil {
						_, write = home.Write(make([]byte, 60))
					}
				}()
				w.lasts(5 * time.Minute)
				if !errors.Is(read, tt.read) || !errors.Is(write, tt.write) {
					t.Errorf("read %v, write %v; want %v and %v", read, write, tt.read, tt.write)
				}
			})
		})
	}
}

func TestDialling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := calm(1, 100)
		dial := func(limit time.Duration) (c net.Conn, err error) {
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			done := make(chan struct{})
			go func() { defer close(done); c, err = w.net.dial(ctx, "c1") }()
			w.lasts(time.Minute)
			<-done
			return c, err
		}
		if _, err := dial(time.Hour); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("with nobody there: %v", err)
		}
		w.net.open(newListener(func(c net.Conn) net.Conn { return c }))
		w.net.wall("c1", hostName, time.Hour)
		if _, err := dial(time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("behind a wall: %v", err)
		}
		w.net.heal()
		c, err := dial(time.Second)
		if err != nil || c.RemoteAddr().String() != hostName || c.LocalAddr().Network() != "sim" {
			t.Errorf("dialled %v, %v", c, err)
		}
		other, err := w.net.listener.Accept()
		if err != nil || other.RemoteAddr().String() != "c1" {
			t.Errorf("accepted %v, %v", other, err)
		}
	})
}
