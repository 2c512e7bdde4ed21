package server_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/server"
	"tchat/chatnet/wire/native"
	"tchat/chatnet/wire/nick"
	"tchat/chatnet/wire/room"
)

// town is a house with a door of every kind.
type town struct {
	*house
	doors map[string]*memListener
	over  []chan error
}

func openTown(t *testing.T) *town {
	t.Helper()
	w := &town{house: open(t, server.Config{}, autoDoor(t)), doors: map[string]*memListener{}}
	w.doors["auto"] = w.door
	for _, d := range []server.Door{
		nativeDoor(), promptDoor(), {Scheme: "nick", Dialect: nick.New()}, {Scheme: "room", Dialect: room.New()},
	} {
		l, over := newMemListener(), make(chan error, 1)
		w.doors[d.Scheme] = l
		w.over = append(w.over, over)
		go func() { over <- w.Serve(context.WithoutCancel(t.Context()), l, d) }()
	}
	return w
}

func (w *town) end(t *testing.T) {
	t.Helper()
	w.house.end(t)
	for _, over := range w.over {
		if err := <-over; err != nil {
			t.Error(err)
		}
	}
}

// firsts are what a good client of each kind begins with.
func firsts() map[string]string {
	return map[string]string{
		"auto": "zoe_lobby", "tchat+insecure": autoHello(), "prompt": "pia", "nick": "nic", "room": "rob_lobby",
	}
}

// adversaries are peers that mean no good. Each is run at every door and comes
// back when it has done its worst.
func adversaries() map[string]func(c net.Conn, first string) {
	return map[string]func(net.Conn, string){
		"silent": func(c net.Conn, _ string) { time.Sleep(6 * time.Minute) },
		"slow": func(c net.Conn, first string) {
			for _, b := range []byte(first + "hello") {
				if _, err := c.Write([]byte{b}); err != nil {
					return
				}
				time.Sleep(time.Minute)
			}
		},
		"endless": func(c net.Conn, first string) {
			go drainConn(c)
			_, _ = c.Write([]byte(first))
			time.Sleep(2 * time.Second)
			for range 160 {
				if _, err := c.Write(bytes.Repeat([]byte("x"), 64<<10)); err != nil {
					return
				}
			}
		},
		"endless from the start": func(c net.Conn, _ string) {
			for range 160 {
				if _, err := c.Write(bytes.Repeat([]byte("x"), 64<<10)); err != nil {
					return
				}
			}
		},
		"garbage": func(c net.Conn, _ string) {
			for i := range 1000 {
				if _, err := c.Write(bytes.Repeat([]byte{byte(i), byte(i >> 3), '\n', 0xff}, 1+i%50)); err != nil {
					return
				}
			}
		},
		"deaf": func(c net.Conn, first string) { // writes and never reads
			_, _ = c.Write([]byte(first))
			time.Sleep(2 * time.Second)
			for range 2000 {
				_ = c.SetWriteDeadline(time.Now().Add(time.Minute))
				if _, err := c.Write([]byte("/help\n")); err != nil {
					return
				}
			}
		},
	}
}

func drainConn(c net.Conn) {
	buf := make([]byte, 32<<10)
	for {
		if _, err := c.Read(buf); err != nil {
			return
		}
	}
}

// TestAdversaries: whatever others do at whichever door, a good client says and
// hears, and nobody of them is left when they are gone.
func TestAdversaries(t *testing.T) {
	for name, worst := range adversaries() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := openTown(t)
				defer w.end(t)
				good := come(t, w.doors["tchat+insecure"].dial(t), "good")
				var wg sync.WaitGroup
				for scheme, first := range firsts() {
					conn := w.doors[scheme].dial(t)
					wg.Go(func() {
						worst(conn, first)
						_ = conn.Close()
					})
				}
				checkGood(t, good, 20)
				good.leave()
				wg.Wait()
				time.Sleep(15 * time.Second) // for goodbyes, and for those who take nothing
				alone(t, w)
			})
		})
	}
}

// checkGood says n messages and hears them within a second each; when the
// server is busy it tries again.
func checkGood(t *testing.T, good *person, n int) {
	t.Helper()
	for i := range n {
		before, text := time.Now(), fmt.Sprintf("good %d", i)
		good.say(text)
		for !slices.Contains(good.heard, "good: "+text) {
			good.read()
			switch {
			case good.ended:
				t.Fatalf("the good client was dropped: %v", good.bye)
			case len(good.refused) == 0:
			case good.refused[0] != chatnet.CodeBusy:
				t.Fatalf("the good client was told %v", good.refused)
			default: // as tchat's own client does
				good.refused = nil
				time.Sleep(500 * time.Millisecond)
				good.calls++
				good.send(native.AppendCall(nil, chatnet.Call{ID: good.calls, Request: chatnet.Say{Room: good.lobby, Text: chatnet.Clean(text), Again: true}}))
			}
		}
		if took := time.Since(before); took > time.Second {
			t.Errorf("message %d took %v", i, took)
		}
	}
}

// alone fails if anybody is still there.
func alone(t *testing.T, w *town) {
	t.Helper()
	c := w.doors["prompt"].dial(t)
	if _, err := c.Write([]byte("eve\n/who\n")); err != nil {
		t.Fatal(err)
	}
	_ = c.(interface{ CloseWrite() error }).CloseWrite()
	got := readAll(t, c)
	_, list, _ := strings.Cut(got, "* here ")
	list, _, _ = strings.Cut(list, "\n")
	if list != "1: eve" {
		t.Errorf("still there: %q", list)
	}
}

// TestResetsAtEveryStep: a peer that goes at any byte leaves nothing behind.
func TestResetsAtEveryStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := openTown(t)
		defer w.end(t)
		good := come(t, w.doors["tchat+insecure"].dial(t), "good")
		for scheme, first := range firsts() {
			script := first + "\nhello\n/join x\n/private good hi\n"
			for at := 0; at <= len(script); at += 1 + len(script)/40 {
				c := w.doors[scheme].dial(t)
				if _, err := c.Write([]byte(script[:at])); err != nil {
					t.Fatal(err)
				}
				if at%2 == 0 {
					synctest.Wait()
				}
				_ = c.Close()
			}
		}
		time.Sleep(15 * time.Second)
		checkGood(t, good, 3)
		good.leave()
		time.Sleep(time.Second)
		alone(t, w)
	})
}

// TestCrowd: a thousand connections at once, of every kind.
func TestCrowd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := openTown(t)
		defer w.end(t)
		good := come(t, w.doors["tchat+insecure"].dial(t), "good")
		var wg sync.WaitGroup
		for i := range 1000 {
			scheme := []string{"prompt", "nick", "room"}[i%3]
			first := fmt.Sprintf("p%d", i)
			if scheme == "room" {
				first += "_lobby"
			}
			conn := w.doors[scheme].dial(t)
			wg.Go(func() {
				go drainConn(conn)
				_, _ = conn.Write([]byte(first))
				time.Sleep(10 * time.Second)
				_ = conn.Close()
			})
		}
		checkGood(t, good, 5)
		good.leave()
		wg.Wait()
		time.Sleep(15 * time.Second)
		alone(t, w)
	})
}
