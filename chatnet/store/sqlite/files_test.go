package sqlite

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

// filled makes a database with some pages of events and returns its path.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	evs := make([]chatnet.Event, 500)
	for i := range evs {
		evs[i] = storetest.Message("r", uint64(i+1), strings.Repeat("x", 100))
	}
	if _, err := s.Append(t.Context(), "r", 0, evs); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	return path
}

func mustClose(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// execOn changes a database behind the store's back.
func execOn(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name string
		harm func(t *testing.T, path string)
		want string
	}{
		{"cut to nothing", func(t *testing.T, path string) { must(t, os.Truncate(path, 0)) }, "is empty"},
		{"cut in the header", func(t *testing.T, path string) { must(t, os.Truncate(path, 50)) }, "is damaged or no database at all"},
		{"cut in half", func(t *testing.T, path string) {
			info, err := os.Stat(path)
			must(t, err)
			must(t, os.Truncate(path, info.Size()/2))
		}, "is damaged"},
		{"garbage", func(t *testing.T, path string) { write(t, path, []byte(strings.Repeat("garbage ", 1000))) }, "is damaged or no database at all"},
		{"garbage inside", func(t *testing.T, path string) {
			data, err := os.ReadFile(path)
			must(t, err)
			for i := 8192; i < len(data)-4096; i++ {
				data[i] ^= 0x5a
			}
			write(t, path, data)
		}, "is damaged"},
		{"another program's", func(t *testing.T, path string) { execOn(t, path, "PRAGMA application_id=7") }, "is a database of another program"},
		{"nobody's", func(t *testing.T, path string) {
			must(t, os.Remove(path))
			execOn(t, path, "CREATE TABLE recipes (name TEXT)")
		}, "is a database of another program"},
		{"of a newer version", func(t *testing.T, path string) { execOn(t, path, "PRAGMA user_version=2") }, "is of a newer tchat (schema 2, this one knows 1)"},
		{"without an epoch", func(t *testing.T, path string) { execOn(t, path, "DELETE FROM meta") }, "is damaged"},
		{"without a table", func(t *testing.T, path string) { execOn(t, path, "DROP TABLE marks") }, "is damaged"},
		{"read-only", func(t *testing.T, path string) { must(t, os.Chmod(path, 0o400)) }, "is read-only"},
		{"a folder", func(t *testing.T, path string) { must(t, os.Remove(path)); must(t, os.Mkdir(path, 0o700)) }, "is no file"},
		{"gone", func(t *testing.T, path string) { must(t, os.Remove(path)) }, "is gone; put it back, or remove"},
		{"gone but for its journal", func(t *testing.T, path string) {
			must(t, os.Rename(path, path+"-wal"))
			must(t, os.Remove(path+".lock"))
		}, "is gone, but its journal"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filled(t)
			tt.harm(t, path)
			before := listing(t, path)
			s, err := Open(t.Context(), path)
			if err == nil {
				t.Fatal(s.Close(), "it was opened")
			}
			line := err.Error()
			if chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(line, tt.want) || !strings.Contains(line, path) || strings.Contains(line, "\n") {
				t.Errorf("refused with %q (%s), want one line with %q", line, chatnet.CodeOf(err), tt.want)
			}
			if chatnet.AsError(err).Retry {
				t.Error("a retry cannot help here")
			}
			if after := listing(t, path); before[path] != after[path] {
				t.Errorf("the refused file changed: %q and then %q", before[path], after[path])
			}
			if _, err := Open(t.Context(), path); chatnet.CodeOf(err) != chatnet.CodeStorage {
				t.Errorf("the second try says %v", err) // and not that somebody has it open
			}
		})
	}
}

// listing returns each file of the folder with its size and mode.
func listing(t *testing.T, path string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	for _, e := range entries {
		info, err := e.Info()
		must(t, err)
		name := filepath.Join(filepath.Dir(path), e.Name())
		data, _ := os.ReadFile(name) // a folder has none
		files[name] = info.Mode().String() + string(data)
	}
	return files
}

func TestOpenMakesEverythingPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "tchat.db")
	s := mustOpen(t, path)
	if _, err := s.Append(t.Context(), "r", 0, []chatnet.Event{storetest.Message("r", 1, "x")}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600, path + ".lock": 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want mode %o", name, info.Mode(), err, want)
		}
	}
	mustClose(t, s)
	must(t, os.Chmod(path, 0o644))
	mustClose(t, mustOpen(t, path))
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a database open to others stayed so: %v, %v", info.Mode(), err)
	}
}

func TestCloseLeavesNoJournal(t *testing.T) {
	path := filled(t)
	for name := range listing(t, path) {
		if name != path && name != path+".lock" && name != path+".sum" {
			t.Errorf("Close left %s behind", name)
		}
	}
}

func TestOpenTwiceIsRefused(t *testing.T) {
	path := filled(t)
	first := mustOpen(t, path)
	_, err := Open(t.Context(), path)
	if chatnet.CodeOf(err) != chatnet.CodeBusy || !strings.Contains(err.Error(), "another server has the database "+path+" open") {
		t.Errorf("the second server was told %v", err)
	}
	mustClose(t, first)
	mustClose(t, mustOpen(t, path))
}

func TestOpenInAnImpossiblePlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	if _, err := Open(t.Context(), filepath.Join(file, "tchat.db")); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("Open below a file: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "tchat.db")
	if _, err := Open(ctx, path); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("Open with a context that has ended: %v", err)
	}
	mustClose(t, mustOpen(t, path)) // which left nothing half-made
}

// What a start left behind that crashed while it made the database.
func TestOpenAfterACrashedFirstStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	write(t, path+".new", []byte("half a database"))
	write(t, path+".new-journal", []byte("half a journal"))
	write(t, path+".lock", nil)
	s := mustOpen(t, path)
	if _, err := s.Append(t.Context(), "r", 0, []chatnet.Event{storetest.Message("r", 1, "x")}); err != nil {
		t.Error(err)
	}
	mustClose(t, s)
}

func TestOpenWithAnOddPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?mode=memory#%41&ü;'", "t?chat.db")
	mustClose(t, mustOpen(t, path))
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("the database is not at %q: %v", path, err)
	}
}
