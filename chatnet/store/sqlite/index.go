package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// The index of what was said. texts numbers the messages as they came, over
// all rooms, so that the newest are found first; words has under that number
// the words of the text as store.Words cuts them, and tags: the room, who said
// it, whether there is an address in it. words keeps no text beside (content
// is empty): to take a message out, its words are told once more, and
// secure-delete takes them out of the file at once.
const indexTables = `
CREATE TABLE texts (
	id   INTEGER PRIMARY KEY,
	room INTEGER NOT NULL REFERENCES rooms (id),
	seq  INTEGER NOT NULL,
	at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX texts_by_seq ON texts (room, seq);
CREATE VIRTUAL TABLE words USING fts5 (text, tags, content='', tokenize='ascii', prefix='2 3');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
`

// indexed is a text as the index has it.
type indexed struct {
	text, tags string // tags without the room's
	at         int64
}

// indexOf prepares a message, or the text that takes the place of one.
func indexOf(ev chatnet.Event) indexed {
	var text string
	switch b := ev.Body.(type) {
	case chatnet.Said:
		text = b.Text.String()
	case chatnet.Edited:
		text = b.Text.String()
	default:
	}
	if text == "" {
		return indexed{}
	}
	in := indexed{text: strings.Join(store.Words(text), " "), tags: userTag(ev.By), at: ev.At.UnixMilli()}
	if store.Links(text) {
		in.tags += " " + linkTag
	}
	return in
}

const linkTag = "l"

func userTag(user chatnet.UserID) string { return "u" + hex.EncodeToString([]byte(user)) }
func roomTag(room int64) string          { return "r" + strconv.FormatInt(room, 10) }

// index takes an event into the index, in the open transaction. A redaction is
// told before its words are masked.
func (w *writer) index(room int64, r row) error {
	switch {
	case r.edits > 0 && r.words.tags != "":
		return w.reindex(room, r.edits, r.words)
	case r.redacts > 0:
		return w.reindex(room, r.redacts, indexed{})
	case r.words.tags == "":
		return nil
	}
	added, err := w.addText.ExecContext(context.Background(), room, r.seq, r.words.at)
	if err != nil {
		return err
	}
	id, err := added.LastInsertId()
	if err != nil {
		return err
	}
	return step(w.addWords, id, r.words.text, r.words.tags+" "+roomTag(room))
}

// reindex gives the message at target other words, or none.
func (w *writer) reindex(room int64, target chatnet.Seq, now indexed) error {
	var id int64
	err := ask(w.findText, room, target).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	old, err := w.indexedWords(room, target)
	if err == nil {
		err = step(w.dropWords, id, old.text, old.tags+" "+roomTag(room))
	}
	switch {
	case err != nil:
		return err
	case now.tags == "":
		return step(w.dropText, id)
	}
	return step(w.addWords, id, now.text, now.tags+" "+roomTag(room))
}

// indexedWords returns what the index has of a message: its last text before
// the one that is being stored.
func (w *writer) indexedWords(room int64, target chatnet.Seq) (indexed, error) {
	found, err := w.words(room, target)
	var last words
	for _, row := range found {
		if row.seq >= last.seq {
			last = row
		}
	}
	if err != nil || len(found) == 0 {
		return indexed{}, err
	}
	ev, err := store.Unmarshal(last.record)
	return indexOf(ev), err
}

// indexAll makes the index of a database that has none: of an earlier build.
func (w *writer) indexAll(ctx context.Context) error {
	var there int
	if err := w.ask(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'texts'", &there); err != nil || there > 0 {
		return err
	}
	tx, err := w.conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fillIndex(ctx, tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// fillIndex reads every event, in the order of their times.
func fillIndex(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, indexTables); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, "SELECT room, seq, record FROM events WHERE record ->> 'kind' = 'said' ORDER BY record ->> 'at', room, seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var room int64
		var seq chatnet.Seq
		var record []byte
		if err := rows.Scan(&room, &seq, &record); err != nil {
			return err
		}
		if err := fillOne(ctx, tx, room, seq, record); err != nil {
			return err
		}
	}
	return rows.Err()
}

func fillOne(ctx context.Context, tx *sql.Tx, room int64, seq chatnet.Seq, record []byte) error {
	err := tx.QueryRowContext(ctx, "SELECT record FROM events e JOIN edits d ON d.room = e.room AND d.seq = e.seq WHERE d.room = ? AND d.target = ? ORDER BY e.seq DESC LIMIT 1", room, seq).Scan(&record)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	ev, err := store.Unmarshal(record)
	if err != nil {
		return err
	}
	in := indexOf(ev)
	if in.tags == "" {
		return nil
	}
	added, err := tx.ExecContext(ctx, "INSERT INTO texts (room, seq, at) VALUES (?, ?, ?)", room, seq, in.at)
	if err != nil {
		return err
	}
	id, err := added.LastInsertId()
	if err == nil {
		_, err = tx.ExecContext(ctx, "INSERT INTO words (rowid, text, tags) VALUES (?, ?, ?)", id, in.text, in.tags+" "+roomTag(room))
	}
	return err
}
