package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// A store is used by as many goroutines as there are rooms, and each room keeps
// its own order.
func testRoomsAtOnce(t *testing.T, s store.Store) {
	const rooms, appends = 32, 12
	want := make([][]chatnet.Event, rooms)
	var wg sync.WaitGroup
	for r := range rooms {
		wg.Go(func() {
			room := chatnet.RoomID(fmt.Sprintf("r-%d", r))
			var last chatnet.Seq
			for i := range appends {
				evs, err := s.Append(t.Context(), room, last, messages(room, uint64(10*i+1), 1+i%4))
				if err != nil {
					t.Errorf("%s: %v", room, err)
					return
				}
				last = evs[len(evs)-1].Seq
				want[r] = append(want[r], evs...)
				if err := s.Mark(t.Context(), chatnet.UserID(fmt.Sprintf("k-%d", i)), room, last); err != nil {
					t.Errorf("%s: %v", room, err)
				}
			}
		})
	}
	wg.Wait()
	for r := range rooms {
		room := chatnet.RoomID(fmt.Sprintf("r-%d", r))
		same(t, string(room), want[r], readAll(t, s, room))
	}
	if marks, err := s.Marks(t.Context(), "k-0"); err != nil || len(marks) != rooms {
		t.Errorf("Marks = %d of them, %v; want %d", len(marks), err, rooms)
	}
}

// Two nodes may write one room: who comes second is told, reads, and tries
// again. Nothing gets lost and nothing doubled.
func testOneRoomAtOnce(t *testing.T, s store.Store) {
	const writers, each = 6, 15
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				ev := Message(dev, 1, fmt.Sprintf("%d of %d", i, w))
				ev.Origin = chatnet.Origin{Dev: chatnet.Dev(w + 1), N: uint64(i + 1)}
				if err := appendRacing(t.Context(), s, ev); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	all := readAll(t, s, dev)
	if len(all) != writers*each {
		t.Errorf("%d events, want %d", len(all), writers*each)
	}
	count := make(map[chatnet.Dev]uint64)
	for _, ev := range all {
		if count[ev.Origin.Dev]++; ev.Origin.N != count[ev.Origin.Dev] {
			t.Errorf("%s is out of its writer's order", ev.Origin)
		}
	}
}

func appendRacing(ctx context.Context, s store.Log, ev chatnet.Event) error {
	for {
		head, err := s.Head(ctx, ev.Room)
		if err != nil {
			return err
		}
		_, err = s.Append(ctx, ev.Room, head.Seq, []chatnet.Event{ev})
		if err == nil || !isCode(err, chatnet.CodeConflict) {
			return err
		}
	}
}

// A reader sees a room grow whole appends at a time, and whatever it saw stays.
func testReadWhileWriting(t *testing.T, s store.Store) {
	const appends, size = 40, 5
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(done)
		var last chatnet.Seq
		for i := range appends {
			evs, err := s.Append(t.Context(), dev, last, messages(dev, uint64(i*size+1), size))
			if err != nil {
				t.Error(err)
				return
			}
			last = evs[size-1].Seq
		}
	})
	var seen []chatnet.Event
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		all := readOnce(t, s)
		if len(all)%size != 0 || len(all) < len(seen) {
			t.Fatalf("a reader saw %d events after %d; appends have %d", len(all), len(seen), size)
		}
		same(t, "what was seen before", seen, all[:len(seen)])
		seen = all
	}
	wg.Wait()
	if len(seen) != appends*size {
		t.Errorf("a reader saw %d events in the end, want %d", len(seen), appends*size)
	}
}

func readOnce(t *testing.T, s store.Log) []chatnet.Event {
	t.Helper()
	all, err := s.Read(t.Context(), dev, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func testContextEnded(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 2)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range calls(ctx, s, all[1].Seq) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a context that has ended: %v", name, err)
		}
	}
	same(t, "the log after calls that were given up", all, readAll(t, s, dev))

	// Ended in the middle: stored or not, but never both or in part.
	last := all[1].Seq
	for i := range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		evs, err := s.Append(ctx, dev, last, messages(dev, uint64(10*i+10), 3))
		if err == nil {
			last = evs[2].Seq
			all = append(all, evs...)
		} else if !errors.Is(err, context.Canceled) {
			t.Errorf("a call that was given up: %v", err)
		}
	}
	same(t, "the log after calls given up in the middle", all, readAll(t, s, dev))
}

