package server_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"tchat/chatnet/server"
	"tchat/chatnet/wire/nick"
	"tchat/chatnet/wire/room"
)

// BenchmarkGoodClient measures, over real connections, how long a message of a
// good client takes to come back to it, alone and among a thousand peers that
// mean no good: silent ones, dripping ones, floods without a line end, peers
// that come and go.
func BenchmarkGoodClient(b *testing.B) {
	for _, crowd := range []int{0, 1000} {
		b.Run(fmt.Sprintf("among-%d", crowd), func(b *testing.B) {
			h := open(b, server.Config{}, nativeDoor())
			defer h.end(b)
			ctx, cancel := context.WithCancel(context.WithoutCancel(b.Context()))
			var addrs []string
			for _, d := range []server.Door{
				nativeDoor(), promptDoor(), {Scheme: "nick", Dialect: nick.New()}, {Scheme: "room", Dialect: room.New()},
			} {
				var lc net.ListenConfig
				l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
				if err != nil {
					b.Fatal(err)
				}
				addrs = append(addrs, l.Addr().String())
				go func() { _ = h.Serve(context.WithoutCancel(ctx), l, d) }() // h.end closes it
			}
			var wg sync.WaitGroup
			defer wg.Wait()
			defer cancel()
			c, err := (&net.Dialer{}).DialContext(ctx, "tcp", addrs[0])
			if err != nil {
				b.Fatal(err)
			}
			good := come(b, c, "good")
			for i := range crowd {
				wg.Go(func() { bother(ctx, addrs[i%len(addrs)], i) })
			}
			measure(b, good)
		})
	}
}

// measure says and hears, and reports the times.
func measure(b *testing.B, good *person) {
	b.Helper()
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		good.say("hello")
		for n := len(good.heard); len(good.heard) == n; {
			if good.read(); good.ended {
				b.Fatal("the good client was dropped")
			}
		}
		took = append(took, time.Since(began))
		good.heard = good.heard[:0]
		time.Sleep(time.Millisecond) // a pace, not a wait: a person's, sped up
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	good.leave()
}

// bother is one peer that means no good, until ctx ends.
func bother(ctx context.Context, addr string, i int) {
	flood := bytes.Repeat([]byte("x"), 64<<10)
	for ctx.Err() == nil {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
		if err != nil {
			return
		}
		stop := context.AfterFunc(ctx, func() { _ = c.Close() })
		switch i % 10 {
		case 0: // goes at once
		case 1: // ten megabytes without a line end
			for range 160 {
				if _, err := c.Write(flood); err != nil {
					break
				}
			}
		case 2: // drips
			for j := 0; j < 100 && ctx.Err() == nil; j++ {
				_, _ = c.Write([]byte{'a'})
				rest(ctx, 100*time.Millisecond)
			}
		default: // silent
			rest(ctx, time.Minute)
		}
		stop()
		_ = c.Close()
		rest(ctx, time.Second)
	}
}

// rest lets time pass.
func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
