package hub_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

func encode(dst []byte, ev chatnet.Event) []byte {
	return fmt.Appendf(dst, "%d %s\n", ev.Seq, short(ev))
}

// batches returns the batches that a hand took of one room.
func (d *hand) batches(id chatnet.RoomID) []hub.Batch {
	var all []hub.Batch
	for _, t := range d.taken {
		for _, b := range t.Batches {
			if b.Events()[0].Room == id {
				all = append(all, b)
			}
		}
	}
	return all
}

func TestEncodedIsWhatTheEventsSay(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		release := l.store.hold()
		for i := range 50 {
			ada.send(ada.line(lobby, numbered(i)))
		}
		release()
		ada.look()
		bob.lookBy(1000) // pieces of the same chunk
		for _, d := range []*hand{ada, bob} {
			var got, want []byte
			for _, b := range d.batches(lobby) {
				got = append(got, b.Encoded("a", encode)...)
				for _, ev := range b.Events() {
					want = encode(want, ev)
				}
			}
			if !bytes.Equal(got, want) {
				t.Errorf("encoded\n%s\nwant\n%s", got, want)
			}
		}
		if n := len(bob.batches(lobby)); n < 5 {
			t.Errorf("the limit made only %d batches", n)
		}
		var zero hub.Batch
		if zero.Events() != nil || zero.Encoded("a", encode) != nil {
			t.Error("the zero batch has something")
		}
	})
}

func TestAnEventIsEncodedOncePerDialect(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		var all []*hand
		for i := range 20 {
			all = append(all, l.come(fmt.Sprintf("user%d", i), 0))
		}
		lobby := all[0].room("lobby")
		for _, d := range all {
			d.look()
			d.taken = nil
		}
		for i := range 10 {
			all[0].must(all[0].line(lobby, numbered(i)))
		}
		var mu sync.Mutex
		calls := map[string]int{}
		counting := func(dialect string) func([]byte, chatnet.Event) []byte {
			return func(dst []byte, ev chatnet.Event) []byte {
				mu.Lock()
				calls[dialect]++
				mu.Unlock()
				return encode(dst, ev)
			}
		}
		var wg sync.WaitGroup
		for _, d := range all {
			d.look()
			for _, dialect := range []string{"a", "b"} {
				wg.Go(func() {
					for _, b := range d.batches(lobby) {
						b.Encoded(dialect, counting(dialect))
					}
				})
			}
		}
		wg.Wait()
		if calls["a"] != 10 || calls["b"] != 10 {
			t.Errorf("10 events for 20 sessions were encoded %v times", calls)
		}
	})
}
