package sqlite

import (
	"context"
	"sync/atomic"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

const (
	maxQueue = 4096    // jobs that wait; a room has one at a time
	maxJobs  = 256     // events of one transaction, and
	maxBytes = 1 << 20 // bytes of one; a larger append goes alone
)

// job is one append or one mark on its way to the writer.
type job struct {
	room chatnet.RoomID
	last chatnet.Seq
	rows []row // of an append

	mark bool // instead of an append: user has read up to seq
	user chatnet.UserID
	seq  chatnet.Seq

	shot []byte // instead of an append: the snapshot at seq

	size  int         // bytes
	taken atomic.Bool // by the writer, or by the caller who gave up: the first one has it
	done  chan error  // capacity 1; one answer when the writer took it
}

// row is an event as the table has it.
type row struct {
	seq, prev chatnet.Seq
	origin    chatnet.Origin
	record    string
	edits     chatnet.Seq // of an edit: the message
	redacts   chatnet.Seq // of a redaction: the message
	words     indexed     // of a message or an edit
}

// Append stores events behind last, see store.Log. When ctx ends while the
// events wait in the queue, they are not stored, and the error wraps its cause;
// once the writer has them Append waits for the disk.
func (s *Store) Append(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
	placed := store.Place(room, last, evs)
	j := &job{room: room, last: last, rows: make([]row, len(placed))}
	for i, ev := range placed { // here and not in the writer, which all wait for
		record, err := store.Marshal(ev)
		if err != nil {
			return nil, err
		}
		j.rows[i] = row{seq: ev.Seq, prev: ev.Prev, origin: ev.Origin, record: string(record), words: indexOf(ev)}
		switch b := ev.Body.(type) {
		case chatnet.Edited:
			j.rows[i].edits = b.Target
		case chatnet.Redacted:
			j.rows[i].redacts = b.Target
		default:
		}
		j.size += len(record)
	}
	if err := s.submit(ctx, j); err != nil || len(placed) == 0 {
		return nil, err
	}
	return placed, nil
}

// Mark raises a read mark, see store.Marks. It shares transactions with the
// appends.
func (s *Store) Mark(ctx context.Context, user chatnet.UserID, room chatnet.RoomID, seq chatnet.Seq) error {
	return s.submit(ctx, &job{room: room, mark: true, user: user, seq: seq, size: len(user)})
}

// submit hands j to the writer and waits for its answer.
func (s *Store) submit(ctx context.Context, j *job) error {
	j.done = make(chan error, 1)
	if err := s.enqueue(ctx, j); err != nil {
		return err
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		if j.taken.CompareAndSwap(false, true) {
			return gaveUp(ctx)
		}
		return <-j.done
	}
}

func (s *Store) enqueue(ctx context.Context, j *job) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return isClosed()
	}
	if ctx.Err() != nil {
		return gaveUp(ctx)
	}
	select {
	case s.jobs <- j:
		return nil
	default:
		return chatnet.E(chatnet.CodeBusy, "the server's disk cannot keep up")
	}
}
