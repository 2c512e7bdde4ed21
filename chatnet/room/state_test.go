package room_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/room"
)

func TestDecideInARoom(t *testing.T) {
	open, private, direct := chatnet.KindOpen, chatnet.KindPrivate, chatnet.KindDirect
	long := strings.Repeat("x", chatnet.MaxText+1)
	said := chatnet.Said{Text: text("hi"), Color: "red", Me: true}
	hi := chatnet.Say{Text: said.Text, Color: said.Color, Me: said.Me}
	joined := func(a room.Actor) []chatnet.Body {
		return []chatnet.Body{chatnet.Joined{User: a.User, Nick: a.Nick, Role: a.Role}}
	}
	none := []chatnet.Body(nil)
	tests := []struct {
		name string
		kind chatnet.RoomKind
		in   []room.Actor
		by   room.Actor
		r    chatnet.Request
		whom room.Actor
		want []chatnet.Body
		code chatnet.Code
	}{
		{"say", open, []room.Actor{bob}, bob, hi, room.Actor{}, []chatnet.Body{said}, ""},
		{"say from outside", open, nil, bob, hi, room.Actor{}, none, chatnet.CodeNotMember},
		{"say into a private room", private, []room.Actor{ada}, bob, hi, room.Actor{}, none, chatnet.CodeNoRoom},
		{"say into others' direct room", direct, []room.Actor{ada}, eve, hi, room.Actor{}, none, chatnet.CodeNoRoom},
		{"say nothing", open, []room.Actor{bob}, bob, chatnet.Say{}, room.Actor{}, none, chatnet.CodeBadRequest},
		{"say too much", open, []room.Actor{bob}, bob, chatnet.Say{Text: text(long)}, room.Actor{}, none, chatnet.CodeTooLong},
		{"say all that fits", open, []room.Actor{bob}, bob, chatnet.Say{Text: text(long[1:])}, room.Actor{}, []chatnet.Body{chatnet.Said{Text: text(long[1:])}}, ""},
		{"say in no colour", open, []room.Actor{bob}, bob, chatnet.Say{Text: text("x"), Color: "mauve"}, room.Actor{}, none, chatnet.CodeBadRequest},
		{"say in an odd colour", open, []room.Actor{bob}, bob, chatnet.Say{Text: text("x"), Color: "megenta"}, room.Actor{}, none, chatnet.CodeBadRequest},
		{"a visitor says", open, []room.Actor{vic}, vic, hi, room.Actor{}, none, chatnet.CodeForbidden},
		{"the operator says", open, nil, operator, hi, room.Actor{}, none, chatnet.CodeNotMember},
		{"the first direct message", direct, []room.Actor{ada}, ada, hi, bob, append(joined(bob), said), ""},
		{"the second one", direct, []room.Actor{ada, bob}, ada, hi, bob, []chatnet.Body{said}, ""},
		{"to one who is gone", direct, []room.Actor{ada}, ada, hi, room.Actor{}, none, chatnet.CodeNoUser},

		{"join", open, nil, bob, chatnet.Join{}, room.Actor{}, joined(bob), ""},
		{"join again", open, []room.Actor{bob}, bob, chatnet.Join{}, room.Actor{}, none, ""},
		{"a visitor joins", open, nil, vic, chatnet.Join{}, room.Actor{}, joined(vic), ""},
		{"the operator joins", open, nil, operator, chatnet.Join{}, room.Actor{}, none, chatnet.CodeForbidden},
		{"join a private room", private, []room.Actor{ada}, bob, chatnet.Join{}, room.Actor{}, none, chatnet.CodeNoRoom},
		{"join a direct room", direct, []room.Actor{ada}, bob, chatnet.Join{}, room.Actor{}, none, chatnet.CodeNoRoom},

		{"create", private, nil, bob, chatnet.Create{}, room.Actor{}, joined(bob), ""},
		{"create what is in use", private, []room.Actor{bob}, bob, chatnet.Create{}, room.Actor{}, none, chatnet.CodeExists},
		{"the operator creates", open, nil, operator, chatnet.Create{}, room.Actor{}, none, chatnet.CodeForbidden},

		{"open a direct room", direct, nil, bob, chatnet.OpenDirect{}, ada, joined(bob), ""},
		{"open it again", direct, []room.Actor{bob}, bob, chatnet.OpenDirect{}, ada, none, ""},
		{"open others' direct room", direct, nil, eve, chatnet.OpenDirect{}, ada, none, chatnet.CodeNoRoom},

		{"invite", private, []room.Actor{ada}, ada, chatnet.Invite{Nick: bob.Nick}, bob, joined(bob), ""},
		{"invite a member", private, []room.Actor{ada, bob}, ada, chatnet.Invite{Nick: bob.Nick}, bob, none, ""},
		{"invite nobody", open, []room.Actor{ada}, ada, chatnet.Invite{Nick: bob.Nick}, room.Actor{}, none, chatnet.CodeNoUser},
		{"invite from outside", open, nil, ada, chatnet.Invite{Nick: bob.Nick}, bob, none, chatnet.CodeNotMember},
		{"invite into a direct room", direct, []room.Actor{ada, bob}, ada, chatnet.Invite{Nick: eve.Nick}, eve, none, chatnet.CodeForbidden},
		{"a visitor invites", open, []room.Actor{vic}, vic, chatnet.Invite{Nick: bob.Nick}, bob, none, chatnet.CodeForbidden},

		{"part", open, []room.Actor{bob}, bob, chatnet.Part{}, room.Actor{}, []chatnet.Body{chatnet.Parted{User: bob.User}}, ""},
		{"part from outside", open, nil, bob, chatnet.Part{}, room.Actor{}, none, chatnet.CodeNotMember},
		{"part from a direct room", direct, []room.Actor{ada, bob}, bob, chatnet.Part{}, room.Actor{}, none, chatnet.CodeForbidden},

		{"topic", open, []room.Actor{bob}, bob, chatnet.SetTopic{Topic: text("t")}, room.Actor{}, []chatnet.Body{chatnet.TopicSet{Topic: text("t")}}, ""},
		{"the same topic", open, []room.Actor{bob}, bob, chatnet.SetTopic{}, room.Actor{}, none, ""},
		{"a long topic", open, []room.Actor{bob}, bob, chatnet.SetTopic{Topic: text(long[:513])}, room.Actor{}, none, chatnet.CodeTooLong},
		{"a topic from outside", open, nil, bob, chatnet.SetTopic{Topic: text("t")}, room.Actor{}, none, chatnet.CodeNotMember},
		{"a topic of a direct room", direct, []room.Actor{ada, bob}, bob, chatnet.SetTopic{Topic: text("t")}, room.Actor{}, none, chatnet.CodeForbidden},
		{"a visitor's topic", open, []room.Actor{vic}, vic, chatnet.SetTopic{Topic: text("t")}, room.Actor{}, none, chatnet.CodeForbidden},

		{"history", open, []room.Actor{vic}, vic, chatnet.History{}, room.Actor{}, none, ""},
		{"history from outside", open, nil, ada, chatnet.History{}, room.Actor{}, none, chatnet.CodeNotMember},
		{"a large page", open, []room.Actor{bob}, bob, chatnet.History{Limit: 1001}, room.Actor{}, none, chatnet.CodeTooLong},
		{"an odd page", open, []room.Actor{bob}, bob, chatnet.History{Limit: -1}, room.Actor{}, none, chatnet.CodeBadRequest},
		{"members", private, []room.Actor{bob}, bob, chatnet.ListMembers{}, room.Actor{}, none, ""},
		{"members of a private room", private, []room.Actor{bob}, ada, chatnet.ListMembers{}, room.Actor{}, none, chatnet.CodeNoRoom},
		{"typing", open, []room.Actor{bob}, bob, chatnet.Type{On: true}, room.Actor{}, none, ""},
		{"typing outside", open, nil, bob, chatnet.Type{On: true}, room.Actor{}, none, chatnet.CodeNotMember},
		{"read", open, []room.Actor{bob}, bob, chatnet.MarkRead{Seq: 1}, room.Actor{}, none, ""},
		{"read outside", open, nil, bob, chatnet.MarkRead{}, room.Actor{}, none, chatnet.CodeNotMember},
		{"read what is not there", open, []room.Actor{bob}, bob, chatnet.MarkRead{Seq: 2}, room.Actor{}, none, chatnet.CodeBadCursor},
		{"what is decided elsewhere", open, []room.Actor{bob}, bob, chatnet.SetNick{}, room.Actor{}, none, chatnet.CodeInternal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := of(t, tt.kind, tt.in...)
			evs, err := s.Decide(now, tt.by, tt.r, tt.whom, chatnet.Event{})
			if code(err) != tt.code {
				t.Errorf("error %v (%q), want %q", err, code(err), tt.code)
			}
			if diff := cmp.Diff(tt.want, bodies(evs), byValue()); diff != "" {
				t.Error(diff)
			}
			for _, ev := range evs {
				if ev.Room != s.ID() || ev.By != tt.by.User || ev.Nick != tt.by.Nick || !ev.At.Equal(now.Truncate(time.Millisecond)) || ev.Seq != 0 {
					t.Errorf("event %+v", ev)
				}
			}
		})
	}
}

