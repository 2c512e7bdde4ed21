package sqlite

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

const text = "a message as people write them, neither long nor short, in one line"

func benchStore(b *testing.B) *Store {
	b.Helper()
	s := mustOpen(b, filepath.Join(b.TempDir(), "tchat.db"))
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

// appender fills one room.
type appender struct {
	room chatnet.RoomID
	last chatnet.Seq
	n    uint64
}

func (a *appender) append(b *testing.B, s *Store, count int) {
	evs := make([]chatnet.Event, count)
	for i := range evs {
		a.n++
		evs[i] = storetest.Message(a.room, a.n, text)
	}
	stored, err := s.Append(b.Context(), a.room, a.last, evs)
	if err != nil {
		b.Error(err)
		return
	}
	a.last = stored[count-1].Seq
}

func perSecond(b *testing.B, events int) {
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkCommitAlone(b *testing.B) {
	s, a := benchStore(b), appender{room: "r"}
	for b.Loop() {
		a.append(b, s, 1)
	}
	perSecond(b, b.N)
}

func BenchmarkCommitBatch32(b *testing.B) {
	s, a := benchStore(b), appender{room: "r"}
	for b.Loop() {
		a.append(b, s, 32)
	}
	perSecond(b, 32*b.N)
}

// 64 rooms, each waiting for its own commit, as a busy hub has them.
func BenchmarkRooms64(b *testing.B) {
	s := benchStore(b)
	var left atomic.Int64
	left.Store(int64(b.N))
	b.ResetTimer()
	var wg sync.WaitGroup
	for r := range 64 {
		wg.Go(func() {
			a := appender{room: chatnet.RoomID(fmt.Sprintf("r-%d", r))}
			for left.Add(-1) >= 0 {
				a.append(b, s, 1)
			}
		})
	}
	wg.Wait()
	perSecond(b, b.N)
}

func BenchmarkPage200Of100k(b *testing.B) {
	s, a := benchStore(b), appender{room: "r"}
	for range 100 {
		a.append(b, s, 1000)
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		before := chatnet.Seq(201 + i*7919%99_000)
		evs, err := s.ReadBack(b.Context(), "r", before, chatnet.PageSize)
		if err != nil || len(evs) != chatnet.PageSize {
			b.Fatalf("%d events, %v", len(evs), err)
		}
	}
	perSecond(b, chatnet.PageSize*b.N)
}

// The start of a server with 100,000 events: open, check, read it all.
func BenchmarkOpenAndReplay100k(b *testing.B) {
	path := filepath.Join(b.TempDir(), "tchat.db")
	s, a := mustOpen(b, path), appender{room: "r"}
	for range 100 {
		a.append(b, s, 1000)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s := mustOpen(b, path)
		count := 0
		for last := chatnet.Seq(0); ; {
			evs, err := s.Read(b.Context(), "r", last, chatnet.MaxPage)
			if err != nil {
				b.Fatal(err)
			}
			if len(evs) == 0 {
				break
			}
			count, last = count+len(evs), evs[len(evs)-1].Seq
		}
		if count != 100_000 {
			b.Fatalf("%d events", count)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
