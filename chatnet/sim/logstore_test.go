package sim

import (
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store"
	"tchat/chatnet/store/storetest"
)

// openOn opens a store that never waits for its disk.
func openOn(t *testing.T, d *Disk) *logStore {
	t.Helper()
	s, err := openStore(d, "e", make(chan struct{}), func(string, <-chan struct{}) {})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLogStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return openOn(t, testDisk(1)) })
}

func TestLogStoreIsDurable(t *testing.T) {
	for seed := range uint64(20) {
		d := testDisk(seed)
		s := openOn(t, d)
		var last chatnet.Seq
		for n := range uint64(9) {
			stored, err := s.Append(t.Context(), "r", last, []chatnet.Event{storetest.Message("r", n+1, "text")})
			if err != nil {
				t.Fatal(err)
			}
			last = stored[0].Seq
		}
		after := openOn(t, d.next(2, true)) // without Close
		head, err := after.Head(t.Context(), "r")
		if err != nil || head.Seq != last || head.Epoch != "e" {
			t.Errorf("seed %d: after a power cut the head is %+v, %v; want %d", seed, head, err, last)
		}
		for _, s := range []*logStore{s, after} {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestLogStoreOnBadDisk(t *testing.T) {
	d := testDisk(1)
	s := openOn(t, d)
	say := func(n uint64, last chatnet.Seq) error {
		_, err := s.Append(t.Context(), "r", last, []chatnet.Event{storetest.Message("r", n, "text")})
		return err
	}
	if err := say(1, 0); err != nil {
		t.Fatal(err)
	}
	d.full = true
	if err := say(2, 1); chatnet.CodeOf(err) != chatnet.CodeStorageFull {
		t.Errorf("a full disk is %v", err)
	}
	d.empty()
	if err := say(2, 1); err != nil {
		t.Errorf("with room again: %v", err)
	}
	d.failAt = d.ops + 2 // the sync
	for range 2 {
		if err := say(3, 2); chatnet.CodeOf(err) != chatnet.CodeStorage {
			t.Errorf("a failed sync is %v, and so is everything after it", err)
		}
	}
	if evs, err := s.Read(t.Context(), "r", 0, 10); err != nil || len(evs) != 2 {
		t.Errorf("reading goes on: %d events, %v", len(evs), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
