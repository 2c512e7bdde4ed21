package storetest

import (
	"fmt"
	"slices"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// event returns an event of ada's in dev with another body.
func event(n uint64, b chatnet.Body) chatnet.Event {
	ev := Message(dev, n, "")
	ev.Body = b
	return ev
}

// What was redacted is gone for every way of reading, with its edits, and all
// else stays (DELIVERY R7).
func testRedact(t *testing.T, s store.Store) {
	edit := func(target chatnet.Seq, text string) chatnet.Body {
		return chatnet.Edited{Target: target, Text: chatnet.Clean(text)}
	}
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 3)...)
	first, second, third := all[0].Seq, all[1].Seq, all[2].Seq
	last := all[2].Seq
	grow := func(evs ...chatnet.Event) {
		t.Helper()
		more := mustAppend(t, s, dev, last, evs...)
		last, all = more[len(more)-1].Seq, append(all, more...)
	}
	other := mustAppend(t, s, "r-other", 0, messages("r-other", 1, 3)...)
	grow(event(4, edit(first, "secret")), event(5, edit(second, "stays")), event(6, edit(first, "secret too")),
		event(0, chatnet.Reacted{Target: first, Emoji: chatnet.MustEmoji("👍"), On: true}))
	grow(event(0, chatnet.Redacted{Target: first, Reason: chatnet.CleanLine("a slip")}))

	want := slices.Clone(all)
	for _, i := range []int{0, 3, 5} {
		want[i] = want[i].Masked()
	}
	same(t, "the log", want, readAll(t, s, dev))
	same(t, "another room", other, readAll(t, s, "r-other"))
	page, err := s.ReadBack(t.Context(), dev, third, 2)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "a page", want[:2], page)
	for _, i := range []int{0, 1, 3, 5} {
		got, ok, err := s.ByOrigin(t.Context(), dev, want[i].Origin)
		if err != nil || !ok {
			t.Fatalf("ByOrigin: %v, %v", ok, err)
		}
		same(t, fmt.Sprintf("ByOrigin of %d", i), want[i:i+1], []chatnet.Event{got})
	}
	grow(event(0, chatnet.Redacted{Target: first}), // once more
		event(0, chatnet.Redacted{Target: want[6].Seq}),                                  // what is no message
		event(0, chatnet.Redacted{Target: want[3].Seq}),                                  // an edit is none
		event(0, chatnet.Redacted{Target: chatnet.MaxSeq}), event(0, chatnet.Redacted{})) // nowhere
	want = append(want, all[len(want):]...)
	same(t, "the log after redactions of nothing", want, readAll(t, s, dev))
}

// A redaction in the same append as what it redacts takes it away too, and one
// that is not stored takes nothing away.
func testRedactAllOrNothing(t *testing.T, s store.Store) {
	redaction := event(0, chatnet.Redacted{Target: 1})
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 1)...)
	if all[0].Seq != 1 {
		redaction.Body = chatnet.Redacted{Target: all[0].Seq}
	}
	_, err := s.Append(t.Context(), dev, all[0].Seq, []chatnet.Event{redaction, Message(dev, 1, "a repeat")})
	wantCode(t, "Append of a repeat", err, chatnet.CodeConflict)
	_, err = s.Append(t.Context(), dev, all[0].Seq+1, []chatnet.Event{redaction})
	wantCode(t, "Append behind nothing", err, chatnet.CodeConflict)
	same(t, "the log without the redaction", all, readAll(t, s, dev))

	mustAppend(t, s, dev, all[0].Seq, redaction)
	if got := readAll(t, s, dev); len(got) != 2 || got[0].Body != (chatnet.Said{}) {
		t.Errorf("the log with the redaction: %+v", got)
	}
}
