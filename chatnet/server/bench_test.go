package server_test

import (
	"context"
	"fmt"
	"net"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tchat/chatnet/server"
)

// BenchmarkFanout measures one message to many: said by one session, stored in
// memory, encoded once, and read to its last byte by every session over
// loopback. It reports messages that arrived, for all sessions together.
func BenchmarkFanout(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			h := open(b, server.Config{}, nativeDoor())
			defer h.end(b)
			addr := listen(b, h)
			crowd := make([]*counter, n)
			var readers sync.WaitGroup
			for i := range crowd {
				crowd[i] = newCounter(b, addr, fmt.Sprintf("p%d", i))
				readers.Go(crowd[i].run)
			}
			ada := come(b, dialTCP(b, addr), "ada")
			b.ReportAllocs()
			b.ResetTimer()
			for done := 0; done < b.N; {
				batch := min(b.N-done, 32)
				texts := make([]string, batch)
				for i := range texts {
					texts[i] = fmt.Sprintf("message %d of a usual length, as people write them", done+i)
				}
				ada.say(texts...)
				done += batch
				ada.hear(done)
				ada.heard = ada.heard[:0:0]
				ada.heard = make([]string, done)
			}
			for _, c := range crowd {
				c.await(b.N)
			}
			b.StopTimer()
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "delivered/s")
			for _, c := range crowd {
				_ = c.conn.Close()
			}
			readers.Wait()
			ada.leave()
		})
	}
}

// BenchmarkIdle reports what a silent connection keeps in use, its client in
// the same process included.
func BenchmarkIdle(b *testing.B) {
	h := open(b, server.Config{}, nativeDoor())
	defer h.end(b)
	addr := listen(b, h)
	heap, stacks := inUse()
	var people []*person
	for i := range b.N {
		people = append(people, come(b, dialTCP(b, addr), fmt.Sprintf("p%d", i)))
	}
	b.StopTimer()
	heapNow, stacksNow := inUse()
	b.ReportMetric(float64(heapNow-heap)/float64(b.N), "heapB/conn")
	b.ReportMetric(float64(stacksNow-stacks)/float64(b.N), "stackB/conn")
	for _, p := range people {
		p.leave()
	}
}

// inUse returns the bytes of the heap and of stacks that are in use.
func inUse() (heap, stacks uint64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, m.StackInuse
}

// listen opens one more door of a house, on loopback.
func listen(b *testing.B, h *house) string {
	b.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		if err := h.Serve(context.WithoutCancel(b.Context()), l, nativeDoor()); err != nil {
			b.Error(err)
		}
	}()
	b.Cleanup(func() { _ = l.Close(); <-over })
	return l.Addr().String()
}

func dialTCP(b *testing.B, addr string) net.Conn {
	b.Helper()
	var d net.Dialer
	c, err := d.DialContext(b.Context(), "tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// counter is a member of the crowd: it reads as cheaply as possible and counts
// messages.
type counter struct {
	conn net.Conn
	seen atomic.Int64
	grew chan struct{}
}

func newCounter(b *testing.B, addr, nick string) *counter {
	b.Helper()
	p := come(b, dialTCP(b, addr), nick)
	return &counter{conn: p.conn, grew: make(chan struct{}, 1)}
}

func (c *counter) run() {
	buf := make([]byte, 64<<10)
	for {
		n, err := c.conn.Read(buf)
		// A message's text begins so; a text cut by the read's end is counted with
		// the next bytes' line, which every message ends with.
		c.seen.Add(int64(strings.Count(string(buf[:n]), "as people write them")))
		select {
		case c.grew <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// await returns when the crowd member has seen n messages, or nothing came for
// a second (a message that a read cut in two is not counted).
func (c *counter) await(n int) {
	for c.seen.Load() < int64(n) {
		select {
		case <-c.grew:
		case <-time.After(time.Second):
			return
		}
	}
}
