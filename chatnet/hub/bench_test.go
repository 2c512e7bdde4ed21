package hub_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/store/memory"
)

// BenchmarkFanOut sends messages into a room of n sessions, each with a loop of
// its own that takes them as encoded bytes. An op is one message, delivered to
// all.
func BenchmarkFanOut(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { fanOut(b, n) })
	}
}

func fanOut(b *testing.B, n int) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	h, err := hub.Open(ctx, hub.Config{Store: memory.New()})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = h.Shutdown(ctx) }()
	var loops sync.WaitGroup
	var got atomic.Int64
	all := make(chan struct{}, 1)
	want := int64(b.N) * int64(n)
	var sender *hub.Session
	var lobby chatnet.RoomID
	for i := range n {
		nick := chatnet.MustNick(fmt.Sprintf("user%d", i))
		s, err := h.Enter(ctx, hub.Peer{User: chatnet.UserID("k-" + nick.String())}, chatnet.Hello{Nick: nick})
		if err != nil {
			b.Fatal(err)
		}
		t, err := s.Take(ctx, 64<<10)
		if err != nil {
			b.Fatal(err)
		}
		lobby = t.Replies[0].Answer.(chatnet.Welcome).Rooms[0].ID
		if i == 0 {
			sender = s
			continue
		}
		loops.Go(func() { listen(ctx, s, &got, want, all) })
	}
	b.ResetTimer()
	loops.Go(func() { listen(ctx, sender, &got, want, all) })
	text := chatnet.Clean("hello, everybody in this room")
	for i := 0; i < b.N; {
		if sender.Submit(chatnet.Call{Request: chatnet.Say{Room: lobby, Text: text, Again: true}}) == nil {
			i++
		}
	}
	<-all
	b.StopTimer()
	b.ReportMetric(float64(want)/b.Elapsed().Seconds(), "deliveries/s")
	cancel()
	loops.Wait()
}

// listen is a connection's loop without a connection.
func listen(ctx context.Context, s *hub.Session, got *atomic.Int64, want int64, all chan<- struct{}) {
	for {
		select {
		case <-s.Ready():
		case <-ctx.Done():
			return
		}
		t, err := s.Take(ctx, 64<<10)
		if err != nil {
			return
		}
		said := 0
		for _, b := range t.Batches {
			_ = b.Encoded("bench", encode)
			for _, ev := range b.Events() {
				if _, ok := ev.Body.(chatnet.Said); ok {
					said++
				}
			}
		}
		if got.Add(int64(said)) == want {
			all <- struct{}{}
		}
	}
}
