package sim

import (
	"slices"
	"testing"
	"time"

	"tchat/chatnet"
)

// A small good history, and what each rule makes of one spoilt place in it.

const (
	theRoom = chatnet.RoomID("r")
	theUser = chatnet.UserID("g-1")
)

func said(seq, prev chatnet.Seq, n uint64, text string) chatnet.Event {
	return chatnet.Event{
		Room: theRoom, Seq: seq, Prev: prev, At: time.UnixMilli(1).UTC(), By: theUser,
		Origin: chatnet.Origin{Dev: 1, N: n}, Body: chatnet.Said{Text: chatnet.Clean(text)},
	}
}

// story is a history that is made up.
type story struct{ h History }

func (s *story) add(who string, life int, whats ...What) {
	for _, x := range whats {
		s.h = append(s.h, Record{Who: who, Life: life, What: x})
	}
}

// says lets c1 say something that is stored as ev.
func (s *story) says(ev chatnet.Event) {
	text := ev.Body.(chatnet.Said).Text
	say := chatnet.Say{Room: ev.Room, Origin: ev.Origin, Text: text}
	s.add("c1", 1, Tried{say}, Accepted{text.String()}, Queued{ev.Origin, text.String()})
	s.add("c1", 0, Asked{"c1/1", ev.Origin.N, say})
	s.add(hostName, 1, Stored{ev})
	s.add(hostName, 0, Replied{"c1/1", chatnet.Reply{ID: ev.Origin.N, Answer: chatnet.Stored{Room: ev.Room, Seq: ev.Seq, Origin: ev.Origin}}},
		Told{"c1/1", ev})
	s.add("c1", 1, Settled{Origin: ev.Origin, Room: ev.Room, Seq: ev.Seq}, Shown{Room: ev.Room, Events: []chatnet.Event{ev}})
}

func goodStory() *story {
	s := &story{}
	joined := chatnet.Event{Room: theRoom, Seq: 1, By: theUser, Body: chatnet.Joined{User: theUser}}
	a, b := said(2, 1, 1, "one"), said(3, 2, 2, "two")
	s.add(hostName, 1, Recovered{})
	s.add(hostName, 1, Stored{joined})
	s.add(hostName, 0, Opened{"c1/1", chatnet.RoomInfo{ID: theRoom, Head: 1}}, Told{"c1/1", joined})
	s.add("c1", 1, Known{theUser}, Entered{Info: chatnet.RoomInfo{ID: theRoom, Head: 1}},
		Shown{Room: theRoom, Events: []chatnet.Event{joined}})
	s.says(a)
	s.says(b)
	rooms := map[chatnet.RoomID][]chatnet.Event{theRoom: {joined, a, b}}
	s.add(hostName, 2, Recovered{rooms})
	s.add("c1", 2, Entered{Info: chatnet.RoomInfo{ID: theRoom, Head: 3}, Cached: true},
		Shown{Room: theRoom, Events: []chatnet.Event{a, b}, Cached: true})
	s.add(hostName, 0, Quiet{Done: true, Alive: map[string]bool{"c1/1": true}}, Final{Rooms: rooms})
	return s
}

// find returns where the n-th record of a kind stands.
func find[T What](s *story, n int) int {
	for i, r := range s.h {
		if _, ok := r.What.(T); ok {
			if n--; n < 0 {
				return i
			}
		}
	}
	panic("the story has no such record")
}

// alter changes the n-th record of a kind.
func alter[T What](n int, f func(x *T)) func(s *story) {
	return func(s *story) {
		i := find[T](s, n)
		x := s.h[i].What.(T)
		f(&x)
		s.h[i].What = x
	}
}

// drop takes the n-th record of a kind out.
func drop[T What](n int) func(s *story) {
	return func(s *story) {
		i := find[T](s, n)
		s.h = slices.Delete(s.h, i, i+1)
	}
}

// again lets the n-th record of a kind happen twice.
func again[T What](n int) func(s *story) {
	return func(s *story) {
		i := find[T](s, n)
		s.h = slices.Insert(s.h, i, s.h[i])
	}
}

// early lets the n-th record of a kind happen before the m-th of another.
func early[T, U What](n, m int) func(s *story) {
	return func(s *story) {
		i, j := find[T](s, n), find[U](s, m)
		r := s.h[i]
		s.h = slices.Insert(slices.Delete(s.h, i, i+1), j, r)
	}
}

// logs changes what is stored in the end.
func logs(f func(evs []chatnet.Event) []chatnet.Event) func(s *story) {
	return alter(0, func(x *Final) {
		x.Rooms = map[chatnet.RoomID][]chatnet.Event{theRoom: f(slices.Clone(x.Rooms[theRoom]))}
	})
}

func TestCheckFindsNothingInAGoodHistory(t *testing.T) {
	for _, v := range Check(goodStory().h) {
		t.Error(v)
	}
}

