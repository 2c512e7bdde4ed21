package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

const columns = "SELECT e.seq, e.prev, e.dev, e.n, e.record FROM events e JOIN rooms r ON r.id = e.room WHERE r.name = ?"

// readers is the pool for everything that changes nothing, and its statements.
type readers struct {
	db *sql.DB
	statements

	forward, backward, origin, head, marks, shot *sql.Stmt
}

func openReaders(ctx context.Context, path string) (*readers, error) {
	db, err := connect(path, 4, "query_only(1)")
	if err != nil {
		return nil, err
	}
	r := &readers{db: db}
	err = r.prepareAll(ctx, db.PrepareContext, map[**sql.Stmt]string{
		&r.forward:  columns + " AND e.seq > ? ORDER BY e.seq LIMIT ?",
		&r.backward: columns + " AND e.seq < ? ORDER BY e.seq DESC LIMIT ?",
		&r.origin:   columns + " AND e.dev = ? AND e.n = ?",
		&r.head:     "SELECT coalesce(max(e.seq), 0) FROM events e WHERE e.room = (SELECT id FROM rooms WHERE name = ?)",
		&r.marks:    "SELECT r.name, m.seq FROM marks m JOIN rooms r ON r.id = m.room WHERE m.user = ?",
		&r.shot:     "SELECT s.seq, s.sum, s.data FROM shots s JOIN rooms r ON r.id = s.room WHERE r.name = ?",
	})
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	return r, nil
}

func (r *readers) close() error { return errors.Join(r.closeAll(), r.db.Close()) }

// Read returns events after a seq, see store.Log.
func (s *Store) Read(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error) {
	return s.page(ctx, s.readers.forward, room, limit, room, min(after, chatnet.MaxSeq), limit)
}

// ReadBack returns events before a seq, see store.Log.
func (s *Store) ReadBack(ctx context.Context, room chatnet.RoomID, before chatnet.Seq, limit int) ([]chatnet.Event, error) {
	if before == 0 || before > chatnet.MaxSeq {
		before = chatnet.MaxSeq + 1
	}
	evs, err := s.page(ctx, s.readers.backward, room, limit, room, before, limit)
	slices.Reverse(evs)
	return evs, err
}

// ByOrigin finds the event of an origin, see store.Log.
func (s *Store) ByOrigin(ctx context.Context, room chatnet.RoomID, o chatnet.Origin) (chatnet.Event, bool, error) {
	evs, err := s.page(ctx, s.readers.origin, room, 1, room, int64(o.Dev), int64(o.N))
	if err != nil || len(evs) == 0 {
		return chatnet.Event{}, false, err
	}
	return evs[0], true, nil
}

// page returns the rows of a query as events of room, in the query's order.
func (s *Store) page(ctx context.Context, query *sql.Stmt, room chatnet.RoomID, limit int, args ...any) ([]chatnet.Event, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.busy.Done()
	if limit <= 0 {
		return nil, nil
	}
	rows, err := query.QueryContext(ctx, args...)
	if err != nil {
		return nil, readFault(ctx, err)
	}
	defer rows.Close()
	evs := make([]chatnet.Event, 0, min(limit, chatnet.PageSize))
	var data sql.RawBytes
	for rows.Next() {
		var seq, prev chatnet.Seq
		var dev, n sql.NullInt64
		if err := rows.Scan(&seq, &prev, &dev, &n, &data); err != nil {
			return nil, readFault(ctx, err)
		}
		ev, err := store.Unmarshal(data)
		if err != nil {
			return nil, err
		}
		ev.Room, ev.Seq, ev.Prev = room, seq, prev
		ev.Origin = chatnet.Origin{Dev: chatnet.Dev(dev.Int64), N: uint64(n.Int64)}
		evs = append(evs, ev)
	}
	if err := rows.Err(); err != nil {
		return nil, readFault(ctx, err)
	}
	return evs, nil
}

// Head returns a room's newest position, see store.Log.
func (s *Store) Head(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error) {
	if err := s.enter(); err != nil {
		return chatnet.Cursor{}, err
	}
	defer s.busy.Done()
	c := chatnet.Cursor{Room: room, Epoch: s.epoch}
	if err := s.readers.head.QueryRowContext(ctx, room).Scan(&c.Seq); err != nil {
		return chatnet.Cursor{}, readFault(ctx, err)
	}
	return c, nil
}

// Marks returns all marks of a user, see store.Marks.
func (s *Store) Marks(ctx context.Context, user chatnet.UserID) (map[chatnet.RoomID]chatnet.Seq, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.busy.Done()
	rows, err := s.readers.marks.QueryContext(ctx, user)
	if err != nil {
		return nil, readFault(ctx, err)
	}
	defer rows.Close()
	marks := make(map[chatnet.RoomID]chatnet.Seq)
	for rows.Next() {
		var room chatnet.RoomID
		var seq chatnet.Seq
		if err := rows.Scan(&room, &seq); err != nil {
			return nil, readFault(ctx, err)
		}
		marks[room] = seq
	}
	if err := rows.Err(); err != nil {
		return nil, readFault(ctx, err)
	}
	return marks, nil
}

// enter begins a read, which Close then waits for; busy.Done ends it.
func (s *Store) enter() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return isClosed()
	}
	s.busy.Add(1)
	return nil
}

// readFault says why a read failed: the caller left, or the disk.
func readFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return gaveUp(ctx)
	}
	return chatnet.E(chatnet.CodeStorage, "the server cannot read its disk").Because(err)
}
