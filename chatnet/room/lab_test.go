package room_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/room"
)

var now = time.Date(2025, 11, 21, 10, 2, 3, 4_567_890, time.UTC)

func actor(nick string, role chatnet.Role) room.Actor {
	return room.Actor{User: chatnet.UserID("k-" + nick), Nick: chatnet.MustNick(nick), Role: role}
}

var (
	ada      = actor("ada", chatnet.RoleOwner)
	mod      = actor("mod", chatnet.RoleModerator)
	bob      = actor("bob", chatnet.RoleMember)
	eve      = actor("eve", chatnet.RoleMember)
	vic      = actor("vic", chatnet.RoleVisitor)
	operator = room.Actor{User: chatnet.OperatorID, Role: chatnet.RoleOwner}
)

// stateful is what both kinds of log have in common.
type stateful interface {
	Apply(ev chatnet.Event)
	Head() chatnet.Seq
}

// log applies events as a store numbers them.
func apply(s stateful, evs ...chatnet.Event) []chatnet.Event {
	for i := range evs {
		evs[i].Prev = s.Head()
		evs[i].Seq = s.Head() + 1
		s.Apply(evs[i])
	}
	return evs
}

// do decides and applies what has to be allowed.
func do(t *testing.T, s *room.State, by room.Actor, r chatnet.Request, whom room.Actor) []chatnet.Event {
	t.Helper()
	evs, err := s.Decide(now, by, r, whom, chatnet.Event{})
	if err != nil {
		t.Fatalf("%#v by %s: %v", r, by.Nick, err)
	}
	return apply(s, evs...)
}

// code returns the code of an error, and "repeat" and "old" for those.
func code(err error) chatnet.Code {
	var repeat *room.Repeat
	var old *room.Old
	switch {
	case errors.As(err, &repeat):
		return "repeat"
	case errors.As(err, &old):
		return "old"
	}
	return chatnet.CodeOf(err)
}

func bodies(evs []chatnet.Event) []chatnet.Body {
	var out []chatnet.Body
	for _, ev := range evs {
		out = append(out, ev.Body)
	}
	return out
}

// byValue compares the types that keep their string to themselves.
func byValue() cmp.Options {
	return cmp.Options{
		cmp.Comparer(func(a, b chatnet.Text) bool { return a == b }),
		cmp.Comparer(func(a, b chatnet.Nick) bool { return a == b }),
		cmp.Comparer(func(a, b chatnet.RoomName) bool { return a == b }),
		cmp.Comparer(func(a, b chatnet.Emoji) bool { return a == b }),
	}
}

// of makes a room of a kind with members.
func of(t *testing.T, kind chatnet.RoomKind, members ...room.Actor) *room.State {
	t.Helper()
	made := chatnet.RoomMade{New: "r-1", Kind: kind}
	if kind == chatnet.KindDirect {
		made.New = room.DirectID(ada.User, bob.User)
		made.With = [2]chatnet.UserID{ada.User, bob.User}
	} else {
		made.Name = chatnet.MustRoomName("dev")
	}
	s := room.New(made)
	for _, m := range members {
		apply(s, chatnet.Event{Room: made.New, By: m.User, Nick: m.Nick, Body: chatnet.Joined{User: m.User, Nick: m.Nick, Role: m.Role}})
	}
	return s
}

func text(s string) chatnet.Text { return chatnet.Clean(s) }
