package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

// pragma changes the writer's connection while the writer has nothing to do.
func pragma(t *testing.T, s *Store, setting string) {
	t.Helper()
	var ignored string
	if err := s.writer.ask(t.Context(), "PRAGMA "+setting, &ignored); err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatal(err)
	}
}

func big(n uint64) chatnet.Event { return storetest.Message("r", n, strings.Repeat("z", 8000)) }

// count reads the whole room.
func count(t *testing.T, s *Store) chatnet.Seq {
	t.Helper()
	evs, err := s.Read(context.WithoutCancel(t.Context()), "r", 0, 1<<20)
	if err != nil {
		t.Errorf("reading: %v", err)
	}
	return chatnet.Seq(len(evs))
}

func TestFullDiskPassesByItself(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	pragma(t, s, "max_page_count=40")
	var last chatnet.Seq
	var err error
	for err == nil {
		if _, err = s.Append(t.Context(), "r", last, []chatnet.Event{big(uint64(last) + 1)}); err == nil {
			last++
		}
	}
	if e := chatnet.AsError(err); e.Code != chatnet.CodeStorageFull || !e.Retry {
		t.Fatalf("a full disk: %v (%s)", err, e.Code)
	}
	if last == 0 || count(t, s) != last {
		t.Errorf("%d events are stored, %d were acknowledged", count(t, s), last)
	}
	several := []chatnet.Event{big(uint64(last) + 1), big(uint64(last) + 2), big(uint64(last) + 3)}
	if _, err := s.Append(t.Context(), "r", last, several); chatnet.CodeOf(err) != chatnet.CodeStorageFull {
		t.Errorf("still full: %v", err)
	}
	if count(t, s) != last {
		t.Error("an append that failed is there in part")
	}
	pragma(t, s, "max_page_count=4000")
	if _, err := s.Append(t.Context(), "r", last, several); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if count(t, s) != last+3 {
		t.Errorf("%d events, want %d", count(t, s), last+3)
	}
	mustClose(t, s)
	s = mustOpen(t, path)
	defer mustClose(t, s)
	if count(t, s) != last+3 {
		t.Errorf("%d events after a restart, want %d", count(t, s), last+3)
	}
}

// An error that is neither of the passing ones ends all writing in this
// process, and nothing else.
func TestFailedDiskIsForGood(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	if _, err := s.Append(t.Context(), "r", 0, []chatnet.Event{big(1)}); err != nil {
		t.Fatal(err)
	}
	pragma(t, s, "query_only=1")
	_, err := s.Append(t.Context(), "r", 1, []chatnet.Event{big(2)})
	if chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Fatalf("a failed disk: %v", err)
	}
	pragma(t, s, "query_only=0") // a disk that seems well again has forgotten what it was asked
	if _, err := s.Append(t.Context(), "r", 1, []chatnet.Event{big(2)}); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("Append after a failure: %v", err)
	}
	if err := s.Mark(t.Context(), "k", "r", 1); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("Mark after a failure: %v", err)
	}
	if n := count(t, s); n != 1 {
		t.Errorf("%d events to read, want 1", n)
	}
	mustClose(t, s)
	s = mustOpen(t, path)
	defer mustClose(t, s)
	if _, err := s.Append(t.Context(), "r", 1, []chatnet.Event{big(2)}); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

func TestAnotherProgramsLockPasses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	defer mustClose(t, s)
	pragma(t, s, "busy_timeout=1")
	other, err := sql.Open("sqlite", path)
	must(t, err)
	defer other.Close()
	conn, err := other.Conn(t.Context())
	must(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	must(t, err)
	if _, err := s.Append(t.Context(), "r", 0, []chatnet.Event{big(1)}); chatnet.CodeOf(err) != chatnet.CodeBusy {
		t.Errorf("while another program writes: %v", err)
	}
	_, err = conn.ExecContext(t.Context(), "ROLLBACK")
	must(t, err)
	if _, err := s.Append(t.Context(), "r", 0, []chatnet.Event{big(1)}); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// A record that somebody spoiled is told of and not skipped.
func TestSpoiledRecordIsNoticed(t *testing.T) {
	path := filled(t)
	execOn(t, path, `UPDATE events SET record = '{"kind":"rumour"}' WHERE seq = 7`)
	s := mustOpen(t, path)
	defer mustClose(t, s)
	for name, read := range map[string]func() ([]chatnet.Event, error){
		"Read":     func() ([]chatnet.Event, error) { return s.Read(t.Context(), "r", 0, 10) },
		"ReadBack": func() ([]chatnet.Event, error) { return s.ReadBack(t.Context(), "r", 10, 10) },
		"ByOrigin": func() ([]chatnet.Event, error) {
			_, _, err := s.ByOrigin(t.Context(), "r", storetest.Message("r", 7, "").Origin)
			return nil, err
		},
	} {
		if evs, err := read(); chatnet.CodeOf(err) != chatnet.CodeStorage || len(evs) > 0 {
			t.Errorf("%s = %d events, %v", name, len(evs), err)
		}
	}
	if evs, err := s.Read(t.Context(), "r", 7, 10); err != nil || len(evs) != 10 {
		t.Errorf("the others: %d events, %v", len(evs), err)
	}
}

func TestFaultOfOtherErrors(t *testing.T) {
	tests := []struct {
		err  error
		want chatnet.Code
	}{
		{fmt.Errorf("write: %w", syscall.ENOSPC), chatnet.CodeStorageFull},
		{fmt.Errorf("write: %w", syscall.EIO), chatnet.CodeStorage},
		{sql.ErrConnDone, chatnet.CodeStorage},
	}
	for _, tt := range tests {
		if got := fault(tt.err); got.Code != tt.want || !errors.Is(got, tt.err) {
			t.Errorf("fault(%v) = %v (%s), want %s", tt.err, got, got.Code, tt.want)
		}
	}
}

// When reading fails every call says so, and none makes up an answer.
func TestFailedReadIsTold(t *testing.T) {
	path := filled(t)
	s := mustOpen(t, path)
	must(t, s.readers.db.Close())
	_, read := s.Read(t.Context(), "r", 0, 1)
	_, back := s.ReadBack(t.Context(), "r", 0, 1)
	_, head := s.Head(t.Context(), "r")
	_, _, origin := s.ByOrigin(t.Context(), "r", chatnet.Origin{Dev: 1, N: 1})
	_, marks := s.Marks(t.Context(), "k")
	for name, err := range map[string]error{"Read": read, "ReadBack": back, "Head": head, "ByOrigin": origin, "Marks": marks} {
		if chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(err.Error(), "cannot read its disk") {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, s.Mark(t.Context(), "k", "r", 1)) // writing has its own connection
	mustClose(t, s)
}

func TestOpenFaultSaysWhatToDo(t *testing.T) {
	db, err := connect(filepath.Join(t.TempDir(), "none"), 1)
	must(t, err)
	defer db.Close()
	missing := db.PingContext(t.Context())
	tests := []struct {
		err  error
		want string
	}{
		{missing, "cannot write beside the database /x/tchat.db; make its folder writable"},
		{context.DeadlineExceeded, "opening the database /x/tchat.db was given up"},
		{errors.New("row 7 is odd"), "the database /x/tchat.db is damaged; put a copy back, or choose another data folder: row 7 is odd"},
	}
	for _, tt := range tests {
		if got := openFault("/x/tchat.db", tt.err); !strings.Contains(got.Error(), tt.want) || !errors.Is(got, tt.err) {
			t.Errorf("openFault(%v) = %q, want %q", tt.err, got, tt.want)
		}
	}
}
