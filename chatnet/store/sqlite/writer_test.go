package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

func TestSQLiteIsNewEnough(t *testing.T) {
	s := mustOpen(t, filepath.Join(t.TempDir(), "tchat.db"))
	defer mustClose(t, s)
	var version string
	must(t, s.writer.ask(t.Context(), "SELECT sqlite_version()", &version))
	var major, minor, patch int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch); err != nil {
		t.Fatal(err)
	}
	if major*1_000_000+minor*1000+patch < 3_051_003 { // before it, a reset of the WAL could corrupt (DELIVERY section 3)
		t.Errorf("SQLite is %s, must be 3.51.3 or later", version)
	}
}

// The settings that an acknowledgement stands on, on the connections in use.
func TestPragmas(t *testing.T) {
	s := mustOpen(t, filepath.Join(t.TempDir(), "tchat.db"))
	defer mustClose(t, s)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"wal_autocheckpoint": "0", "fullfsync": "1", "checkpoint_fullfsync": "1", "secure_delete": "1", "application_id": fmt.Sprint(0x74636874), "user_version": "1",
	} {
		var got string
		if err := s.writer.ask(t.Context(), "PRAGMA "+pragma, &got); err != nil || got != want {
			t.Errorf("the writer has %s=%s, %v; want %s", pragma, got, err, want)
		}
	}
	if _, err := s.readers.db.ExecContext(t.Context(), "DELETE FROM meta"); err == nil {
		t.Error("a reader could write")
	}
}

func newJob(size, rows int) *job {
	return &job{size: size, rows: make([]row, rows), done: make(chan error, 1)}
}

