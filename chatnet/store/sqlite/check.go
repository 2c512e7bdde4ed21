package sqlite

import (
	"context"
	"errors"
	"strings"

	sqlite3 "modernc.org/sqlite/lib" // its result codes

	"tchat/chatnet"
)

// inspect asks SQLite what the header could not tell, before anything is
// written: whose the file is with its journal taken in, whether it is whole, and
// which epoch it has. A sound file was checked already, see sealed. Then it
// makes the writer ready.
func (w *writer) inspect(ctx context.Context, path string, sound bool) (chatnet.Epoch, error) {
	var app, version int64
	if err := w.ask(ctx, "PRAGMA application_id", &app); err != nil {
		return "", openFault(path, err)
	}
	if err := w.ask(ctx, "PRAGMA user_version", &version); err != nil {
		return "", openFault(path, err)
	}
	if err := checkOwner(path, app, version); err != nil {
		return "", err
	}
	if !sound {
		if err := w.check(ctx, path, "PRAGMA quick_check(1)"); err != nil {
			return "", err
		}
	}
	var mode string
	if err := w.ask(ctx, "PRAGMA journal_mode", &mode); err != nil || mode != "wal" {
		return "", refuse("the database "+path+" cannot have a journal beside it ("+mode+"); use a local disk", err)
	}
	var epoch chatnet.Epoch
	if err := w.ask(ctx, "SELECT value FROM meta WHERE key = 'epoch'", &epoch); err != nil || epoch == "" {
		return "", openFault(path, err)
	}
	if err := w.prepare(ctx); err != nil {
		return "", openFault(path, err)
	}
	return epoch, nil
}

// check asks SQLite whether the file is whole.
func (w *writer) check(ctx context.Context, path, pragma string) error {
	var verdict string
	if err := w.ask(ctx, pragma, &verdict); err != nil {
		return openFault(path, err)
	}
	if verdict != "ok" {
		return openFault(path, errors.New(strings.Join(strings.Fields(verdict), " ")))
	}
	return nil
}

func (w *writer) ask(ctx context.Context, query string, to any) error {
	return w.conn.QueryRowContext(ctx, query).Scan(to)
}

// openFault says why a file that looked like ours cannot be used.
func openFault(path string, err error) error {
	full := refuse("the disk of "+path+" is full; make room", err)
	if resultCode(err) == sqlite3.SQLITE_IOERR_SHMSIZE {
		return full
	}
	switch resultCode(err) & 0xff {
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return refuse("cannot write beside the database "+path+"; make its folder writable, or choose another data folder", err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return chatnet.E(chatnet.CodeBusy, "another program holds the database "+path+"; close it").Because(err)
	case sqlite3.SQLITE_FULL:
		return full
	case sqlite3.SQLITE_IOERR:
		return refuse("the disk of "+path+" cannot be read or written", err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return refuse("opening the database "+path+" was given up", err)
	}
	return refuse("the database "+path+" is damaged; put a copy back, or choose another data folder", err)
}
