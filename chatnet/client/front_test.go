package client_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak" // a client leaves no goroutine behind

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// front is a front end that keeps all it is told.
type front struct {
	t    *testing.T
	c    *client.Client
	stop context.CancelFunc
	done chan error

	mu  sync.Mutex
	got []chatnet.Update
}

// config is a client of f that waits as long as it may before each new try.
func config(t testing.TB, f *fake) client.Config {
	return client.Config{
		Address: address(t, "tchat+insecure://chat.example"), Dir: t.TempDir(), Nick: chatnet.MustNick("ada"),
		Dial: f.Dial, Rand: func() float64 { return 1 },
	}
}

func address(t testing.TB, s string) identity.Address {
	t.Helper()
	a, err := identity.ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// open makes a client.
func open(t testing.TB, cfg client.Config) *client.Client {
	t.Helper()
	c, err := client.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// start runs a client until the test ends or stop is called.
func start(t *testing.T, cfg client.Config) *front {
	t.Helper()
	return run(t, open(t, cfg))
}

func run(t *testing.T, c *client.Client) *front {
	ctx, cancel := context.WithCancel(t.Context())
	p := &front{t: t, c: c, stop: cancel, done: make(chan error, 1)}
	go func() { p.done <- p.c.Run(ctx) }()
	go func() {
		for u := range p.c.Updates() {
			p.mu.Lock()
			p.got = append(p.got, u)
			p.mu.Unlock()
		}
	}()
	return p
}

// end stops the client and gives the folder back.
func (p *front) end() {
	p.t.Helper()
	p.stop()
	if err := <-p.done; err != nil && !errors.Is(err, context.Canceled) {
		p.t.Errorf("Run: %v", err)
	}
	synctest.Wait()
	if err := p.c.Close(); err != nil {
		p.t.Errorf("Close: %v", err)
	}
}

// kill ends the client as kill -9 would.
func (p *front) kill() {
	p.t.Helper()
	if err := p.c.Kill(); err != nil {
		p.t.Error(err)
	}
	p.stop()
	<-p.done //nolint:errcheck // it was killed
	synctest.Wait()
}

// updates returns all that was told so far.
func (p *front) updates() []chatnet.Update {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]chatnet.Update(nil), p.got...)
}

// take returns what was told since the last take.
func (p *front) take() []chatnet.Update {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	got := p.got
	p.got = nil
	return got
}

// say says something in the lobby.
func (p *front) say(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if err := p.c.Do(chatnet.Say{Room: lobby, Text: chatnet.Clean(text)}); err != nil {
			p.t.Fatal(err)
		}
	}
}

// of returns the updates of one kind.
func of[U chatnet.Update](all []chatnet.Update) (some []U) {
	for _, u := range all {
		if u, ok := u.(U); ok {
			some = append(some, u)
		}
	}
	return some
}

// arrived returns the events of a room in the order in which they came.
func arrived(all []chatnet.Update, room chatnet.RoomID) (evs []chatnet.Event) {
	for _, a := range of[chatnet.Arrived](all) {
		if a.Room == room {
			evs = append(evs, a.Events...)
		}
	}
	return evs
}

// state returns the link's last state.
func (p *front) link() chatnet.LinkChanged {
	p.t.Helper()
	links := of[chatnet.LinkChanged](p.updates())
	if len(links) == 0 {
		p.t.Fatal("nothing was told of the link")
	}
	return links[len(links)-1]
}

// chain fails when evs are not an unbroken chain.
func chain(t *testing.T, evs []chatnet.Event) {
	t.Helper()
	for i := 1; i < len(evs); i++ {
		if evs[i].Prev != evs[i-1].Seq {
			t.Fatalf("event %d has prev %d, the one before it is %d", i, evs[i].Prev, evs[i-1].Seq)
		}
	}
}

// pass lets time go by in a bubble.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// code returns an error's code, "" for none.
func code(e *chatnet.Error) chatnet.Code {
	if e == nil {
		return ""
	}
	return e.Code
}
