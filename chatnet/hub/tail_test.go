package hub

import (
	"fmt"
	"testing"

	"tchat/chatnet"
)

// run makes events with the seqs from..to.
func run(from, to chatnet.Seq) []chatnet.Event {
	var evs []chatnet.Event
	for s := from; s <= to; s++ {
		evs = append(evs, chatnet.Event{Seq: s, Prev: s - 1, Body: chatnet.Said{Text: chatnet.Clean("0123456789")}})
	}
	return evs
}

func TestTailAfter(t *testing.T) {
	const each = eventCost + 10
	var tl tail
	for _, r := range [][2]chatnet.Seq{{11, 15}, {16, 16}, {17, 30}} {
		tl.add(newChunk(run(r[0], r[1])))
	}
	tests := []struct {
		at, until chatnet.Seq
		limit     int
		ok        bool
		want      string
	}{
		{9, 0, 1 << 20, false, ""},
		{10, 0, 1 << 20, true, "11-15 16-16 17-30"},
		{10, 0, 1, true, "11-11"},
		{10, 0, 3*each + each/2, true, "11-13"}, // the rest of a chunk comes before the next
		{10, 0, 5 * each, true, "11-15"},
		{10, 0, 6*each + 1, true, "11-15 16-16 17-17"},
		{13, 0, 1 << 20, true, "14-15 16-16 17-30"},
		{15, 0, 1 << 20, true, "16-16 17-30"},
		{29, 0, 1 << 20, true, "30-30"},
		{30, 0, 1 << 20, true, ""},
		{12, 14, 1 << 20, true, "13-14"},
		{12, 16, 1 << 20, true, "13-15 16-16"},
		{16, 16, 1 << 20, true, ""},
	}
	for _, tt := range tests {
		bs, ok := tl.after(tt.at, tt.until, tt.limit)
		got := ""
		for _, b := range bs {
			evs := b.Events()
			got += fmt.Sprintf(" %d-%d", evs[0].Seq, evs[len(evs)-1].Seq)
		}
		if got != "" {
			got = got[1:]
		}
		if ok != tt.ok || got != tt.want {
			t.Errorf("after %d until %d, %d bytes: %q %v, want %q %v", tt.at, tt.until, tt.limit, got, ok, tt.want, tt.ok)
		}
	}
}

func TestTailIsBounded(t *testing.T) {
	var tl tail
	if _, ok := tl.after(0, 0, 100); ok {
		t.Error("an empty tail knows something")
	}
	for s := chatnet.Seq(1); s <= 5000; s += 3 {
		tl.add(newChunk(run(s, s+2)))
	}
	if tl.events > tailEvents || tl.bytes > tailBytes || tl.events < tailEvents/2 {
		t.Errorf("%d events, %d bytes", tl.events, tl.bytes)
	}
	sum := 0
	for _, c := range tl.chunks {
		sum += len(c.events)
	}
	if sum != tl.events {
		t.Errorf("%d events are counted as %d", sum, tl.events)
	}
	tl.add(newChunk(run(6000, 8000))) // larger than the bound: it is kept alone
	if len(tl.chunks) != 1 || tl.events != 2001 {
		t.Errorf("%d chunks, %d events", len(tl.chunks), tl.events)
	}
}

func TestSeqs(t *testing.T) {
	var s seqs
	if s.before(10) != 0 {
		t.Error("an empty log has a place")
	}
	if n, ok := s.behind(0); n != 0 || !ok {
		t.Errorf("an empty log is %d behind, %v", n, ok)
	}
	for i := chatnet.Seq(1); i <= 5000; i++ {
		s.add(2 * i) // seqs may skip
		if len(s.list) > 2*(chatnet.MaxBehind+1) || int(i) > chatnet.MaxBehind && len(s.list) <= chatnet.MaxBehind {
			t.Fatalf("%d seqs are kept of %d", len(s.list), i)
		}
	}
	if got := s.before(200); got != 2*(5000-200) {
		t.Errorf("the newest 200 are behind %d", got)
	}
	for _, tt := range []struct {
		at chatnet.Seq
		n  int
		ok bool
	}{
		{10_000, 0, true}, {9_998, 1, true}, {8_000, 1000, true}, {7_998, 1001, false}, {9_999, 0, false}, {10_002, 0, false}, {0, 0, false}, {2, 0, false},
	} {
		if n, ok := s.behind(tt.at); ok != tt.ok || ok && n != tt.n {
			t.Errorf("%d is %d behind, %v", tt.at, n, ok)
		}
	}
}

func TestTrail(t *testing.T) {
	var tr trail
	o := func(n uint64) chatnet.Origin { return chatnet.Origin{Dev: 1, N: n} }
	for range 2 {
		if !tr.claim("ada", o(5), "r") {
			t.Error("an origin may go to its room again")
		}
	}
	if tr.claim("ada", o(5), "other") {
		t.Error("an origin goes to one room")
	}
	if !tr.claim("bob", o(5), "other") {
		t.Error("a client id alone proves nothing")
	}
	if !tr.claim("ada", chatnet.Origin{}, "r") || !tr.claim("ada", chatnet.Origin{}, "other") {
		t.Error("no origin is nobody's")
	}
	for n := uint64(6); n < 6+trailSize; n++ {
		tr.claim("ada", o(n), "r")
	}
	if _, ok := tr.find("ada", o(5)); ok {
		t.Error("the trail has no bound")
	}
	if room, ok := tr.find("ada", o(6)); !ok || room != "r" {
		t.Errorf("6 went to %q", room)
	}
	if _, ok := tr.find("eve", o(6)); ok {
		t.Error("eve sent nothing")
	}
}

func TestSignalsAreBounded(t *testing.T) {
	var q signals
	for i := range maxSignals + 10 {
		q.put(signalKey{kind: typingKind, user: chatnet.UserID(fmt.Sprint(i))}, chatnet.Typing{})
	}
	q.put(signalKey{kind: typingKind, user: "0"}, chatnet.Typing{On: true})
	list := q.take()
	if len(list) != maxSignals || !list[0].value.(chatnet.Typing).On || len(q.take()) != 0 {
		t.Errorf("%d signals, the first %v", len(list), list[0].value)
	}
}
