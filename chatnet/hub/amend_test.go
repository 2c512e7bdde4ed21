package hub_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

// words tells what a room's events say of messages.
func words(evs []chatnet.Event) (out []string) {
	for _, ev := range evs {
		switch b := ev.Body.(type) {
		case chatnet.Said:
			out = append(out, fmt.Sprintf("%s: %s", ev.Nick, b.Text))
			if b.Reply != 0 {
				out[len(out)-1] += " (a reply)"
			}
		case chatnet.Edited:
			out = append(out, fmt.Sprintf("%s corrects: %s", ev.Nick, b.Text))
		case chatnet.Redacted:
			out = append(out, ev.Nick.String()+" redacts")
		case chatnet.Reacted:
			out = append(out, fmt.Sprintf("%s %s %v", ev.Nick, b.Emoji, b.On))
		default:
		}
	}
	return out
}

func TestAmendments(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		first := ada.must(ada.line(lobby, "helo")).(chatnet.Stored).Seq
		edit := ada.line(lobby, "hello")
		edit.Edits = first
		edited := ada.must(edit).(chatnet.Stored)
		if again := ada.must(edit).(chatnet.Stored); !again.Dup || again.Seq != edited.Seq {
			t.Errorf("the edit once more: %+v", again)
		}
		reply := bob.line(lobby, "hi")
		reply.Reply = first
		bob.must(reply)
		thumb := chatnet.MustEmoji("👍")
		bob.must(chatnet.React{Room: lobby, Target: first, Emoji: thumb, On: true})
		bob.must(chatnet.React{Room: lobby, Target: first, Emoji: thumb})
		theft := bob.line(lobby, "I am stupid")
		theft.Edits = first
		for want, r := range map[chatnet.Code]chatnet.Request{
			chatnet.CodeForbidden:  theft,
			chatnet.CodeBadRequest: chatnet.React{Room: lobby, Target: 9999, Emoji: thumb, On: true},
			chatnet.CodeNoRoom:     chatnet.Redact{Room: "r-none", Target: first},
		} {
			if got := bob.code(r); got != want {
				t.Errorf("%#v: %q, want %q", r, got, want)
			}
		}
		if got := bob.code(chatnet.Redact{Room: lobby, Target: first}); got != chatnet.CodeForbidden {
			t.Errorf("another's message: %q", got)
		}
		ada.look()
		bob.look()
		want := []string{"ada: helo", "ada corrects: hello", "bob: hi (a reply)", "bob 👍 true", "bob 👍 false"}
		for _, d := range []*hand{ada, bob} {
			if diff := cmp.Diff(want, words(d.events[lobby])); diff != "" {
				t.Error(diff)
			}
		}
	})
}

// After a redaction nobody gets the words any more: not who resumes, not who
// pages, not who comes after a restart (DELIVERY R7).
func TestRedactedWordsAreGone(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		first := ada.must(ada.line(lobby, "secret")).(chatnet.Stored).Seq
		edit := ada.line(lobby, "secret too")
		edit.Edits = first
		ada.must(edit)
		bob.look()
		ada.must(chatnet.Redact{Room: lobby, Target: first, Reason: chatnet.CleanLine("a slip")})
		ada.must(chatnet.Redact{Room: lobby, Target: first})
		bob.look()
		if got := words(bob.events[lobby]); !strings.Contains(strings.Join(got, "\n"), "ada redacts") {
			t.Errorf("who was there: %q", got)
		}
		want := []string{"ada: ", "ada corrects: ", "ada redacts"}
		check := func(name string, evs []chatnet.Event) {
			t.Helper()
			if diff := cmp.Diff(want, words(evs)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		check("who comes now", l.come("cy", 3).events[lobby])
		check("a page", bob.must(chatnet.History{Room: lobby}).(chatnet.Page).Events)
		if got := ada.code(edit); got != "" {
			t.Errorf("the edit again: %q", got)
		}
		l.shut()
		l.open(hub.Config{})
		check("after a restart", l.come("di", 4).events[lobby])
		again := l.come("ada", 1)
		if got := again.must(edit).(chatnet.Stored); !got.Dup {
			t.Errorf("the edit after a restart: %+v", got)
		}
		if got := again.code(chatnet.React{Room: lobby, Target: first, Emoji: chatnet.MustEmoji("👍"), On: true}); got != chatnet.CodeForbidden {
			t.Errorf("a reaction to what is gone: %q", got)
		}
	})
}

// A message that memory has no more is found in the store, and what is said
// behind its edit comes behind it.
func TestAmendsFarBack(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		first := ada.must(ada.line(lobby, "first")).(chatnet.Stored).Seq
		for i := range 1200 {
			ada.must(ada.line(lobby, numbered(i)))
		}
		edit := ada.line(lobby, "the very first")
		edit.Edits = first
		ada.send(edit)
		ada.send(ada.line(lobby, "last"))
		ada.look()
		all := words(ada.events[lobby])
		if diff := cmp.Diff([]string{"ada corrects: the very first", "ada: last"}, all[len(all)-2:]); diff != "" {
			t.Error(diff)
		}
		ada.must(chatnet.Redact{Room: lobby, Target: first})
		page := ada.must(chatnet.History{Room: lobby, Before: first + 2, Limit: 2}).(chatnet.Page)
		if diff := cmp.Diff([]string{"ada: ", "ada: " + numbered(0)}, words(page.Events)); diff != "" {
			t.Error(diff)
		}
	})
}
