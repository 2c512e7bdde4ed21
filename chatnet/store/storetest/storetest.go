// Package storetest is the suite that every store must pass. A store's own test
// is a few lines around Run, or around RunDurable when it survives the process.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // says where two events differ

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// Run holds a store to the contract of package store. The function open returns
// an empty store; the suite closes it.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	tests := []struct {
		name string
		run  func(t *testing.T, s store.Store)
	}{
		{"Empty", testEmpty},
		{"AppendGivesPlaces", testAppendGivesPlaces},
		{"AppendOfNothing", testAppendOfNothing},
		{"PagesForward", testPagesForward},
		{"PagesBack", testPagesBack},
		{"EveryKind", testEveryKind},
		{"EveryByte", testEveryByte},
		{"ConflictWhenBehind", testConflictWhenBehind},
		{"AllOrNothing", testAllOrNothing},
		{"OriginOnce", testOriginOnce},
		{"ByOrigin", testByOrigin},
		{"BigAppend", testBigAppend},
		{"NobodyChangesTheLog", testNobodyChangesTheLog},
		{"Redact", testRedact},
		{"RedactAllOrNothing", testRedactAllOrNothing},
		{"Search", testSearch},
		{"MarksRise", testMarksRise},
		{"RoomsAtOnce", testRoomsAtOnce},
		{"OneRoomAtOnce", testOneRoomAtOnce},
		{"ReadWhileWriting", testReadWhileWriting},
		{"ContextEnded", testContextEnded},
		{"AfterClose", testAfterClose},
		{"CloseWhileWriting", testCloseWhileWriting},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() { closed(t, s) })
			tt.run(t, s)
		})
	}
}

// Message returns an event as a hub makes it: text said by ada, the n-th of her
// client; no origin when n is 0.
func Message(room chatnet.RoomID, n uint64, text string) chatnet.Event {
	ev := chatnet.Event{
		Room: room,
		At:   time.UnixMilli(1_700_000_000_123).UTC(),
		By:   "k-ada",
		Nick: chatnet.MustNick("ada"),
		Body: chatnet.Said{Text: chatnet.Clean(text)},
	}
	if n > 0 {
		ev.Origin = chatnet.Origin{Dev: 0xfeedbeefcafe0001, N: n}
	}
	return ev
}

// messages returns n of them, with the origins from first on.
func messages(room chatnet.RoomID, first uint64, n int) []chatnet.Event {
	evs := make([]chatnet.Event, n)
	for i := range evs {
		evs[i] = Message(room, first+uint64(i), fmt.Sprintf("message %d", first+uint64(i)))
	}
	return evs
}

func mustAppend(t *testing.T, s store.Store, room chatnet.RoomID, last chatnet.Seq, evs ...chatnet.Event) []chatnet.Event {
	t.Helper()
	stored, err := s.Append(t.Context(), room, last, evs)
	if err != nil {
		t.Fatalf("Append to %s behind %d: %v", room, last, err)
	}
	return stored
}

// readAll pages through a room and fails when the prev chain is broken
// (DELIVERY I6).
func readAll(t *testing.T, s store.Log, room chatnet.RoomID) []chatnet.Event {
	t.Helper()
	var all []chatnet.Event
	var last chatnet.Seq
	for {
		page, err := s.Read(context.WithoutCancel(t.Context()), room, last, 100)
		if err != nil {
			t.Fatalf("Read %s after %d: %v", room, last, err)
		}
		if len(page) == 0 {
			return all
		}
		for _, ev := range page {
			if ev.Prev != last || ev.Seq <= last || ev.Room != room {
				t.Fatalf("room %s: seq %d of %s says that %d is before it, but %d is", room, ev.Seq, ev.Room, ev.Prev, last)
			}
			last = ev.Seq
		}
		all = append(all, page...)
	}
}

// same fails when two runs of events differ in anything.
func same(t *testing.T, what string, want, got []chatnet.Event) {
	t.Helper()
	if len(want) == 0 && len(got) == 0 {
		return
	}
	opts := cmp.AllowUnexported(chatnet.Text{}, chatnet.Nick{}, chatnet.RoomName{}, chatnet.Emoji{})
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantCode(t *testing.T, what string, err error, want chatnet.Code) {
	t.Helper()
	if code := chatnet.CodeOf(err); code != want {
		t.Errorf("%s: %v (code %q), want code %q", what, err, code, want)
	}
}

func closed(t *testing.T, s store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// isCode reports whether err has one of the codes.
func isCode(err error, codes ...chatnet.Code) bool {
	for _, c := range codes {
		if errors.Is(err, chatnet.E(c, "")) {
			return true
		}
	}
	return false
}
