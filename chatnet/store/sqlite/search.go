package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

var _ store.Searcher = (*Store)(nil)

// Search finds messages by the index, see store.Searcher.
func (s *Store) Search(ctx context.Context, f store.Find) ([]chatnet.Event, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.busy.Done()
	hits, err := s.readers.search(ctx, f)
	if err != nil {
		return nil, readFault(ctx, err)
	}
	return hits, nil
}

// search does it in one transaction, so that what the index says and what the
// log has is of the same moment.
func (r *readers) search(ctx context.Context, f store.Find) ([]chatnet.Event, error) {
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // it has changed nothing
	rooms, tags, err := roomTags(ctx, tx, f.Rooms)
	if err != nil || len(rooms) == 0 || f.Limit <= 0 {
		return nil, err
	}
	from, err := idAt(ctx, tx, f.After)
	if err != nil {
		return nil, err
	}
	to := int64(math.MaxInt64)
	if !f.Before.IsZero() {
		if to, err = idAt(ctx, tx, f.Before); err != nil {
			return nil, err
		}
	}
	places, err := findPlaces(ctx, tx, f, rooms, tags, from, to)
	if err != nil {
		return nil, err
	}
	var hits []chatnet.Event
	for _, at := range places {
		ev, err := textAt(ctx, tx, at)
		if err != nil {
			return nil, err
		}
		if ev.Room = rooms[at.id]; ev.Room != "" && f.Match(ev) {
			hits = append(hits, ev)
		}
	}
	return hits, nil
}

// roomTags returns rooms by their numbers, and their tags. Rooms in which
// nothing was stored are not there.
func roomTags(ctx context.Context, tx *sql.Tx, ids []chatnet.RoomID) (map[int64]chatnet.RoomID, []string, error) {
	rooms := make(map[int64]chatnet.RoomID, len(ids))
	var tags []string
	find, err := tx.PrepareContext(ctx, "SELECT id FROM rooms WHERE name = ?")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = find.Close() }() // it has changed nothing
	for _, name := range ids {
		var id int64
		switch err := find.QueryRowContext(ctx, name).Scan(&id); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, nil, err
		default:
			rooms[id] = name
			tags = append(tags, roomTag(id))
		}
	}
	return rooms, tags, nil
}

// fewRooms is how many rooms the index is asked for at once: for more, FTS5
// looks every message up in each room's list.
const fewRooms = 2

// lookAt is how many messages of all rooms are looked at to find those in the
// asker's, before the index is asked for them.
const lookAt = 2000

// findPlaces returns where the newest f.Limit messages are. Who is in many
// rooms can read most of what is found, so that it takes least to find it in all
// rooms and leave out the others.
func findPlaces(ctx context.Context, tx *sql.Tx, f store.Find, rooms map[int64]chatnet.RoomID, tags []string, from, to int64) ([]place, error) {
	if all := match(f, nil); len(tags) > fewRooms && all != "" {
		found, err := findTexts(ctx, tx, all, from, to, lookAt)
		if err != nil {
			return nil, err
		}
		whole := len(found) < lookAt
		found = slices.DeleteFunc(found, func(at place) bool { return rooms[at.id] == "" })
		if whole || len(found) >= f.Limit {
			return found[:min(len(found), f.Limit)], nil
		}
	}
	return findTexts(ctx, tx, match(f, tags), from, to, f.Limit)
}

// match writes a query for FTS5. Nothing in it is foreign but letters and
// digits.
func match(f store.Find, rooms []string) string {
	var all []string
	for _, term := range f.Terms {
		phrase := `text : "` + strings.Join(term, `" + "`) + `"`
		if store.Open(term) {
			phrase += " *"
		}
		all = append(all, phrase)
	}
	if f.By != "" {
		all = append(all, "tags : "+userTag(f.By))
	}
	if f.Link {
		all = append(all, "tags : "+linkTag)
	}
	if len(rooms) > 0 {
		all = append(all, "tags : ("+strings.Join(rooms, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

// findTexts returns where the newest messages are that match.
func findTexts(ctx context.Context, tx *sql.Tx, match string, from, to int64, limit int) ([]place, error) {
	rows, err := tx.QueryContext(ctx, `SELECT t.room, t.seq FROM words w CROSS JOIN texts t ON t.id = w.rowid
		WHERE words MATCH ? AND w.rowid >= ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?`, match, from, to, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var places []place
	for rows.Next() {
		var at place
		if err := rows.Scan(&at.id, &at.head); err != nil {
			return nil, err
		}
		places = append(places, at)
	}
	return places, rows.Err()
}

// idAt returns the number of the first message at a time or later. The numbers
// rise with the time, as long as the clock does.
func idAt(ctx context.Context, tx *sql.Tx, t time.Time) (int64, error) {
	var lo, hi int64 // lo-1 is before t, hi is not
	err := tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) + 1 FROM texts").Scan(&hi)
	if t.IsZero() {
		return 0, err
	}
	for err == nil && lo < hi {
		var id, at int64
		mid := lo + (hi-lo)/2
		err = tx.QueryRowContext(ctx, "SELECT id, at FROM texts WHERE id >= ? ORDER BY id LIMIT 1", mid).Scan(&id, &at)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			err, hi = nil, mid
		case at >= t.UnixMilli():
			hi = mid
		default:
			lo = id + 1
		}
	}
	return lo, err
}

// textAt reads a message as it reads now.
func textAt(ctx context.Context, tx *sql.Tx, at place) (chatnet.Event, error) {
	var ev chatnet.Event
	var seq, prev chatnet.Seq
	var dev, n sql.NullInt64
	var record, edit []byte
	err := tx.QueryRowContext(ctx, `SELECT seq, prev, dev, n, record, (SELECT x.record FROM edits d JOIN events x ON x.room = d.room AND x.seq = d.seq
		WHERE d.room = e.room AND d.target = e.seq ORDER BY d.seq DESC LIMIT 1) FROM events e WHERE room = ? AND seq = ?`, at.id, at.head).
		Scan(&seq, &prev, &dev, &n, &record, &edit)
	if err != nil {
		return ev, err
	}
	if ev, err = store.Unmarshal(record); err != nil {
		return ev, err
	}
	ev.Seq, ev.Prev = seq, prev
	ev.Origin = chatnet.Origin{Dev: chatnet.Dev(dev.Int64), N: uint64(n.Int64)}
	if said, ok := ev.Body.(chatnet.Said); ok && edit != nil {
		edited, err := store.Unmarshal(edit)
		if b, ok := edited.Body.(chatnet.Edited); ok {
			said.Text = b.Text
			ev.Body = said
		}
		return ev, err
	}
	return ev, nil
}
