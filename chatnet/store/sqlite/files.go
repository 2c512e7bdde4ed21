package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock" // one server per data folder

	"tchat/chatnet"
)

// lockNote is what the lock file holds once there has been a database.
const lockNote = "a tchat database was made here\n"

// acquire makes the folder and takes the lock beside the database, or says who
// may have it.
func acquire(path string) (*flock.Flock, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, refuse("cannot make the data folder "+filepath.Dir(path), err)
	}
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, refuse("cannot lock "+lock.Path()+"; is the data folder read-only?", err)
	}
	if !ok {
		return nil, chatnet.E(chatnet.CodeBusy, "another server has the database "+path+" open; stop it, or choose another data folder")
	}
	return lock, nil
}

// prepare sees to it that a sound file of ours is at path: one that was there,
// or a new one. The lock is held.
func prepare(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := neverWas(path); err != nil {
			return err
		}
		if err := create(ctx, path); err != nil {
			return refuse("cannot make the database "+path, err)
		}
		return remember(path)
	}
	if err != nil {
		return refuse("cannot look at the database "+path, err)
	}
	if err := writable(path, info); err != nil {
		return err
	}
	if err := checkHeader(path, info); err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return refuse("the database "+path+" is open to others, and that cannot be changed", err)
		}
	}
	return remember(path)
}

// neverWas fails when there must have been a database at path: then an empty
// one in its place would hide the loss.
func neverWas(path string) error {
	for _, name := range []string{path + "-wal", path + "-journal"} {
		if info, err := os.Stat(name); err == nil && info.Size() > 0 {
			return refuse("the database "+path+" is gone, but its journal "+name+" is here; put the database back, or move the journal away to begin anew", nil)
		}
	}
	note, err := os.ReadFile(path + ".lock")
	if err != nil {
		return refuse("cannot read "+path+".lock", err)
	}
	if len(note) > 0 {
		return refuse("the database "+path+" is gone; put it back, or remove "+path+".lock to begin anew", nil)
	}
	return nil
}

// remember writes into the lock file that there is a database.
func remember(path string) error {
	f, err := os.OpenFile(path+".lock", os.O_RDWR, 0o600)
	if err != nil {
		return refuse("cannot write "+path+".lock", err)
	}
	info, err := f.Stat()
	if err == nil && info.Size() == 0 {
		_, err = f.WriteString(lockNote)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return refuse("cannot write "+path+".lock", err)
	}
	return nil
}

func writable(path string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return refuse(path+" is no file; choose another data folder", nil)
	}
	const text = " is read-only; make it writable, or choose another data folder"
	if info.Mode().Perm()&0o200 == 0 { // asked first: the superuser can open it all the same
		return refuse("the database "+path+text, nil)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return refuse("the database "+path+text, err)
	}
	return f.Close()
}

// checkHeader reads the first 100 bytes, of which the SQLite file format gives
// the meaning, before SQLite itself may touch the file.
func checkHeader(path string, info fs.FileInfo) error {
	if info.Size() == 0 {
		return refuse("the database "+path+" is empty, which it never was when tchat made it; put a copy back, or remove it and "+path+".lock to begin anew", nil)
	}
	f, err := os.Open(path)
	if err != nil {
		return refuse("cannot read the database "+path, err)
	}
	var header [100]byte
	_, err = io.ReadFull(f, header[:])
	if err = errors.Join(err, f.Close()); err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return refuse(path+" is damaged or no database at all; put a copy back, or choose another data folder", err)
	}
	return checkOwner(path, int64(binary.BigEndian.Uint32(header[68:])), int64(binary.BigEndian.Uint32(header[60:])))
}

// checkOwner compares the application id and the schema's version.
func checkOwner(path string, app, version int64) error {
	if app != applicationID {
		return refuse(path+" is a database of another program; choose another data folder", nil)
	}
	if version > schemaVersion {
		return refuse("the database "+path+" is of a newer tchat (schema "+strconv.FormatInt(version, 10)+
			", this one knows "+strconv.Itoa(schemaVersion)+"); run the newer one", nil)
	}
	return nil
}

// dsn is the URI that SQLite opens: the file must be there.
func dsn(path string, pragmas []string) string {
	slashed := filepath.ToSlash(path)
	if abs, err := filepath.Abs(path); err == nil {
		slashed = filepath.ToSlash(abs)
	}
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/x is /C:/x in a URI
	}
	query := url.Values{"mode": {"rw"}, "_pragma": append([]string{
		"busy_timeout(5000)",
		"synchronous(FULL)",
		"foreign_keys(1)",
		"fullfsync(1)", // on a Mac fsync alone does not reach the disk
		"checkpoint_fullfsync(1)",
		"trusted_schema(0)",
	}, pragmas...)}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String()
}

func refuse(text string, cause error) error {
	e := chatnet.E(chatnet.CodeStorage, text)
	e.Retry = false
	if cause != nil {
		return e.Because(cause)
	}
	return e
}
