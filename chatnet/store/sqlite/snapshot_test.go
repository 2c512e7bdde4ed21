package sqlite

import (
	"path/filepath"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

func mustLoad(t *testing.T, s *Store, room chatnet.RoomID) (chatnet.Seq, string) {
	t.Helper()
	at, data, err := s.LoadSnapshot(t.Context(), room)
	if err != nil {
		t.Fatal(err)
	}
	return at, string(data)
}

func TestSnapshots(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	last := chatnet.Seq(0)
	for n := range uint64(2) {
		evs, err := s.Append(t.Context(), "r", last, []chatnet.Event{storetest.Message("r", n+1, "hi")})
		if err != nil {
			t.Fatal(err)
		}
		last = evs[0].Seq
		if err := s.SaveSnapshot(t.Context(), "r", last, []byte{0, byte(n), 0xff}); err != nil {
			t.Fatal(err)
		}
	}
	if at, data := mustLoad(t, s, "nowhere"); at != 0 || data != "" {
		t.Errorf("a room without one: %d %q", at, data)
	}
	if err := s.SaveSnapshot(t.Context(), "r", last, nil); chatnet.CodeOf(err) != chatnet.CodeInternal {
		t.Errorf("a snapshot of nothing: %v", err)
	}
	for range 2 { // as it stands, and after a restart
		if at, data := mustLoad(t, s, "r"); at != 2 || data != "\x00\x01\xff" {
			t.Errorf("the snapshot is %d %q", at, data)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.LoadSnapshot(t.Context(), "r"); chatnet.CodeOf(err) != chatnet.CodeShutdown {
			t.Errorf("after the end: %v", err)
		}
		s = mustOpen(t, path)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, path, "UPDATE shots SET data = x'0002ff'")
	s = mustOpen(t, path)
	if at, data := mustLoad(t, s, "r"); at != 0 || data != "" {
		t.Errorf("one that was changed is %d %q", at, data)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// spoil changes a closed database behind the store's back.
func spoil(t *testing.T, path, query string) {
	t.Helper()
	db, err := connect(path, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
