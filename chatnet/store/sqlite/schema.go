package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

const (
	applicationID = 0x74636874 // "tcht", in the header of every database of ours
	schemaVersion = 1
)

// schema is the whole of a database.
//
// A room's id, up to 80 bytes, is in the rows of rooms once and everywhere else
// a small integer: it is part of each key, twice an event, and would be most of
// a short message's size. An event's row lies in the tree of its primary key,
// so that a page of history is one walk. prev is stored and not computed: a row
// that got lost then shows as a gap.
const schema = `
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE rooms (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE events (
	room   INTEGER NOT NULL REFERENCES rooms (id),
	seq    INTEGER NOT NULL,
	prev   INTEGER NOT NULL,
	dev    INTEGER,
	n      INTEGER,
	record TEXT NOT NULL,
	PRIMARY KEY (room, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX events_by_origin ON events (room, dev, n) WHERE dev IS NOT NULL;
CREATE TABLE marks (
	user TEXT NOT NULL,
	room INTEGER NOT NULL REFERENCES rooms (id),
	seq  INTEGER NOT NULL,
	PRIMARY KEY (user, room)
) STRICT, WITHOUT ROWID;
` + editsTable + shotsTable + indexTables

// editsTable says which events hold words of a message beside itself, so that
// a redaction finds them all. A database of an earlier build gets it when it is
// opened.
const editsTable = `
CREATE TABLE IF NOT EXISTS edits (
	room   INTEGER NOT NULL REFERENCES rooms (id),
	target INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	PRIMARY KEY (room, target, seq)
) STRICT, WITHOUT ROWID;
`

// shotsTable has the newest snapshot of each room and its checksum. A database
// of an earlier build gets it when it is opened.
const shotsTable = `
CREATE TABLE IF NOT EXISTS shots (
	room INTEGER PRIMARY KEY REFERENCES rooms (id),
	seq  INTEGER NOT NULL,
	sum  INTEGER NOT NULL,
	data BLOB NOT NULL
) STRICT;
`

// create makes a new database under another name and moves it to path when it
// is whole and on disk, so that a crash leaves none or a good one.
func create(ctx context.Context, path string) error {
	temp := path + ".new"
	for _, name := range []string{temp, temp + "-journal"} { // of a start that crashed here
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := connect(temp, 1)
	if err != nil {
		return err
	}
	if err := errors.Join(fill(ctx, db), db.Close()); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func fill(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, schemaVersion)+schema)
	if err == nil {
		_, err = tx.ExecContext(ctx, "INSERT INTO meta (key, value) VALUES ('epoch', ?)", rand.Text())
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// syncDir makes a new name in a folder survive a power cut. Windows has no
// such call and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
