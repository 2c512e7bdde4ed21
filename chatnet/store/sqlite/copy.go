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
	"strings"

	"tchat/chatnet"
)

// Report is what a check found in a sound database.
type Report struct {
	Epoch  chatnet.Epoch
	Rooms  int
	Events int64
}

// Check reads a whole database, which a server may have open meanwhile, and
// says what is in it. Beyond what a start looks at it compares each index with
// its table, and follows the chain of every room's events. The error is as that
// of Open.
func Check(ctx context.Context, path string) (Report, error) {
	db, err := openOther(path)
	if err != nil {
		return Report{}, err
	}
	report, err := examine(ctx, db, path)
	return report, errors.Join(err, db.Close())
}

// openOther opens a database beside the server that may have it.
func openOther(path string) (*sql.DB, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, refuse("there is no database "+path, nil)
	}
	if err != nil {
		return nil, refuse("cannot look at the database "+path, err)
	}
	if err := checkHeader(path, info); err != nil {
		return nil, err
	}
	return connect(path, 1, "cell_size_check(1)")
}

func examine(ctx context.Context, db *sql.DB, path string) (Report, error) {
	var report Report
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return report, openFault(path, err)
	}
	if verdict != "ok" {
		return report, openFault(path, errors.New(strings.Join(strings.Fields(verdict), " ")))
	}
	err := db.QueryRowContext(ctx, `SELECT (SELECT value FROM meta WHERE key = 'epoch'), (SELECT count(*) FROM rooms WHERE EXISTS (SELECT 1 FROM events WHERE room = id)),
		(SELECT count(*) FROM events)`).Scan(&report.Epoch, &report.Rooms, &report.Events)
	if err != nil {
		return report, openFault(path, err)
	}
	var room string
	var seq chatnet.Seq
	err = db.QueryRowContext(ctx, `SELECT r.name, e.seq FROM (SELECT room, seq, prev, lag(seq, 1, 0) OVER (PARTITION BY room ORDER BY seq) AS before FROM events) e
		JOIN rooms r ON r.id = e.room WHERE e.prev <> e.before LIMIT 1`).Scan(&room, &seq)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return report, nil
	case err != nil:
		return report, openFault(path, err)
	}
	return report, openFault(path, fmt.Errorf("events are missing before %d of room %s", seq, room))
}

// Backup copies the database at path, which a server may have open and go on
// writing, into a new file: as it was at one moment, whole, and on disk when
// Backup returns. It refuses a file that is there already.
func Backup(ctx context.Context, path, to string) error {
	db, err := openOther(path)
	if err != nil {
		return err
	}
	if _, err = os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(refuse(to+" is there already; choose another name for the backup", nil), db.Close())
	}
	temp := to + ".part"
	if err = errors.Join(vacuumInto(ctx, db, temp), db.Close()); err == nil {
		err = os.Rename(temp, to)
	}
	if err == nil {
		err = syncDir(filepath.Dir(to))
	}
	if err != nil {
		_ = os.Remove(temp) // the first error says more
		return refuse("the backup "+to+" could not be written", err)
	}
	return nil
}

// vacuumInto writes a copy that is whole and on disk when it returns.
func vacuumInto(ctx context.Context, db *sql.DB, temp string) error {
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", temp); err != nil {
		return err
	}
	if f, err = os.OpenFile(temp, os.O_RDWR, 0); err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore puts a copy of the backup from in the place of the database at path.
// It checks the backup first, as Check does, and gives the copy a new epoch, so
// that no client takes it for the log that it knew (DELIVERY 1). A database that
// is there is refused unless replace is given; it is kept under the name that
// is returned. CodeBusy is a server that has path open.
func Restore(ctx context.Context, from, path string, replace bool) (kept string, err error) {
	if _, err := Check(ctx, from); err != nil {
		return "", err
	}
	lock, err := acquire(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	_, err = os.Lstat(path)
	there := !errors.Is(err, fs.ErrNotExist)
	if there && !replace {
		return "", chatnet.E(chatnet.CodeExists, "there is a database "+path+" already")
	}
	temp := path + ".new"
	if err := copyAnew(ctx, from, temp); err != nil {
		_ = os.Remove(temp) // the first error says more
		return "", refuse("the database "+path+" could not be written", err)
	}
	if there {
		kept = path + ".before-" + rand.Text()[:8]
		if err := moveAway(path, kept); err != nil {
			return "", refuse("the database "+path+" could not be moved away", err)
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return kept, refuse("the database "+path+" could not be written", err)
	}
	return kept, errors.Join(syncDir(filepath.Dir(path)), remember(path))
}

// copyAnew makes a copy with an epoch of its own.
func copyAnew(ctx context.Context, from, temp string) error {
	db, err := openOther(from)
	if err != nil {
		return err
	}
	if err := errors.Join(vacuumInto(ctx, db, temp), db.Close()); err != nil {
		return err
	}
	if db, err = connect(temp, 1); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = 'epoch'", rand.Text())
	return errors.Join(err, db.Close())
}

// moveAway renames a database with its journal, which may hold the newest of
// it.
func moveAway(path, kept string) error {
	for _, tail := range []string{"-wal", ""} {
		if err := os.Rename(path+tail, kept+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, tail := range []string{"-shm", ".sum"} { // both can be made again
		if err := os.Remove(path + tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
