package sqlite

import (
	"path/filepath"
	"testing"

	"tchat/chatnet/store"
	"tchat/chatnet/store/storetest"
)

func mustOpen(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.RunDurable(t, func(t *testing.T, dir string) store.Store {
		return mustOpen(t, filepath.Join(dir, "data", "tchat.db"))
	})
}
