package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"runtime"

	"tchat/chatnet"
)

// checkpointAt is how many pages the journal may have before they are moved
// into the database, SQLite's own default. The writer does it and not SQLite,
// which would not tell of a sync that failed.
const checkpointAt = 1000

// place is where a room stands: its number in the tables and its newest seq.
type place struct {
	id   int64
	head chatnet.Seq
}

// writer owns the one connection that writes. Its fields are the run
// goroutine's, before it starts the opener's, after it ends the closer's.
type writer struct {
	db   *sql.DB
	conn *sql.Conn

	statements
	begin, commit, rollback, save, release, undo *sql.Stmt
	findRoom, addRoom, findHead                  *sql.Stmt
	addEvent, raiseMark, journal, checkpoint     *sql.Stmt
	addEdit, findWords, setRecord, setShot       *sql.Stmt
	addText, findText, dropText                  *sql.Stmt
	addWords, dropWords                          *sql.Stmt

	rooms  map[chatnet.RoomID]place // as committed
	moved  map[chatnet.RoomID]place // by the transaction that is open
	broken error                    // why nothing is stored any more
}

func openWriter(ctx context.Context, path string) (*writer, error) {
	db, err := connect(path, 1, "journal_mode(WAL)", "secure_delete(1)", "wal_autocheckpoint(0)", "journal_size_limit(67108864)", "cell_size_check(1)")
	if err != nil {
		return nil, refuse("cannot open the database "+path, err)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(openFault(path, err), db.Close())
	}
	return &writer{
		db: db, conn: conn,
		rooms: make(map[chatnet.RoomID]place),
		moved: make(map[chatnet.RoomID]place),
	}, nil
}

// prepare makes the statements, once the file is known to be ours and sound.
func (w *writer) prepare(ctx context.Context) error {
	if _, err := w.conn.ExecContext(ctx, editsTable+shotsTable); err != nil {
		return err
	}
	if err := w.indexAll(ctx); err != nil {
		return err
	}
	return w.prepareAll(ctx, w.conn.PrepareContext, map[**sql.Stmt]string{
		&w.begin:      "BEGIN IMMEDIATE",
		&w.commit:     "COMMIT",
		&w.rollback:   "ROLLBACK",
		&w.save:       "SAVEPOINT job",
		&w.release:    "RELEASE job",
		&w.undo:       "ROLLBACK TO job",
		&w.findRoom:   "SELECT id FROM rooms WHERE name = ?",
		&w.addRoom:    "INSERT INTO rooms (name) VALUES (?)",
		&w.findHead:   "SELECT coalesce(max(seq), 0) FROM events WHERE room = ?",
		&w.addEvent:   "INSERT INTO events (room, seq, prev, dev, n, record) VALUES (?, ?, ?, ?, ?, ?)",
		&w.addEdit:    "INSERT INTO edits (room, target, seq) VALUES (?, ?, ?)",
		&w.findWords:  "SELECT seq, record FROM events WHERE room = ?1 AND (seq = ?2 OR seq IN (SELECT seq FROM edits WHERE room = ?1 AND target = ?2))",
		&w.addText:    "INSERT INTO texts (room, seq, at) VALUES (?, ?, ?)",
		&w.findText:   "SELECT id FROM texts WHERE room = ? AND seq = ?",
		&w.dropText:   "DELETE FROM texts WHERE id = ?",
		&w.addWords:   "INSERT INTO words (rowid, text, tags) VALUES (?, ?, ?)",
		&w.dropWords:  "INSERT INTO words (words, rowid, text, tags) VALUES ('delete', ?, ?, ?)",
		&w.setRecord:  "UPDATE events SET record = ? WHERE room = ? AND seq = ?",
		&w.setShot:    "INSERT OR REPLACE INTO shots (room, seq, sum, data) VALUES (?, ?, ?, ?)",
		&w.raiseMark:  "INSERT INTO marks (user, room, seq) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq",
		&w.journal:    "PRAGMA wal_checkpoint(NOOP)",
		&w.checkpoint: "PRAGMA wal_checkpoint(PASSIVE)",
	})
}

// run stores jobs until the queue is closed and empty. Every job that it takes
// gets one answer.
func (w *writer) run(jobs <-chan *job) {
	for first := range jobs {
		runtime.Gosched() // whoever is about to send may join this transaction
		batch := gather(first, jobs)
		if len(batch) == 0 {
			continue
		}
		answers, err := w.store(batch)
		for i, j := range batch {
			if err != nil {
				j.done <- err
			} else {
				j.done <- answers[i]
			}
		}
		w.tidy()
	}
}

// gather takes first and what waits behind it, up to the size of a
// transaction, leaving out those who gave up.
func gather(first *job, jobs <-chan *job) []*job {
	var batch []*job
	for j, events, bytes := first, 0, 0; ; {
		if j.taken.CompareAndSwap(false, true) {
			batch = append(batch, j)
			events += max(1, len(j.rows))
			bytes += j.size
		}
		if events >= maxJobs || bytes >= maxBytes {
			return batch
		}
		select {
		case next, ok := <-jobs:
			if !ok {
				return batch
			}
			j = next
		default:
			return batch
		}
	}
}