func TestCheckFindsWhatIsBroken(t *testing.T) {
	tests := []struct {
		name, rule string
		spoil      func(s *story)
	}{
		{"ok before it is stored", "I1", early[Replied, Stored](0, 1)},
		{"ok for another event", "I1", alter(1, func(x *Replied) {
			x.Reply.Answer = chatnet.Stored{Room: theRoom, Seq: 2, Origin: chatnet.Origin{Dev: 1, N: 2}}
		})},
		{"ok and gone after a restart", "I1", alter(1, func(x *Recovered) {
			x.Rooms = map[chatnet.RoomID][]chatnet.Event{theRoom: x.Rooms[theRoom][:2]}
		})},
		{"ok and gone at the end", "I1", logs(func(evs []chatnet.Event) []chatnet.Event { return evs[:2] })},
		{"settled and not stored", "I1", alter(1, func(x *Settled) { x.Seq = 9 })},
		{"an origin twice", "I2", logs(func(evs []chatnet.Event) []chatnet.Event { return append(evs, said(4, 3, 2, "two!")) })},
		{"a text twice", "I2", logs(func(evs []chatnet.Event) []chatnet.Event { return append(evs, said(4, 3, 3, "two")) })},
		{"an origin for two texts", "I2", alter(1, func(x *Queued) { x.Origin.N = 1 })},
		{"a text that nobody said", "I3", logs(func(evs []chatnet.Event) []chatnet.Event { return append(evs, said(4, 3, 3, "three")) })},
		{"another user's text", "I3", alter(0, func(x *Known) { x.User = "g-2" })},
		{"a text in another room", "I3", alter(0, func(x *Tried) { x.Say.Room = "elsewhere" })},
		{"a sender's order", "I4", logs(func(evs []chatnet.Event) []chatnet.Event {
			return []chatnet.Event{evs[0], said(2, 1, 2, "two"), said(3, 2, 1, "one")}
		})},
		{"a page with a hole", "I5", func(s *story) {
			s.add("c1", 2, Paged{theRoom, []chatnet.Event{said(2, 1, 1, "one"), said(4, 3, 3, "no")}})
		}},
		{"shown out of order", "I5", alter(3, func(x *Shown) { slices.Reverse(x.Events) })},
		{"a broken chain", "I6", logs(func(evs []chatnet.Event) []chatnet.Event { evs[2].Prev = 1; return evs })},
		{"two events in one place", "I6", alter(1, func(x *Told) { x.Event = said(2, 1, 1, "1") })},
		{"an event changed in the store", "I6", logs(func(evs []chatnet.Event) []chatnet.Event { evs[2].By = "g-3"; return evs })},
		{"a gap on a wire", "I7", drop[Told](1)},
		{"an event twice on a wire", "I7", again[Told](1)},
		{"an event of a room that was not opened", "I7", drop[Opened](0)},
		{"a gap before a person", "I7", drop[Shown](1)},
		{"an event twice before a person", "I7", again[Shown](1)},
		{"a place lost", "I7", func(s *story) { s.add("c1", 2, Reset{theRoom}) }},
		{"a cache that was never seen", "I7", alter(3, func(x *Shown) { x.Events[0].Prev = 8 })},
		{"a cursor past the cache", "I7", alter(1, func(x *Entered) { x.Info.Head = 4 })},
		{"no reply", "I8", drop[Replied](1)},
		{"two replies", "I8", again[Replied](1)},
		{"a reply that nobody asked for", "I8", alter(1, func(x *Replied) { x.Reply.ID = 77 })},
		{"not the dialect", "I8", func(s *story) { s.add(hostName, 0, Garbled{"c1/1", "what?"}) }},
		{"told before it is stored", "I9", early[Told, Stored](1, 1)},
		{"shown before it is stored", "I9", early[Shown, Stored](2, 2)},
		{"a message that waits for ever", "I10", func(s *story) {
			i := find[Quiet](s, 0)
			s.h = slices.Insert(s.h, i, Record{Who: "c1", Life: 2, What: Queued{chatnet.Origin{Dev: 1, N: 3}, "three"}})
		}},
		{"a promise not kept", "I10", func(s *story) {
			i := find[Tried](s, 0)
			s.h = slices.Insert(s.h, i, Record{Who: "c1", Life: 1, What: Tried{chatnet.Say{Text: chatnet.Clean("zero")}}},
				Record{Who: "c1", Life: 1, What: Accepted{"zero"}})
		}},
		{"refused for nothing", "I10", alter(1, func(x *Settled) { x.Code = chatnet.CodeForbidden })},
		{"a link given up", "I10", func(s *story) { s.add("c1", 1, Refused{chatnet.CodeReplaced}) }},
		{"somebody behind", "I10", func(s *story) {
			alter(1, func(x *Entered) { x.Info.Head = 2 })(s)
			alter(3, func(x *Shown) { x.Events = x.Events[:1] })(s)
		}},
		{"a room that a client does not know", "I10", func(s *story) {
			drop[Shown](3)(s)
			s.h[find[Entered](s, 1)].What = Exited{theRoom}
		}},
		{"somebody who does not end", "I11", func(s *story) { s.add(hostName, 0, Stuck{}) }},
		{"a file left open", "I11", alter(0, func(x *Final) { x.Open = 1 })},
	}
	for _, tt := range tests {
		s := goodStory()
		tt.spoil(s)
		// The end must stay the end.
		i := find[Final](s, 0)
		end := s.h[i]
		s.h = append(slices.Delete(s.h, i, i+1), end)
		found := Check(s.h)
		if !slices.ContainsFunc(found, func(v Violation) bool { return v.Rule == tt.rule }) {
			t.Errorf("%s: found %v, want %s", tt.name, found, tt.rule)
		}
	}
}

func TestTraceTellsEveryRecord(t *testing.T) {
	s := goodStory()
	s.add("c1", 2, Reset{theRoom}, Exited{theRoom}, Refused{chatnet.CodeReplaced}, Paged{theRoom, []chatnet.Event{said(2, 1, 1, "one")}})
	s.add(hostName, 2, Garbled{"c1/1", "what"}, Fault{"rain"}, Stuck{})
	for i, r := range s.h {
		if line := s.h.line(i, r); line[len(line)-1] == '?' {
			t.Errorf("%T is told as %q", r.What, line)
		}
	}
	if a, b := goodStory().h.Sum(), s.h.Sum(); a == b || a != goodStory().h.Sum() {
		t.Error("the sum of a history does not tell histories apart")
	}
}
