package room_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/room"
)

var thumb = chatnet.MustEmoji("👍")

// on decides a request about a target.
func on(s *room.State, by room.Actor, r chatnet.Request, target chatnet.Event) ([]chatnet.Event, error) {
	return s.Decide(now, by, r, room.Actor{}, target)
}

func TestDecideAboutMessages(t *testing.T) {
	cy, long := actor("cy", chatnet.RoleMember), strings.Repeat("x", 300)
	edit := func(text_ string) chatnet.Say { return chatnet.Say{Room: "r-1", Edits: 5, Text: text(text_)} }
	redact := chatnet.Redact{Room: "r-1", Target: 5}
	react := chatnet.React{Room: "r-1", Target: 5, Emoji: thumb, On: true}
	reply := chatnet.Say{Room: "r-1", Reply: 5, Text: text("yes")}
	one := func(b chatnet.Body) []chatnet.Body { return []chatnet.Body{b} }
	gone := chatnet.Redacted{Target: 5}
	tests := []struct {
		name string
		by   room.Actor
		r    chatnet.Request
		said chatnet.Body // at 5, by bob
		want []chatnet.Body
		code chatnet.Code
	}{
		{"edit one's own", bob, edit("b"), chatnet.Said{Text: text("a")}, one(chatnet.Edited{Target: 5, Text: text("b")}), ""},
		{"edit another's", mod, edit("b"), chatnet.Said{Text: text("a")}, nil, chatnet.CodeForbidden},
		{"edit what is gone", bob, edit("b"), chatnet.Said{}, nil, chatnet.CodeForbidden},
		{"edit to nothing", bob, edit(""), chatnet.Said{Text: text("a")}, nil, chatnet.CodeBadRequest},
		{"edit what is no message", bob, edit("b"), chatnet.TopicSet{}, nil, chatnet.CodeBadRequest},
		{"edit an edit", bob, edit("b"), chatnet.Edited{Target: 2, Text: text("a")}, nil, chatnet.CodeBadRequest},
		{"edit what is not there", bob, edit("b"), nil, nil, chatnet.CodeBadRequest},
		{"edit from outside", eve, edit("b"), chatnet.Said{Text: text("a")}, nil, chatnet.CodeNotMember},
		{"edit and colour", bob, chatnet.Say{Room: "r-1", Edits: 5, Text: text("b"), Color: "red"}, chatnet.Said{Text: text("a")}, nil, chatnet.CodeBadRequest},
		{"edit and reply", bob, chatnet.Say{Room: "r-1", Edits: 5, Reply: 5, Text: text("b")}, chatnet.Said{Text: text("a")}, nil, chatnet.CodeBadRequest},
		{"edit by nick", bob, chatnet.Say{To: ada.Nick, Edits: 5, Text: text("b")}, chatnet.Said{Text: text("a")}, nil, chatnet.CodeBadRequest},

		{"redact one's own", bob, redact, chatnet.Said{Text: text("a")}, one(gone), ""},
		{"redact as a moderator", mod, chatnet.Redact{Target: 5, Reason: text("rude")}, chatnet.Said{Text: text("a")}, one(chatnet.Redacted{Target: 5, Reason: text("rude")}), ""},
		{"redact as the owner", ada, redact, chatnet.Said{Text: text("a")}, one(gone), ""},
		{"redact another's", cy, redact, chatnet.Said{Text: text("a")}, nil, chatnet.CodeForbidden},
		{"redact once more", bob, redact, chatnet.Said{}, nil, ""},
		{"redact what is no message", ada, redact, chatnet.Joined{}, nil, chatnet.CodeBadRequest},
		{"redact from outside", eve, redact, chatnet.Said{Text: text("a")}, nil, chatnet.CodeNotMember},
		{"redact at length", bob, chatnet.Redact{Target: 5, Reason: text(long[:257])}, chatnet.Said{Text: text("a")}, nil, chatnet.CodeTooLong},

		{"react", cy, react, chatnet.Said{Text: text("a")}, one(chatnet.Reacted{Target: 5, Emoji: thumb, On: true}), ""},
		{"take it back", cy, chatnet.React{Target: 5, Emoji: thumb}, chatnet.Said{}, one(chatnet.Reacted{Target: 5, Emoji: thumb}), ""},
		{"react to what is gone", cy, react, chatnet.Said{}, nil, chatnet.CodeForbidden},
		{"react with nothing", cy, chatnet.React{Target: 5, On: true}, chatnet.Said{Text: text("a")}, nil, chatnet.CodeBadRequest},
		{"react to what is no message", cy, react, chatnet.Parted{}, nil, chatnet.CodeBadRequest},
		{"react from outside", eve, react, chatnet.Said{Text: text("a")}, nil, chatnet.CodeNotMember},

		{"reply", cy, reply, chatnet.Said{Text: text("a")}, one(chatnet.Said{Text: text("yes"), Reply: 5}), ""},
		{"reply to what is gone", cy, reply, chatnet.Said{}, one(chatnet.Said{Text: text("yes"), Reply: 5}), ""},
		{"reply to what is no message", cy, reply, chatnet.Joined{}, nil, chatnet.CodeBadRequest},
		{"reply to nothing", cy, reply, nil, nil, chatnet.CodeBadRequest},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := of(t, chatnet.KindOpen, ada, bob, cy, mod)
			target := chatnet.Event{Room: "r-1", Seq: 5, By: bob.User, Body: tt.said}
			evs, err := on(s, tt.by, tt.r, target)
			if diff := cmp.Diff(tt.want, bodies(evs), byValue()); diff != "" || code(err) != tt.code {
				t.Errorf("%v (%q), want %q %s", err, code(err), tt.code, diff)
			}
		})
	}
}

