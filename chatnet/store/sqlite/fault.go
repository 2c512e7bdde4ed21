package sqlite

import (
	"context"
	"errors"
	"syscall"

	"modernc.org/sqlite"             // its errors
	sqlite3 "modernc.org/sqlite/lib" // and their codes

	"tchat/chatnet"
)

// resultCode returns SQLite's extended result code of an error, 0 for others.
func resultCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// isDuplicate reports whether a row was refused because its key is there.
func isDuplicate(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// fault says what a failed transaction means. CodeStorageFull and CodeBusy pass
// by themselves. All else is CodeStorage and for good: after a failed sync
// nobody knows what the disk has, and asking it again would get a false yes.
func fault(err error) *chatnet.Error {
	code := resultCode(err)
	switch {
	case code&0xff == sqlite3.SQLITE_FULL, errors.Is(err, syscall.ENOSPC),
		code == sqlite3.SQLITE_IOERR_SHMSIZE: // the shared index grows before anything is written
		return chatnet.E(chatnet.CodeStorageFull, "the server's disk is full").Because(err)
	case code&0xff == sqlite3.SQLITE_BUSY, code&0xff == sqlite3.SQLITE_LOCKED:
		return chatnet.E(chatnet.CodeBusy, "another program holds the database").Because(err)
	}
	return chatnet.E(chatnet.CodeStorage, "the server's disk failed; nothing can be stored until it is repaired and the server restarted").Because(err)
}

// gaveUp is the answer to a caller whose context has ended.
func gaveUp(ctx context.Context) error {
	return chatnet.E(chatnet.CodeBusy, "the request was given up").Because(context.Cause(ctx))
}

func isClosed() error {
	return chatnet.E(chatnet.CodeShutdown, "the server is shutting down")
}
