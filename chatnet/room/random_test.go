package room_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// everybody is who acts in random tests.
var everybody = []room.Actor{ada, mod, bob, eve, vic, operator}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// randomRequest makes a request that rooms decide.
func randomRequest(r *rand.Rand) (chatnet.Request, room.Actor) {
	whom := pick(r, everybody[:5])
	about := chatnet.Seq(r.IntN(40))
	switch r.IntN(12) {
	case 0:
		return chatnet.Join{}, room.Actor{}
	case 1:
		return chatnet.Part{}, room.Actor{}
	case 2:
		return chatnet.SetTopic{Topic: text(fmt.Sprint("topic ", r.IntN(3)))}, room.Actor{}
	case 3:
		return chatnet.Invite{Nick: whom.Nick}, whom
	case 4:
		return chatnet.OpenDirect{}, whom
	case 5:
		return chatnet.Redact{Target: about}, room.Actor{}
	case 6:
		return chatnet.React{Target: about, Emoji: thumb, On: r.IntN(2) == 0}, room.Actor{}
	default:
		o := chatnet.Origin{Dev: chatnet.Dev(r.IntN(3)), N: uint64(r.IntN(300)) + 1}
		if o.Dev == 0 {
			o = chatnet.Origin{}
		}
		say := chatnet.Say{Text: text(fmt.Sprint("text ", r.IntN(3))), Origin: o}
		switch r.IntN(4) {
		case 0:
			say.Room, say.Reply = "here", about
		case 1:
			say.Room, say.Edits = "here", about
		}
		return say, whom
	}
}

// target finds the event that a request is about, as a store has it.
func target(log []chatnet.Event, r chatnet.Request) chatnet.Event {
	var seq chatnet.Seq
	switch r := r.(type) {
	case chatnet.Say:
		seq = max(r.Reply, r.Edits)
	case chatnet.Redact:
		seq = r.Target
	case chatnet.React:
		seq = r.Target
	default: // about no event
	}
	var found chatnet.Event
	for _, ev := range log {
		if ev.Seq == seq {
			found = ev
		}
		if b, ok := ev.Body.(chatnet.Redacted); ok && b.Target == seq {
			found = found.Masked()
		}
	}
	return found
}

// TestRandomRooms drives rooms with random requests and checks what must always
// hold: replay gives the same room, a draft decides alike, no origin is stored
// twice, and nobody acts who is not in.
func TestRandomRooms(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		kind := pick(r, []chatnet.RoomKind{chatnet.KindOpen, chatnet.KindPrivate, chatnet.KindDirect})
		s := of(t, kind)
		var log []chatnet.Event
		seen := map[chatnet.Origin]bool{}
		for range 400 {
			by := pick(r, everybody)
			req, whom := randomRequest(r)
			about := target(log, req)
			about.Room = s.ID() // events of a test have none
			evs, err := s.Decide(now, by, req, whom, about)
			drafted, draftErr := s.Draft().Decide(now, by, req, whom, about)
			if diff := cmp.Diff(evs, drafted, byValue()); diff != "" || code(err) != code(draftErr) {
				t.Fatalf("seed %d: a draft decides otherwise: %s %v %v", seed, diff, err, draftErr)
			}
			if err != nil && len(evs) > 0 {
				t.Fatalf("seed %d: an error and events", seed)
			}
			for _, ev := range evs {
				checkEvent(t, s, ev)
				checkAbout(t, about, by, ev)
				kinds[fmt.Sprintf("%T", ev.Body)]++
				if !ev.Origin.IsZero() && seen[ev.Origin] {
					t.Fatalf("seed %d: %s is stored twice", seed, ev.Origin)
				}
				seen[ev.Origin] = true
			}
			log = append(log, apply(s, evs...)...)
		}
		again := of(t, kind)
		for _, ev := range log {
			again.Apply(ev)
		}
		if diff := cmp.Diff(s.Members(), again.Members(), byValue()); diff != "" || s.Topic() != again.Topic() || s.Count() != len(s.Members()) {
			t.Fatalf("seed %d: replay gives another room: %s", seed, diff)
		}
		for range 200 {
			by := pick(r, everybody)
			req, whom := randomRequest(r)
			about := target(log, req)
			about.Room = s.ID()
			a, errA := s.Decide(now, by, req, whom, about)
			b, errB := again.Decide(now, by, req, whom, about)
			if diff := cmp.Diff(a, b, byValue()); diff != "" || code(errA) != code(errB) {
				t.Fatalf("seed %d: after replay %#v is decided otherwise: %s %v %v", seed, req, diff, errA, errB)
			}
		}
	}
	for _, kind := range []string{"chatnet.Edited", "chatnet.Redacted", "chatnet.Reacted"} {
		if kinds[kind] < 20 {
			t.Errorf("only %d of %s", kinds[kind], kind)
		}
	}
}

// checkAbout checks what is done to a message.
func checkAbout(t *testing.T, about chatnet.Event, by room.Actor, ev chatnet.Event) {
	t.Helper()
	said, _ := about.Body.(chatnet.Said)
	switch ev.Body.(type) {
	case chatnet.Edited:
		if about.By != ev.By || said.Redacted() {
			t.Fatalf("%s edits %+v", ev.By, about)
		}
	case chatnet.Redacted:
		if said.Redacted() || about.By != ev.By && !by.Role.AtLeast(chatnet.RoleModerator) {
			t.Fatalf("%s redacts %+v", ev.By, about)
		}
	case chatnet.Reacted:
		if about.Seq == 0 {
			t.Fatalf("%s reacts to nothing", ev.By)
		}
	default:
	}
}

// checkEvent checks one event before it is applied.
func checkEvent(t *testing.T, s *room.State, ev chatnet.Event) {
	t.Helper()
	switch b := ev.Body.(type) {
	case chatnet.Joined:
		if s.Has(b.User) {
			t.Fatalf("%s joined twice", b.User)
		}
		if s.Kind() == chatnet.KindDirect && s.Other(b.User) == "" {
			t.Fatalf("%s is in a direct room of others", b.User)
		}
	case chatnet.Said:
		if !s.Has(ev.By) && s.Kind() != chatnet.KindDirect {
			t.Fatalf("%s spoke from outside", ev.By)
		}
	case chatnet.Parted:
		if !s.Has(b.User) {
			t.Fatalf("%s parted from outside", b.User)
		}
	default:
	}
}
