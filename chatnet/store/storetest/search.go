package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// searchRooms are those of testSearch; the asker may read all but the last.
var searchRooms = []chatnet.RoomID{"a", "b", "d:x@y", "secret"}

// said is what a store should find: a message as it reads now.
type said struct {
	ev   chatnet.Event
	gone bool
}

// talk is a log of messages, edits and redactions in several rooms.
type talk struct {
	r    *rand.Rand
	said []*said
	head map[chatnet.RoomID]chatnet.Seq
	at   time.Time
}

var searchWords = []string{
	"release", "Release,", "relay", "re", "plan", "PLÁN", "naïve", "x", "今天的会议很长", "会议", "のメモ", "한국어",
	"https://example.org/re", "foo-bar", "foo", "bar", "AND", "OR", "NOT", `"`, "*", "text:", "r1", "l", "🎉", "e\u0301te",
}

// testSearch compares the answers of a store with those of store.Find.Match
// over everything that was stored, with random messages and random questions.
func testSearch(t *testing.T, s store.Store) {
	find, ok := s.(store.Searcher)
	if !ok {
		return // it need not; one that says it can is held to it
	}
	k := &talk{r: rand.New(rand.NewPCG(1, 9)), head: map[chatnet.RoomID]chatnet.Seq{}, at: time.UnixMilli(1_700_000_000_000).UTC()}
	for range 5 {
		for range 150 {
			k.step(t, s)
		}
		for range 150 {
			k.ask(t, find)
		}
	}
}

func (k *talk) pick(list []string) string { return list[k.r.IntN(len(list))] }

func (k *talk) text() string {
	words := make([]string, 1+k.r.IntN(5))
	for i := range words {
		words[i] = k.pick(searchWords)
	}
	return strings.Join(words, " ")
}

// step stores one event.
func (k *talk) step(t *testing.T, s store.Store) {
	t.Helper()
	k.at = k.at.Add(time.Duration(1+k.r.IntN(9)) * time.Hour)
	room := searchRooms[k.r.IntN(len(searchRooms))]
	ev := chatnet.Event{Room: room, At: k.at, By: chatnet.UserID(fmt.Sprint("k-", k.r.IntN(3))), Nick: chatnet.MustNick("ada")}
	ev.Body = chatnet.Said{Text: chatnet.Clean(k.text())}
	var about *said
	if len(k.said) > 0 && k.r.IntN(3) == 0 {
		about = k.said[k.r.IntN(len(k.said))]
		if about.gone {
			return
		}
		ev.Room, ev.By = about.ev.Room, about.ev.By
		ev.Body = chatnet.Edited{Target: about.ev.Seq, Text: chatnet.Clean(k.text())}
		if k.r.IntN(3) == 0 {
			ev.Body = chatnet.Redacted{Target: about.ev.Seq}
		}
	}
	evs, err := s.Append(t.Context(), ev.Room, k.head[ev.Room], []chatnet.Event{ev})
	if err != nil {
		t.Fatal(err)
	}
	k.head[ev.Room] = evs[0].Seq
	switch b := ev.Body.(type) {
	case chatnet.Edited:
		about.ev.Body = chatnet.Said{Text: b.Text}
	case chatnet.Redacted:
		about.gone = true
	default:
		k.said = append(k.said, &said{ev: evs[0]})
	}
}

// ask looks for something and compares.
func (k *talk) ask(t *testing.T, s store.Searcher) {
	t.Helper()
	f := store.Find{Rooms: searchRooms[:len(searchRooms)-1], Limit: 1 + k.r.IntN(80)}
	if k.r.IntN(3) == 0 {
		f.Rooms = searchRooms[1:2]
	}
	var words []string
	for range k.r.IntN(3) {
		word := []rune(k.pick(searchWords))
		words = append(words, string(word[:1+k.r.IntN(len(word))]))
	}
	f.Terms = store.Terms(words)
	if k.r.IntN(3) == 0 {
		f.By = chatnet.UserID(fmt.Sprint("k-", k.r.IntN(4)))
	}
	if f.Link = k.r.IntN(4) == 0; k.r.IntN(3) == 0 {
		f.After = k.said[k.r.IntN(len(k.said))].ev.At
	}
	if k.r.IntN(3) == 0 {
		f.Before = k.said[k.r.IntN(len(k.said))].ev.At
	}
	var want []string
	for _, m := range slices.Backward(k.said) {
		if !m.gone && slices.Contains(f.Rooms, m.ev.Room) && f.Match(m.ev) && len(want) < f.Limit {
			want = append(want, hit(m.ev))
		}
	}
	evs, err := s.Search(t.Context(), f)
	if err != nil {
		t.Fatalf("%q %+v: %v", words, f, err)
	}
	var got []string
	for _, ev := range evs {
		got = append(got, hit(ev))
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%q %+v gives\n%q\nwant\n%q", words, f, got, want)
	}
}

func hit(ev chatnet.Event) string {
	b, _ := ev.Body.(chatnet.Said)
	return fmt.Sprintf("%s %d %s %s: %s", ev.Room, ev.Seq, ev.At.Format(time.DateTime), ev.By, b.Text)
}
