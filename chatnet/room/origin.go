package room

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"tchat/chatnet"
)

// windowSize is how many messages of one client a room remembers one by one;
// below them it remembers only that they are old.
const windowSize = 128

// Repeat is returned when the message is stored already: answer with its Seq
// (DELIVERY S5).
type Repeat struct{ Seq chatnet.Seq }

// Error says where the message is.
func (r *Repeat) Error() string { return fmt.Sprintf("stored already, as %d", r.Seq) }

// Old is returned when the message is older than what the room remembers of
// its client: only the store can tell whether it has it (see Same).
type Old struct{ Origin chatnet.Origin }

// Error says which message.
func (o *Old) Error() string {
	return "the message " + o.Origin.String() + " is older than what the room remembers"
}

// Reused is the error for an origin that belongs to another message.
func Reused(o chatnet.Origin) error {
	return chatnet.E(chatnet.CodeOriginReused, "the origin "+o.String()+" belongs to another message; send it under a new one")
}

// Same reports whether ev is what say by user would have stored.
func Same(ev chatnet.Event, user chatnet.UserID, say chatnet.Say) bool {
	body := bodyOf(say)
	gone := chatnet.Event{Body: body}.Masked().Body // redacted since: there is nothing left to compare
	return ev.By == user && (ev.Body == body || ev.Body == gone)
}

// sent is one message of a client.
type sent struct {
	n   uint64
	seq chatnet.Seq
	sum uint64 // of what was said; 0 when it was redacted
}

// window is what a room remembers of one client.
type window struct {
	user  chatnet.UserID // whose client it is: the first who sent with it
	floor uint64         // the highest counter that was forgotten
	sents []sent         // ascending by n, at most windowSize
}

// find returns the message with counter n, and where it is or would stand.
func (w *window) find(n uint64) (int, bool) {
	return slices.BinarySearchFunc(w.sents, n, func(s sent, n uint64) int {
		switch {
		case s.n < n:
			return -1
		case s.n > n:
			return 1
		}
		return 0
	})
}

// add remembers a message, and forgets the lowest when there are too many.
func (w *window) add(s sent) {
	i, known := w.find(s.n)
	if known {
		return
	}
	w.sents = slices.Insert(w.sents, i, s)
	if len(w.sents) > windowSize {
		w.floor = max(w.floor, w.sents[0].n)
		w.sents = slices.Delete(w.sents, 0, 1)
	}
}

func (w *window) clone() *window {
	c := *w
	c.sents = slices.Clone(w.sents)
	return &c
}

// checkOrigin fails when the origin was here before.
func (s *State) checkOrigin(by Actor, say chatnet.Say) error {
	if say.Origin.IsZero() {
		return nil
	}
	w, ok := s.devs.get(say.Origin.Dev)
	if !ok {
		return nil
	}
	if w.user != by.User {
		return chatnet.E(chatnet.CodeOriginReused, "this client's id is in use by somebody else; start it with a new one")
	}
	i, ok := w.find(say.Origin.N)
	switch {
	case ok && (w.sents[i].sum == sum(bodyOf(say)) || w.sents[i].sum == 0):
		return &Repeat{Seq: w.sents[i].seq}
	case ok:
		return Reused(say.Origin)
	case say.Origin.N <= w.floor:
		return &Old{Origin: say.Origin}
	}
	return nil
}

// noteOrigin remembers a stored message's origin.
func (s *State) noteOrigin(ev chatnet.Event) {
	if ev.Origin.IsZero() {
		return
	}
	w, ok := s.devs.get(ev.Origin.Dev)
	switch {
	case !ok:
		w = &window{user: ev.By}
		s.devs.set(ev.Origin.Dev, w)
	case !s.devs.owns(ev.Origin.Dev):
		w = w.clone()
		s.devs.set(ev.Origin.Dev, w)
	}
	w.add(sent{n: ev.Origin.N, seq: ev.Seq, sum: sum(ev.Body)})
}

// sum is short for what was said: enough to tell a repeat from a defect. It is
// 0 when what was said is gone.
func sum(body chatnet.Body) uint64 {
	var parts []string
	switch b := body.(type) {
	case chatnet.Said:
		if b.Redacted() {
			return 0
		}
		me := "-"
		if b.Me {
			me = "m"
		}
		parts = []string{b.Text.String(), string(b.Color), me}
		if b.Reply != 0 {
			parts = append(parts, strconv.FormatUint(uint64(b.Reply), 10))
		}
	case chatnet.Edited:
		if b.Redacted() {
			return 0
		}
		parts = []string{b.Text.String(), "edits", strconv.FormatUint(uint64(b.Target), 10)}
	default:
	}
	h := fnv.New64a()
	for _, part := range parts {
		_, _ = h.Write([]byte(part)) // a hash takes everything
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}
