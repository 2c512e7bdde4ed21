package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store"
	"tchat/chatnet/store/storetest"
)

func mustCheck(t *testing.T, path string) Report {
	t.Helper()
	report, err := Check(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// TestBackupWhileWriting copies a database into which another goroutine goes on
// writing, and restores the copies.
func TestBackupWhileWriting(t *testing.T) {
	path := filled(t)
	s := mustOpen(t, path)
	ctx, stop := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	wrote := make(chan struct{}, 1)
	writing.Go(func() {
		for last := chatnet.Seq(500); ctx.Err() == nil; {
			evs, err := s.Append(t.Context(), "r", last, []chatnet.Event{storetest.Message("r", uint64(last)+1, "more")})
			if err != nil {
				t.Error(err)
				return
			}
			last = evs[0].Seq
			select {
			case wrote <- struct{}{}:
			default:
			}
		}
	})
	dir := t.TempDir()
	events := int64(0)
	for _, name := range []string{"one", "two", "three"} {
		<-wrote
		to := filepath.Join(dir, name)
		must(t, Backup(t.Context(), path, to))
		report := mustCheck(t, to)
		if report.Events < 500 || report.Events < events || report.Rooms != 1 {
			t.Errorf("the backup has %+v after %d events", report, events)
		}
		events = report.Events
		if err := Backup(t.Context(), path, to); chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(err.Error(), "is there already") {
			t.Errorf("over a backup that is there: %v", err)
		}
		restored := filepath.Join(dir, name+"-data", "tchat.db")
		if kept, err := Restore(t.Context(), to, restored, false); err != nil || kept != "" {
			t.Fatalf("kept %q, %v", kept, err)
		}
		if got := mustCheck(t, restored); got.Events != report.Events || got.Epoch == report.Epoch || got.Epoch == "" {
			t.Errorf("restored %+v from %+v", got, report)
		}
	}
	stop()
	writing.Wait()
	mustClose(t, s)
}

func TestRestoreKeepsWhatWasThere(t *testing.T) {
	path := filled(t)
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, Backup(t.Context(), path, copied))
	s := mustOpen(t, path)
	if _, err := Restore(t.Context(), copied, path, true); chatnet.CodeOf(err) != chatnet.CodeBusy {
		t.Errorf("while a server has it: %v", err)
	}
	if _, err := s.Append(t.Context(), "r", 500, []chatnet.Event{storetest.Message("r", 501, "newer")}); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	if _, err := Restore(t.Context(), copied, path, false); chatnet.CodeOf(err) != chatnet.CodeExists {
		t.Errorf("without being told to replace it: %v", err)
	}
	if got := mustCheck(t, path).Events; got != 501 {
		t.Errorf("a refusal left %d events", got)
	}
	kept, err := Restore(t.Context(), copied, path, true)
	if err != nil {
		t.Fatal(err)
	}
	if old, now := mustCheck(t, kept), mustCheck(t, path); old.Events != 501 || now.Events != 500 || old.Epoch == now.Epoch {
		t.Errorf("kept %+v, restored %+v", old, now)
	}
	s = mustOpen(t, path)
	hits, err := s.Search(t.Context(), store.Find{Rooms: []chatnet.RoomID{"r"}, Terms: store.Terms([]string{"xx"}), Limit: 10})
	if err != nil || len(hits) != 10 || hits[0].Seq != 500 {
		t.Errorf("a search in what was restored: %d hits, %v", len(hits), err)
	}
	mustClose(t, s)
}

func TestCheckFindsDamage(t *testing.T) {
	for name, query := range map[string]string{
		"an event is missing": "DELETE FROM events WHERE seq = 250",
		"the first is":        "DELETE FROM events WHERE seq = 1",
		"a chain is bent":     "UPDATE events SET prev = 7 WHERE seq = 300",
	} {
		path := filled(t)
		spoil(t, path, query)
		if _, err := Check(t.Context(), path); chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Restore(t.Context(), path, path+".other", false); err == nil {
			t.Errorf("%s: it is restored", name)
		}
	}
	path := filled(t)
	data, err := os.ReadFile(path)
	must(t, err)
	for i := len(data) / 2; i < len(data)/2+3000; i++ {
		data[i] ^= 0x5a
	}
	must(t, os.WriteFile(path, data, 0o600))
	if _, err := Check(t.Context(), path); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("bytes in the middle: %v", err)
	}
	if _, err := Check(t.Context(), path+".nowhere"); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("no file: %v", err)
	}
}

// TestSeal holds that a file which was closed well is known again, and one that
// was changed in a single bit is not.
func TestSeal(t *testing.T) {
	path := filled(t)
	if !sealed(path) {
		t.Fatal("a file that was closed well is not known again")
	}
	data, err := os.ReadFile(path)
	must(t, err)
	for _, at := range []int{100, len(data) / 2, len(data) - 1} {
		data[at] ^= 1
		must(t, os.WriteFile(path, data, 0o600))
		if sealed(path) {
			t.Errorf("a bit at %d was changed, and nobody saw it", at)
		}
		data[at] ^= 1
	}
	must(t, os.WriteFile(path, data[:len(data)-1], 0o600))
	if sealed(path) {
		t.Error("a file that was cut is taken for the whole")
	}
	must(t, os.WriteFile(path, data, 0o600))
	must(t, os.WriteFile(path+"-wal", []byte("x"), 0o600))
	if sealed(path) {
		t.Error("a file with a journal is taken for one that was closed well")
	}
	must(t, os.Remove(path+"-wal"))
	for _, line := range []string{"", "x", "12 00000000\n", strings.Repeat("9", 40)} {
		must(t, os.WriteFile(path+".sum", []byte(line), 0o600))
		if sealed(path) {
			t.Errorf("the seal %q is believed", line)
		}
	}
	mustClose(t, mustOpen(t, path))
	if !sealed(path) {
		t.Error("a file that was checked and closed again has no seal")
	}
}