// calls makes one call of every kind and returns what each said.
func calls(ctx context.Context, s store.Store, last chatnet.Seq) map[string]error {
	said := make(map[string]error)
	_, said["Append"] = s.Append(ctx, dev, last, messages(dev, 1000, 1))
	_, said["Append of nothing"] = s.Append(ctx, dev, last, nil)
	_, said["Read"] = s.Read(ctx, dev, 0, 1)
	_, said["ReadBack"] = s.ReadBack(ctx, dev, 0, 1)
	_, said["Head"] = s.Head(ctx, dev)
	_, _, said["ByOrigin"] = s.ByOrigin(ctx, dev, chatnet.Origin{Dev: 1, N: 1})
	said["Mark"] = s.Mark(ctx, "k-ada", dev, 1)
	_, said["Marks"] = s.Marks(ctx, "k-ada")
	return said
}

func testAfterClose(t *testing.T, s store.Store) {
	all := mustAppend(t, s, dev, 0, messages(dev, 1, 1)...)
	closed(t, s)
	closed(t, s) // harmless
	for name, err := range calls(t.Context(), s, all[0].Seq) {
		wantCode(t, name+" after Close", err, chatnet.CodeShutdown)
	}
}

// Whoever was in the middle when the store closed has an answer: stored, or
// shutting down.
func testCloseWhileWriting(t *testing.T, s store.Store) {
	const rooms = 16
	var started, wg sync.WaitGroup
	started.Add(rooms)
	for r := range rooms {
		wg.Go(func() {
			room := chatnet.RoomID(fmt.Sprintf("r-%d", r))
			begun := sync.OnceFunc(started.Done)
			defer begun()
			var last chatnet.Seq
			for i := uint64(1); ; i++ {
				evs, err := s.Append(t.Context(), room, last, messages(room, i, 1))
				begun()
				if err != nil {
					wantCode(t, "Append while the store closes", err, chatnet.CodeShutdown)
					return
				}
				last = evs[0].Seq
			}
		})
	}
	started.Wait()
	closed(t, s)
	wg.Wait()
}

// RunDurable is Run for a store that keeps its events in a folder, and what
// must be there when it is opened again. The function open opens the store of
// a folder, which is empty at first.
func RunDurable(t *testing.T, open func(t *testing.T, dir string) store.Store) {
	Run(t, func(t *testing.T) store.Store { return open(t, t.TempDir()) })
	t.Run("Reopen", func(t *testing.T) { testReopen(t, open) })
}

func testReopen(t *testing.T, open func(t *testing.T, dir string) store.Store) {
	dir := t.TempDir()
	var all []chatnet.Event
	var epoch chatnet.Epoch
	for life := range 4 {
		s := open(t, dir)
		head, err := s.Head(t.Context(), dev)
		if err != nil {
			t.Fatal(err)
		}
		if life == 0 {
			epoch = head.Epoch
		} else if want := (chatnet.Cursor{Room: dev, Epoch: epoch, Seq: all[len(all)-1].Seq}); head != want {
			t.Errorf("life %d: Head = %+v, want %+v", life, head, want)
		}
		same(t, "the log of the lives before", all, readAll(t, s, dev))
		first := uint64(100*life + 1)
		all = append(all, mustAppend(t, s, dev, head.Seq, messages(dev, first, 30)...)...)
		_, err = s.Append(t.Context(), dev, all[len(all)-1].Seq, messages(dev, 1, 1))
		wantCode(t, "a repeat from the first life", err, chatnet.CodeConflict)
		if err := s.Mark(t.Context(), "k-ada", dev, all[len(all)-1].Seq); err != nil {
			t.Error(err)
		}
		closed(t, s)
	}
	s := open(t, dir)
	defer closed(t, s)
	if marks, err := s.Marks(t.Context(), "k-ada"); err != nil || marks[dev] != all[len(all)-1].Seq {
		t.Errorf("Marks = %v, %v", marks, err)
	}
	got, err := s.ReadBack(t.Context(), dev, 0, 10)
	if err != nil {
		t.Error(err)
	}
	same(t, "the newest page", slices.Clone(all[len(all)-10:]), got)
}
