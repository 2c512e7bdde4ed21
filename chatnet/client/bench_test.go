package client

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// BenchmarkStart is New and Run until the newest of 100,000 cached messages
// have come.
func BenchmarkStart(b *testing.B) {
	cfg := Config{
		Address: identity.Address{Scheme: identity.SchemeInsecure, Host: "chat.example", Port: "1"}, Dir: b.TempDir(),
		Dial: func(context.Context) (net.Conn, error) { return nil, errors.New("away") },
	}
	rooms, err := openCache(machine{}, filepath.Join(cfg.Dir, "rooms"), cfg.filled().Log)
	if err != nil {
		b.Fatal(err)
	}
	r := rooms.enter(chatnet.RoomInfo{ID: "r", Name: chatnet.Lobby(), Kind: chatnet.KindOpen, Epoch: "e"})
	r.store(messages("r", 0, 100_000))
	b.ReportAllocs()
	for b.Loop() {
		c, err := New(cfg)
		if err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(b.Context())
		done := make(chan error, 1)
		go func() { done <- c.Run(ctx) }()
		for u := range c.Updates() {
			if a, ok := u.(chatnet.Arrived); ok {
				if len(a.Events) != chatnet.PageSize {
					b.Fatalf("%d events", len(a.Events))
				}
				break
			}
		}
		b.StopTimer()
		cancel()
		<-done //nolint:errcheck // why it ended does not matter here
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkOlder is a page from the middle of 100,000 cached messages.
func BenchmarkOlder(b *testing.B) {
	r := testCache(b).enter(chatnet.RoomInfo{ID: "r", Epoch: "e"})
	r.store(messages("r", 0, 100_000))
	b.ReportAllocs()
	for b.Loop() {
		if got := r.before(150_000, chatnet.PageSize); len(got) != chatnet.PageSize {
			b.Fatalf("%d events", len(got))
		}
	}
}

// BenchmarkSay is a message made durable in the outbox (DELIVERY S1).
func BenchmarkSay(b *testing.B) {
	c, err := New(Config{Address: identity.Address{Host: "chat.example", Port: "1"}, Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := c.Do(chatnet.Say{Room: "r", Text: chatnet.Clean("hello everyone")}); err != nil {
			b.Fatal(err)
		}
		c.out.stored(c.out.entries[0].say.Origin, "r", 1)
		c.out.fresh()
	}
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
}