func TestGather(t *testing.T) {
	gone := newJob(1, 1)
	gone.taken.Store(true)
	tests := []struct {
		name  string
		jobs  []*job
		taken []int // events of each job in the batch
	}{
		{"one", []*job{newJob(1, 1)}, []int{1}},
		{"all that wait", []*job{newJob(1, 1), newJob(1, 2), newJob(1, 3)}, []int{1, 2, 3}},
		{"up to 256 events", []*job{newJob(1, 255), newJob(1, 1), newJob(1, 1)}, []int{255, 1}},
		{"the last may go beyond", []*job{newJob(1, 255), newJob(1, 99), newJob(1, 1)}, []int{255, 99}},
		{"up to 1 MiB", []*job{newJob(1<<19, 1), newJob(1<<19, 2), newJob(1, 3)}, []int{1, 2}},
		{"a big one alone", []*job{newJob(1, 9999), newJob(1, 1)}, []int{9999}},
		{"not those who left", []*job{gone, newJob(1, 2), gone, newJob(1, 3)}, []int{2, 3}},
		{"nobody", []*job{gone, gone}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			queue := make(chan *job, len(tt.jobs))
			for _, j := range tt.jobs[1:] {
				queue <- j
			}
			var got []int
			for _, j := range gather(tt.jobs[0], queue) {
				got = append(got, len(j.rows))
			}
			if diff := cmp.Diff(tt.taken, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	marks := make(chan *job, 300)
	for range 300 {
		marks <- newJob(1, 0)
	}
	if n := len(gather(newJob(1, 0), marks)); n != maxJobs {
		t.Errorf("%d marks in one transaction, want %d", n, maxJobs)
	}
}

// idle opens a store whose writer does not run, so that its queue fills up.
func idle(t *testing.T) *Store {
	t.Helper()
	s := mustOpen(t, filepath.Join(t.TempDir(), "tchat.db"))
	mustClose(t, s)
	return &Store{path: s.path, jobs: make(chan *job, 2)}
}

func TestQueueIsBounded(t *testing.T) {
	s := idle(t)
	for range cap(s.jobs) {
		must(t, s.enqueue(t.Context(), newJob(1, 1)))
	}
	_, err := s.Append(t.Context(), "r", 0, []chatnet.Event{storetest.Message("r", 1, "x")})
	if e := chatnet.AsError(err); e == nil || e.Code != chatnet.CodeBusy || !e.Retry {
		t.Errorf("Append to a full queue: %v", err)
	}
	if err := s.Mark(t.Context(), "k", "r", 1); chatnet.CodeOf(err) != chatnet.CodeBusy {
		t.Errorf("Mark to a full queue: %v", err)
	}
}

// Whoever gives up in the queue is not stored; whoever the writer has already
// taken waits for its answer.
func TestGivingUp(t *testing.T) {
	s := idle(t)
	cause := errors.New("the session ended")
	ctx, cancel := context.WithCancelCause(t.Context())
	answers := make(chan error)
	send := func() { answers <- s.Mark(ctx, "k", "r", 1) }

	go send()
	waiting := <-s.jobs
	cancel(cause)
	err := <-answers
	if !errors.Is(err, cause) || chatnet.CodeOf(err) != chatnet.CodeBusy {
		t.Errorf("who gave up was told %v", err)
	}
	if batch := gather(waiting, nil); len(batch) != 0 {
		t.Error("who gave up is stored all the same")
	}

	ctx, cancel = context.WithCancelCause(t.Context())
	go send()
	batch := gather(<-s.jobs, nil)
	cancel(cause)
	stored := chatnet.E(chatnet.CodeConflict, "the answer of the writer")
	batch[0].done <- stored
	if err := <-answers; !errors.Is(err, stored) {
		t.Errorf("who was in the transaction was told %v", err)
	}
}

// In one transaction a conflict is its own sender's affair.
func TestOneConflictFailsNobodyElse(t *testing.T) {
	s := mustOpen(t, filepath.Join(t.TempDir(), "tchat.db"))
	defer mustClose(t, s)
	rows := func(last chatnet.Seq, origins ...uint64) []row {
		var rows []row
		for _, n := range origins {
			rows = append(rows, row{seq: last + 1, prev: last, origin: chatnet.Origin{Dev: 1, N: n}, record: `{"at":1,"kind":"said","text":"x"}`})
			last++
		}
		return rows
	}
	jobs := []*job{
		{room: "a", rows: rows(0, 1, 2)},
		{room: "b", rows: rows(0, 1)},
		{room: "a", rows: rows(0, 3)},                // behind
		{room: "a", last: 2, rows: rows(2, 3, 1, 4)}, // a repeat in the middle
		{room: "b", last: 1, rows: rows(1, 1)},       // a repeat alone
		{room: "a", last: 2, rows: rows(2, 3, 4)},    // where the one before failed
		{room: "c", rows: rows(0, 1, 1)},             // a new room that gets nothing
		{room: "c", mark: true, user: "k", seq: 5},
		{room: "b", last: 1, rows: rows(1, 2)},
	}
	want := []chatnet.Code{"", "", chatnet.CodeConflict, chatnet.CodeConflict, chatnet.CodeConflict, "", chatnet.CodeConflict, "", ""}
	answers, err := s.writer.store(jobs) // the run goroutine has nothing to do meanwhile
	must(t, err)
	var got []chatnet.Code
	for _, a := range answers {
		got = append(got, chatnet.CodeOf(a))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	for room, count := range map[chatnet.RoomID]chatnet.Seq{"a": 4, "b": 2, "c": 0} {
		if head, err := s.Head(t.Context(), room); err != nil || head.Seq != count {
			t.Errorf("room %s: %+v, %v; want %d events", room, head, err, count)
		}
	}
}

// The journal is moved into the database now and then, not only at the end.
func TestJournalStaysShort(t *testing.T) {
	s := mustOpen(t, filepath.Join(t.TempDir(), "tchat.db"))
	defer mustClose(t, s)
	var longest int64
	var last chatnet.Seq
	for i := range 60 {
		evs := make([]chatnet.Event, 100)
		for k := range evs {
			evs[k] = storetest.Message("r", uint64(100*i+k+1), strings.Repeat("y", 1000))
		}
		stored, err := s.Append(t.Context(), "r", last, evs)
		must(t, err)
		last = stored[99].Seq
		var busy, pages, moved int64
		must(t, s.writer.conn.QueryRowContext(t.Context(), "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &pages, &moved))
		longest = max(longest, pages)
	}
	if longest < checkpointAt/2 || longest > 2*checkpointAt {
		t.Errorf("the journal had up to %d pages; it is cut at %d", longest, checkpointAt)
	}
}

func TestManyStoresAtOnceStayApart(t *testing.T) {
	var wg sync.WaitGroup
	epochs := make([]chatnet.Epoch, 4)
	for i := range epochs {
		s := mustOpen(t, filepath.Join(t.TempDir(), "tchat.db"))
		wg.Go(func() {
			_, err := s.Append(t.Context(), "r", 0, []chatnet.Event{storetest.Message("r", 1, "x")})
			head, headErr := s.Head(t.Context(), "r")
			if err := errors.Join(err, headErr, s.Close()); err != nil || head.Seq != 1 {
				t.Errorf("%+v, %v", head, err)
			}
			epochs[i] = head.Epoch
		})
	}
	wg.Wait()
	seen := make(map[chatnet.Epoch]bool)
	for _, e := range epochs {
		if seen[e] || e == "" {
			t.Errorf("epochs %q", epochs)
		}
		seen[e] = true
	}
}
