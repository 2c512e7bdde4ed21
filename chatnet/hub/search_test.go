package hub_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

func search(d *hand, text string) []string {
	d.l.t.Helper()
	hits, ok := d.must(chatnet.Search{Text: chatnet.Clean(text)}).(chatnet.Hits)
	if !ok {
		d.l.t.Fatalf("%q is not answered by hits", text)
	}
	var out []string
	for _, ev := range hits.Events {
		out = append(out, short(ev))
	}
	return out
}

func TestSearch(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 7), l.come("bob", 8)
		lobby := ada.room("lobby")
		ada.must(ada.line(lobby, "the release is near"))
		stored, _ := bob.must(bob.line(lobby, "which release? see https://example.org")).(chatnet.Stored)
		ada.must(joinRoom("dev"))
		ada.must(ada.line(ada.room("dev"), "release notes for dev"))
		ada.must(ada.private("bob", "a private release"))
		tests := []struct {
			who  *hand
			text string
			want []string
		}{
			{ada, "rel", []string{"ada: a private release", "ada: release notes for dev", "bob: which release? see https://example.org", "ada: the release is near"}},
			{bob, "rel", []string{"ada: a private release", "bob: which release? see https://example.org", "ada: the release is near"}},
			{ada, "release from:bob", []string{"bob: which release? see https://example.org"}},
			{ada, "in:dev", []string{"ada: release notes for dev"}},
			{ada, "release in:bob", []string{"ada: a private release"}},
			{bob, "has:link", []string{"bob: which release? see https://example.org"}},
			{bob, "release before:1999-01-01", nil},
			{bob, "near the", []string{"ada: the release is near"}},
		}
		for _, tt := range tests {
			got := search(tt.who, tt.text)
			slices.Sort(got)
			slices.Sort(tt.want) // messages of one moment have no order between rooms
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q gives %q, want %q", tt.text, got, tt.want)
			}
		}
		bob.must(chatnet.Redact{Room: lobby, Target: stored.Seq})
		if got := search(ada, "release from:bob"); got != nil {
			t.Errorf("what was redacted is found: %q", got)
		}
		for text, code := range map[string]chatnet.Code{
			"": chatnet.CodeBadRequest, "!?": chatnet.CodeBadRequest, "x from:nobody": chatnet.CodeNoUser, "x in:dev": chatnet.CodeNoRoom,
			"x in:nowhere": chatnet.CodeNoRoom, "x before:now": chatnet.CodeBadRequest,
		} {
			if got := bob.code(chatnet.Search{Text: chatnet.Clean(text)}); got != code {
				t.Errorf("%q: %q, want %q", text, got, code)
			}
		}
		if got := bob.code(chatnet.Search{Text: chatnet.Clean("x"), Limit: chatnet.MaxHits + 1}); got != chatnet.CodeTooLong {
			t.Errorf("too many: %q", got)
		}
		hits, _ := ada.must(chatnet.Search{Text: chatnet.Clean("release"), Limit: 1}).(chatnet.Hits)
		if len(hits.Events) != 1 || !hits.More {
			t.Errorf("one of several: %+v", hits)
		}
	})
}

// TestSearchFindsWhatOneMayRead lets people come into rooms and leave them,
// and holds each search to what History would show its asker at that moment.
func TestSearchFindsWhatOneMayRead(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		r := rand.New(rand.NewPCG(4, 4))
		people := []*hand{l.come("ada", 1), l.come("bob", 2), l.come("eve", 3)}
		rooms := map[string]chatnet.RoomID{}
		for i, name := range []string{"one", "two", "den"} {
			maker := people[i]
			maker.must(chatnet.Create{Name: chatnet.MustRoomName(name), Private: name == "den"})
			rooms[name] = maker.room(name)
		}
		for i := range 400 {
			p := people[r.IntN(len(people))]
			name := []string{"one", "two", "den"}[r.IntN(3)]
			switch r.IntN(5) {
			case 0:
				p.ask(joinRoom(name))
			case 1:
				p.ask(chatnet.Part{Room: rooms[name]})
			case 2:
				p.ask(p.private([]string{"ada", "bob", "eve"}[r.IntN(3)], fmt.Sprint("word ", i)))
			default:
				p.ask(p.line(rooms[name], fmt.Sprint("word ", i)))
			}
			if i%4 == 0 {
				checkReadable(t, l, p)
			}
		}
	})
}

// checkReadable compares a search for what is in every message with all that
// the asker can read.
func checkReadable(t *testing.T, l *lab, p *hand) {
	t.Helper()
	hits, _ := p.must(chatnet.Search{Text: chatnet.Clean("word"), Limit: chatnet.MaxHits}).(chatnet.Hits)
	got := map[string]bool{}
	for _, ev := range hits.Events {
		got[fmt.Sprint(ev.Room, ev.Seq)] = true
	}
	want := 0
	for id := range l.rooms(t) {
		rep := p.ask(chatnet.History{Room: id, Limit: chatnet.MaxPage})
		page, _ := rep.Answer.(chatnet.Page)
		for _, ev := range page.Events {
			if b, ok := ev.Body.(chatnet.Said); ok && strings.HasPrefix(b.Text.String(), "word") {
				if want++; !hits.More && !got[fmt.Sprint(ev.Room, ev.Seq)] {
					t.Errorf("%d of %s is not found", ev.Seq, ev.Room)
				}
				delete(got, fmt.Sprint(ev.Room, ev.Seq))
			}
		}
	}
	if len(got) > 0 || !hits.More && len(hits.Events) != want {
		t.Errorf("found beside what may be read: %v; %d of %d", got, len(hits.Events), want)
	}
}

// rooms returns the ids of all rooms that were made.
func (l *lab) rooms(t *testing.T) map[chatnet.RoomID]bool {
	t.Helper()
	evs, err := l.store.Store.Read(t.Context(), chatnet.HubRoom, 0, chatnet.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[chatnet.RoomID]bool{}
	for _, ev := range evs {
		if b, ok := ev.Body.(chatnet.RoomMade); ok {
			ids[b.New] = true
		}
	}
	return ids
}