func TestLimitsAreNamed(t *testing.T) {
	s := of(t, chatnet.KindOpen, bob)
	_, err := s.Decide(now, bob, chatnet.Say{Text: text(strings.Repeat("x", 8193))}, room.Actor{}, chatnet.Event{})
	if !strings.Contains(err.Error(), "8192") {
		t.Errorf("%v names no limit", err)
	}
	_, err = s.Decide(now, bob, chatnet.SetTopic{Topic: text(strings.Repeat("x", 513))}, room.Actor{}, chatnet.Event{})
	if !strings.Contains(err.Error(), "512") {
		t.Errorf("%v names no limit", err)
	}
}

func TestApply(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada, bob)
	do(t, s, ada, chatnet.SetTopic{Topic: text("work")}, room.Actor{})
	apply(s, s.Rename(now, bob.User, chatnet.MustNick("Aaron"))...)
	do(t, s, eve, chatnet.Join{}, room.Actor{})
	apply(s, s.Leave(now, eve.User, text("lost"))...)
	want := []chatnet.Member{
		{User: bob.User, Nick: chatnet.MustNick("Aaron"), Role: chatnet.RoleMember},
		{User: ada.User, Nick: ada.Nick, Role: chatnet.RoleOwner},
	}
	if diff := cmp.Diff(want, s.Members(), byValue()); diff != "" {
		t.Error(diff)
	}
	if s.Topic().String() != "work" || s.Count() != 2 || s.Head() != 6 || s.Name().String() != "dev" || s.Kind() != chatnet.KindOpen {
		t.Errorf("topic %s, %d members, head %d", s.Topic(), s.Count(), s.Head())
	}
	if s.Has(eve.User) || s.Nick(eve.User) != (chatnet.Nick{}) || s.Nick(bob.User).String() != "Aaron" {
		t.Error("who is in is wrong")
	}
	apply(s, chatnet.Event{Body: chatnet.Parted{User: "k-nobody"}}, chatnet.Event{Body: chatnet.Registered{User: "k-x"}})
	if s.Count() != 2 {
		t.Errorf("%d members after events that are not ours", s.Count())
	}
}