// store puts a batch into one transaction. It returns an answer for each job,
// or an error for all of them: then nothing was stored.
func (w *writer) store(batch []*job) ([]error, error) {
	if w.broken != nil {
		return nil, w.broken
	}
	answers, err := w.transact(batch)
	if err == nil {
		for room, at := range w.moved {
			w.rooms[room] = at
		}
		clear(w.moved)
		return answers, nil
	}
	clear(w.moved)
	_ = step(w.rollback) // fails when SQLite has rolled back by itself; what else may be wrong, the next BEGIN tells
	return nil, w.judge(err)
}

// judge turns an error of SQLite into the answer, and stops all writing when it
// is of the kind that does not pass.
func (w *writer) judge(err error) error {
	e := fault(err)
	if e.Code == chatnet.CodeStorage {
		w.broken = e
	}
	return e
}

func (w *writer) transact(batch []*job) ([]error, error) {
	if err := step(w.begin); err != nil {
		return nil, err
	}
	answers := make([]error, len(batch))
	for i, j := range batch {
		var err error
		if answers[i], err = w.do(j); err != nil {
			return nil, err
		}
	}
	return answers, step(w.commit)
}

// do writes one job. The first result is the job's own answer, which leaves the
// others alone; the second ends the transaction.
func (w *writer) do(j *job) (answer, err error) {
	if !j.mark && j.shot == nil && len(j.rows) == 0 {
		return nil, nil
	}
	at, err := w.find(j.room)
	if err != nil {
		return nil, err
	}
	if j.mark {
		return nil, step(w.raiseMark, j.user, at.id, j.seq)
	}
	if j.shot != nil {
		return nil, step(w.setShot, at.id, j.seq, checksum(j.shot), j.shot)
	}
	if at.head != j.last {
		return chatnet.E(chatnet.CodeConflict, "the log has moved on"), nil
	}
	if len(j.rows) > 1 { // one row is whole by itself
		if err := step(w.save); err != nil {
			return nil, err
		}
	}
	for _, r := range j.rows {
		err = w.add(at.id, r)
		if err != nil {
			break
		}
		at.head = r.seq
	}
	if isDuplicate(err) {
		if len(j.rows) > 1 {
			err = errors.Join(step(w.undo), step(w.release))
		} else {
			err = nil
		}
		return chatnet.E(chatnet.CodeConflict, "the log has an event of that origin"), err
	}
	if err == nil && len(j.rows) > 1 {
		err = step(w.release)
	}
	w.moved[j.room] = at
	return nil, err
}

func (w *writer) add(room int64, r row) error {
	var dev, n any
	if !r.origin.IsZero() {
		dev, n = int64(r.origin.Dev), int64(r.origin.N)
	}
	err := step(w.addEvent, room, r.seq, r.prev, dev, n, r.record)
	if err == nil {
		err = w.index(room, r)
	}
	if err == nil && r.edits > 0 {
		err = step(w.addEdit, room, r.edits, r.seq)
	}
	if err == nil && r.redacts > 0 {
		err = w.mask(room, r.redacts)
	}
	return err
}

// find returns where a room stands in the open transaction, making it known to
// the tables if it is new.
func (w *writer) find(room chatnet.RoomID) (place, error) {
	if at, ok := w.moved[room]; ok {
		return at, nil
	}
	if at, ok := w.rooms[room]; ok {
		return at, nil
	}
	var at place
	err := ask(w.findRoom, room).Scan(&at.id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		result, err := w.addRoom.ExecContext(context.Background(), room)
		if err != nil {
			return place{}, err
		}
		if at.id, err = result.LastInsertId(); err != nil {
			return place{}, err
		}
	case err != nil:
		return place{}, err
	default:
		if err := ask(w.findHead, at.id).Scan(&at.head); err != nil {
			return place{}, err
		}
	}
	w.moved[room] = at
	return at, nil
}

// tidy moves a long journal into the database. Readers may hold a part of it
// back until the next time; a full disk too.
func (w *writer) tidy() {
	if w.broken != nil {
		return
	}
	var busy, pages, moved int64
	err := ask(w.journal).Scan(&busy, &pages, &moved)
	if err == nil && pages-moved >= checkpointAt {
		err = ask(w.checkpoint).Scan(&busy, &pages, &moved)
	}
	if err != nil {
		_ = w.judge(err) // nobody waits for an answer; the next one who stores gets it
	}
}

// close moves the journal into the database and closes it. On a full disk the
// journal stays, with all that is in it, for the next start. Whatever connection
// there was must be closed before.
func (w *writer) close() error {
	var err error
	if w.broken == nil && w.checkpoint != nil {
		_, err = w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		if err != nil && fault(err).Code == chatnet.CodeStorageFull {
			err = nil
		}
	}
	return errors.Join(err, w.closeAll(), w.conn.Close(), w.db.Close())
}
