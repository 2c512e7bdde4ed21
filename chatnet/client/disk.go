package client

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock" // two clients in one folder would number alike
)

// Disk is where a client's folder is. A Config without one means the machine's
// own; another one lets a simulation fail a call or cut the power. Names are
// paths as package filepath makes them, errors those of package fs.
type Disk interface {
	// OpenFile opens a file, as os.OpenFile does.
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)

	// MkdirAll makes a folder, mode 0700, and closes one that is there to others.
	MkdirAll(name string) error

	// ReadDir lists a folder by name.
	ReadDir(name string) ([]fs.DirEntry, error)

	// Rename puts a file in the place of another.
	Rename(from, to string) error

	// Remove removes a file.
	Remove(name string) error

	// SyncDir makes the names in a folder survive a power cut.
	SyncDir(name string) error

	// Lock takes a lock that ends with the process, and reports whether nobody
	// else has it.
	Lock(name string) (unlock func() error, got bool, err error)
}

// File is an open file of a Disk. What was written survives a power cut only
// when Sync has returned nil since.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.WriterAt
	io.Closer
	Stat() (fs.FileInfo, error)
	Sync() error
	Truncate(size int64) error
}

// machine is the Disk of the machine.
type machine struct{}

func (machine) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // and not a File around nothing
	}
	return f, nil
}

func (machine) MkdirAll(name string) error {
	return errors.Join(os.MkdirAll(name, 0o700), os.Chmod(name, 0o700))
}

func (machine) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (machine) Rename(from, to string) error               { return os.Rename(from, to) }
func (machine) Remove(name string) error                   { return os.Remove(name) }

// SyncDir does nothing on Windows, which has no such call and needs none.
func (machine) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (machine) Lock(name string) (func() error, bool, error) {
	lock := flock.New(name, flock.SetPermissions(0o600))
	got, err := lock.TryLock()
	return lock.Unlock, got, err
}

// readFile returns a file's bytes.
func readFile(d Disk, name string) ([]byte, error) {
	f, err := d.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(f)
}

// writeFile makes a file anew. It is not synced.
func writeFile(d Disk, name string, data []byte) error {
	f, err := d.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