func TestRenameAndLeaveThatChangeNothing(t *testing.T) {
	s := of(t, chatnet.KindOpen, bob)
	for name, evs := range map[string][]chatnet.Event{
		"the same nick":    s.Rename(now, bob.User, bob.Nick),
		"no nick":          s.Rename(now, bob.User, chatnet.Nick{}),
		"a stranger":       s.Rename(now, eve.User, eve.Nick),
		"a stranger leave": s.Leave(now, eve.User, chatnet.Text{}),
	} {
		if len(evs) > 0 {
			t.Errorf("%s: %v", name, evs)
		}
	}
}

func TestDirectRoom(t *testing.T) {
	if room.DirectID("a", "b") != room.DirectID("b", "a") || room.DirectID("a", "b") == room.DirectID("a", "c") {
		t.Error("the id does not belong to the pair")
	}
	if _, err := chatnet.ParseRoomID(string(room.DirectID("a", "b"))); err != nil {
		t.Error(err)
	}
	s := of(t, chatnet.KindDirect, ada, bob)
	if s.Other(ada.User) != bob.User || s.Other(bob.User) != ada.User || s.Other(eve.User) != "" {
		t.Error("the other one is wrong")
	}
	apply(s, s.Leave(now, bob.User, chatnet.Text{})...)
	if s.Nick(bob.User) != bob.Nick {
		t.Error("the nick of one who is gone is forgotten")
	}
	if of(t, chatnet.KindOpen, ada).Other(ada.User) != "" {
		t.Error("an open room has another one")
	}
}

