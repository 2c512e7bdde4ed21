package storetest

import (
	"slices"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

const dev chatnet.RoomID = "r-dev"

func testEmpty(t *testing.T, s store.Store) {
	switch s.Durability() {
	case "disk", "quorum", "process":
	default:
		t.Errorf("Durability() = %q, which says nothing", s.Durability())
	}
	head, err := s.Head(t.Context(), dev)
	if err != nil || head.Room != dev || head.Seq != 0 || head.Epoch == "" {
		t.Errorf("Head of an unknown room = %+v, %v; want seq 0 and an epoch", head, err)
	}
	for name, read := range map[string]func() ([]chatnet.Event, error){
		"Read":     func() ([]chatnet.Event, error) { return s.Read(t.Context(), dev, 0, 10) },
		"ReadBack": func() ([]chatnet.Event, error) { return s.ReadBack(t.Context(), dev, 0, 10) },
	} {
		if evs, err := read(); err != nil || len(evs) != 0 {
			t.Errorf("%s of an unknown room = %v, %v", name, evs, err)
		}
	}
	if ev, ok, err := s.ByOrigin(t.Context(), dev, chatnet.Origin{Dev: 1, N: 1}); ok || err != nil {
		t.Errorf("ByOrigin in an unknown room = %v, %v, %v", ev, ok, err)
	}
	if marks, err := s.Marks(t.Context(), "k-ada"); err != nil || len(marks) != 0 {
		t.Errorf("Marks of an unknown user = %v, %v", marks, err)
	}
}

func testAppendGivesPlaces(t *testing.T, s store.Store) {
	sent := messages(dev, 1, 3)
	first := mustAppend(t, s, dev, 0, sent[0])
	rest := mustAppend(t, s, dev, first[0].Seq, sent[1:]...)
	stored := slices.Concat(first, rest)
	for i, ev := range stored {
		want := sent[i]
		want.Seq, want.Prev = ev.Seq, 0
		if i > 0 {
			want.Prev = stored[i-1].Seq
		}
		same(t, "what Append returned", []chatnet.Event{want}, []chatnet.Event{ev})
		if ev.Seq == 0 || ev.Seq > chatnet.MaxSeq || ev.Seq <= want.Prev {
			t.Errorf("event %d has seq %d behind %d", i, ev.Seq, want.Prev)
		}
	}
	same(t, "what Read returned", stored, readAll(t, s, dev))
	before, err := s.Head(t.Context(), "r-other")
	if err != nil {
		t.Fatal(err)
	}
	head, err := s.Head(t.Context(), dev)
	if want := (chatnet.Cursor{Room: dev, Epoch: before.Epoch, Seq: stored[2].Seq}); err != nil || head != want {
		t.Errorf("Head = %+v, %v; want %+v", head, err, want)
	}
}

func testAppendOfNothing(t *testing.T, s store.Store) {
	if evs, err := s.Append(t.Context(), dev, 0, nil); err != nil || len(evs) != 0 {
		t.Errorf("Append of nothing = %v, %v", evs, err)
	}
	_, err := s.Append(t.Context(), dev, 0, []chatnet.Event{{Room: dev}})
	wantCode(t, "Append of an event without a body", err, chatnet.CodeInternal)
	same(t, "the log after nothing", nil, readAll(t, s, dev))
}

func testPagesForward(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 25)...)
	mustAppend(t, s, "r-devil", 0, messages("r-devil", 1, 5)...) // must never show up
	tests := []struct {
		name        string
		after       chatnet.Seq
		limit       int
		first, past int
	}{
		{"from the start", 0, 10, 0, 10},
		{"from the middle", all[9].Seq, 10, 10, 20},
		{"the rest", all[19].Seq, 10, 20, 25},
		{"exactly the rest", all[19].Seq, 5, 20, 25},
		{"the last", all[23].Seq, 1, 24, 25},
		{"at the head", all[24].Seq, 10, 25, 25},
		{"past the head", all[24].Seq + 1000, 10, 25, 25},
		{"past everything", chatnet.Seq(1<<64 - 1), 10, 25, 25},
		{"nothing wanted", 0, 0, 0, 0},
		{"less than nothing", 0, -1, 0, 0},
		{"more than there is", 0, 1 << 30, 0, 25},
	}
	for _, tt := range tests {
		got, err := s.Read(t.Context(), dev, tt.after, tt.limit)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		same(t, tt.name, all[tt.first:tt.past], got)
	}
}

func testPagesBack(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 25)...)
	mustAppend(t, s, "r-devil", 0, messages("r-devil", 1, 5)...)
	tests := []struct {
		name        string
		before      chatnet.Seq
		limit       int
		first, past int
	}{
		{"from the head", 0, 10, 15, 25},
		{"from the middle", all[15].Seq, 10, 5, 15},
		{"the rest", all[5].Seq, 10, 0, 5},
		{"exactly the rest", all[5].Seq, 5, 0, 5},
		{"before the first", all[0].Seq, 10, 0, 0},
		{"past the head", all[24].Seq + 1000, 2, 23, 25},
		{"past everything", chatnet.Seq(1<<64 - 1), 2, 23, 25},
		{"nothing wanted", 0, 0, 0, 0},
		{"less than nothing", 0, -1, 0, 0},
		{"more than there is", 0, 1 << 30, 0, 25},
	}
	for _, tt := range tests {
		got, err := s.ReadBack(t.Context(), dev, tt.before, tt.limit)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		same(t, tt.name, all[tt.first:tt.past], got)
	}
}