// A target of another room, or at another seq, is none: the hub cannot be
// talked into showing or changing it.
func TestTargetMustBeTheOneAskedFor(t *testing.T) {
	s := of(t, chatnet.KindOpen, bob)
	say := chatnet.Said{Text: text("a")}
	for _, target := range []chatnet.Event{{Room: "r-2", Seq: 5, By: bob.User, Body: say}, {Room: "r-1", Seq: 6, By: bob.User, Body: say}} {
		if _, err := on(s, bob, chatnet.Redact{Room: "r-1", Target: 5}, target); code(err) != chatnet.CodeBadRequest {
			t.Errorf("target %+v: %v", target, err)
		}
	}
}

func TestNobodyRedactsInAnothersDirectRoom(t *testing.T) {
	s := of(t, chatnet.KindDirect, ada, bob)
	target := chatnet.Event{Room: s.ID(), Seq: 3, By: bob.User, Body: chatnet.Said{Text: text("a")}}
	if _, err := on(s, ada, chatnet.Redact{Target: 3}, target); code(err) != chatnet.CodeForbidden {
		t.Errorf("the owner: %v", err)
	}
	if evs, err := on(s, bob, chatnet.Redact{Target: 3}, target); err != nil || len(evs) != 1 {
		t.Errorf("who said it: %v, %v", evs, err)
	}
}

// The target was read before a redaction that is decided first: no words may be
// stored behind it.
func TestAStaleTargetIsKnownToBeGone(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada, bob)
	target := chatnet.Event{Room: "r-1", Seq: 1, By: bob.User, Body: chatnet.Said{Text: text("a")}}
	draft := s.Draft()
	apply(draft, chatnet.Event{Body: chatnet.Redacted{Target: 1}})
	edit := chatnet.Say{Room: "r-1", Edits: 1, Text: text("secret")}
	if _, err := on(draft, bob, edit, target); code(err) != chatnet.CodeForbidden {
		t.Errorf("in the draft: %v", err)
	}
	if evs, err := on(draft, bob, chatnet.Redact{Target: 1}, target); err != nil || len(evs) > 0 {
		t.Errorf("redacted twice: %v, %v", evs, err)
	}
	if _, err := on(s, bob, edit, target); err != nil {
		t.Errorf("the draft changed its base: %v", err)
	}
	apply(s, chatnet.Event{Body: chatnet.Redacted{Target: 1}})
	for n := range chatnet.Seq(1023) {
		apply(s, chatnet.Event{Body: chatnet.Redacted{Target: 100 + n}})
	}
	if _, err := on(s, bob, edit, target); code(err) != chatnet.CodeForbidden {
		t.Errorf("after a thousand others: %v", err)
	}
	apply(s, chatnet.Event{Body: chatnet.Redacted{Target: 9999}})
	if _, err := on(s, bob, edit, target); err != nil {
		t.Errorf("the list is not bounded: %v", err)
	}
}

// An origin stays the same message's when there is nothing left to compare
// (DELIVERY S5).
func TestOriginsOfWhatIsGone(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada, bob)
	first := chatnet.Event{Room: "r-1", Seq: 3, By: bob.User, Body: chatnet.Said{Text: text("a")}}
	for _, say := range []chatnet.Say{
		{Text: text("a"), Origin: chatnet.Origin{Dev: 9, N: 1}},
		{Room: "r-1", Text: text("b"), Edits: 3, Origin: chatnet.Origin{Dev: 9, N: 2}},
		{Room: "r-1", Text: text("c"), Reply: 3, Origin: chatnet.Origin{Dev: 9, N: 3}},
	} {
		evs, err := on(s, bob, say, first)
		if err != nil || len(evs) != 1 {
			t.Fatalf("%+v: %v", say, err)
		}
		ev, again := apply(s, evs...)[0], of(t, chatnet.KindOpen, ada, bob)
		apply(again, ev.Masked()) // a start after the redaction
		var repeat *room.Repeat
		for name, state := range map[string]*room.State{"before": s, "after a restart": again} {
			if _, err := on(state, bob, say, first); !errors.As(err, &repeat) {
				t.Errorf("%s: %+v: %v", name, say, err)
			}
		}
		other := say
		other.Text = text("something else")
		if _, err := on(s, bob, other, first); code(err) != chatnet.CodeOriginReused {
			t.Errorf("another text: %v", err)
		}
		if !room.Same(ev, bob.User, say) || !room.Same(ev.Masked(), bob.User, say) || room.Same(ev.Masked(), ada.User, say) || room.Same(ev, bob.User, other) {
			t.Errorf("Same is wrong for %+v", say)
		}
	}
}