func TestOrigins(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada, bob)
	say := func(n uint64, what string) chatnet.Say {
		return chatnet.Say{Text: text(what), Origin: chatnet.Origin{Dev: 7, N: n}}
	}
	check := func(by room.Actor, r chatnet.Say, want chatnet.Code) {
		t.Helper()
		if _, err := s.Decide(now, by, r, room.Actor{}, chatnet.Event{}); code(err) != want {
			t.Errorf("%s: %v, want %q", r.Origin, err, want)
		}
	}
	first := do(t, s, ada, say(10, "a"), room.Actor{})[0]
	var repeat *room.Repeat
	if _, err := s.Decide(now, ada, say(10, "a"), room.Actor{}, chatnet.Event{}); !errors.As(err, &repeat) || repeat.Seq != first.Seq {
		t.Errorf("the repeat: %v", err)
	}
	check(ada, say(10, "b"), chatnet.CodeOriginReused)
	check(bob, say(11, "a"), chatnet.CodeOriginReused) // not bob's client
	check(ada, say(9, "late"), "")                     // never seen, nothing forgotten yet
	for n := uint64(11); n < 11+128; n++ {
		do(t, s, ada, say(n, "x"), room.Actor{})
	}
	check(ada, say(10, "a"), "old")
	check(ada, say(9, "late"), "old")
	check(ada, say(11, "x"), "repeat")
	check(ada, say(200, "x"), "")
	do(t, s, ada, chatnet.Say{Text: text("without")}, room.Actor{})
	do(t, s, ada, chatnet.Say{Text: text("without")}, room.Actor{})
	if !room.Same(first, ada.User, say(10, "a")) || room.Same(first, bob.User, say(10, "a")) || room.Same(first, ada.User, say(10, "b")) {
		t.Error("Same is wrong")
	}
}

func TestADraftChangesNothing(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada, bob)
	say := chatnet.Say{Text: text("a"), Origin: chatnet.Origin{Dev: 7, N: 1}}
	do(t, s, ada, say, room.Actor{})
	before := s.Members()
	d := s.Draft()
	do(t, d, bob, chatnet.Part{}, room.Actor{})
	do(t, d, eve, chatnet.Join{}, room.Actor{})
	do(t, d, ada, chatnet.SetTopic{Topic: text("t")}, room.Actor{})
	next := say
	next.Origin.N = 2
	do(t, d, ada, next, room.Actor{})
	if diff := cmp.Diff(before, s.Members(), byValue()); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Decide(now, ada, next, room.Actor{}, chatnet.Event{}); err != nil || !s.Topic().IsZero() || s.Head() != 3 {
		t.Errorf("the draft changed its base: %v", err)
	}
	if d.Count() != 2 || d.Has(bob.User) || !d.Has(eve.User) || len(d.Members()) != 2 {
		t.Errorf("the draft has %v", d.Members())
	}
	if _, err := d.Decide(now, ada, say, room.Actor{}, chatnet.Event{}); code(err) != "repeat" {
		t.Errorf("the draft forgot its base: %v", err)
	}
}