func testConflictWhenBehind(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 3)...)
	for _, last := range []chatnet.Seq{0, all[0].Seq, all[1].Seq, all[2].Seq + 1} {
		_, err := s.Append(t.Context(), dev, last, messages(dev, 10, 1))
		wantCode(t, "Append behind a seq that is not the head", err, chatnet.CodeConflict)
	}
	_, err := s.Append(t.Context(), "r-new", 7, messages("r-new", 10, 1))
	wantCode(t, "Append to a new room behind 7", err, chatnet.CodeConflict)
	same(t, "the log after conflicts", all, readAll(t, s, dev))
	same(t, "the new room", nil, readAll(t, s, "r-new"))
	mustAppend(t, s, dev, all[2].Seq, messages(dev, 10, 1)...) // what conflicted took no origin
}

func testAllOrNothing(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 2)...)
	for name, evs := range map[string][]chatnet.Event{
		"the last is a repeat":   append(messages(dev, 3, 2), messages(dev, 1, 1)...),
		"the first is a repeat":  append(messages(dev, 2, 1), messages(dev, 5, 2)...),
		"the middle is a repeat": slices.Concat(messages(dev, 3, 1), messages(dev, 2, 1), messages(dev, 4, 1)),
		"two are the same":       append(messages(dev, 6, 2), messages(dev, 6, 1)...),
	} {
		_, err := s.Append(t.Context(), dev, all[1].Seq, evs)
		wantCode(t, name, err, chatnet.CodeConflict)
		same(t, name+": the log", all, readAll(t, s, dev))
	}
	more := mustAppend(t, s, dev, all[1].Seq, messages(dev, 3, 5)...) // none of their origins is taken
	same(t, "the log in the end", slices.Concat(all, more), readAll(t, s, dev))
}

func testOriginOnce(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 1)...)
	_, err := s.Append(t.Context(), dev, all[0].Seq, messages(dev, 1, 1))
	wantCode(t, "Append of a repeat", err, chatnet.CodeConflict)
	mustAppend(t, s, "r-other", 0, Message("r-other", 1, "the same origin in another room"))
	none := []chatnet.Event{Message(dev, 0, "from the server"), Message(dev, 0, "and again")}
	mustAppend(t, s, dev, all[0].Seq, none...)
}

func testByOrigin(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, append(messages(dev, 1, 20), Message(dev, 0, "from the server"))...)
	for _, ev := range all[:20] {
		got, ok, err := s.ByOrigin(t.Context(), dev, ev.Origin)
		if err != nil || !ok {
			t.Fatalf("ByOrigin(%s) = %v, %v", ev.Origin, ok, err)
		}
		same(t, "ByOrigin "+ev.Origin.String(), []chatnet.Event{ev}, []chatnet.Event{got})
	}
	for _, o := range []chatnet.Origin{{}, {Dev: all[0].Origin.Dev, N: 99}, {Dev: 5, N: 1}, {Dev: all[0].Origin.Dev}} {
		if ev, ok, err := s.ByOrigin(t.Context(), dev, o); ok || err != nil {
			t.Errorf("ByOrigin(%s) = %v, %v, %v; want none", o, ev, ok, err)
		}
	}
	if _, ok, err := s.ByOrigin(t.Context(), "r-other", all[0].Origin); ok || err != nil {
		t.Errorf("ByOrigin in another room: %v, %v", ok, err)
	}
}

func testBigAppend(t *testing.T, s store.Store) {
	const n = 3000 // beyond what one transaction gathers
	all := mustAppend(t, s, dev, 0, messages(dev, 1, n)...)
	if len(all) != n {
		t.Fatalf("Append returned %d events", len(all))
	}
	same(t, "a big append", all, readAll(t, s, dev))
}

// What a store was given, and what it gave, is the caller's to change.
func testNobodyChangesTheLog(t *testing.T, s store.Store) {
	sent := messages(dev, 1, 3)
	all := mustAppend(t, s, dev, 0, sent...)
	want := slices.Clone(all)
	clear(sent)
	clear(all)
	page, err := s.Read(t.Context(), dev, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	_ = append(page, chatnet.Event{})
	clear(page)
	same(t, "the log after its readers wrote into their pages", want, readAll(t, s, dev))
}

func testMarksRise(t *testing.T, s store.Store) {
	mustAppend(t, s, dev, 0, messages(dev, 1, 9)...)
	for _, step := range []struct {
		user      chatnet.UserID
		room      chatnet.RoomID
		seq, want chatnet.Seq
	}{
		{"k-ada", dev, 5, 5},
		{"k-ada", dev, 3, 5},
		{"k-ada", dev, 5, 5},
		{"k-ada", dev, 9, 9},
		{"k-bob", dev, 2, 2},
		{"k-ada", "r-unheard", 1, 1},
		{"k-ada", dev, chatnet.MaxSeq, chatnet.MaxSeq},
	} {
		if err := s.Mark(t.Context(), step.user, step.room, step.seq); err != nil {
			t.Fatalf("Mark(%s, %s, %d): %v", step.user, step.room, step.seq, err)
		}
		marks, err := s.Marks(t.Context(), step.user)
		if err != nil || marks[step.room] != step.want {
			t.Errorf("after Mark(%s, %s, %d): %v, %v; want %d", step.user, step.room, step.seq, marks, err, step.want)
		}
	}
	marks, err := s.Marks(t.Context(), "k-ada")
	if err != nil || len(marks) != 2 || marks["r-unheard"] != 1 {
		t.Errorf("Marks of ada = %v, %v", marks, err)
	}
	mustAppend(t, s, "r-unheard", 0, messages("r-unheard", 1, 1)...) // a mark makes no event
}
