package sim

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"tchat/chatnet/client"
)

// errDead is every answer of a disk whose machine is gone.
var errDead = errors.New("the machine is gone")

var _ client.Disk = (*Disk)(nil)

// Disk is a simulated disk of one machine in one of its lives. It keeps apart
// what was written and what a power cut would leave.
type Disk struct {
	world *World
	who   string

	mu    sync.Mutex // guards what follows, and all inodes
	dice  dice
	names map[string]*inode // as programs see them
	safe  map[string]*inode // as a power cut leaves them
	moves []move            // of names, not yet synced
	lock  bool
	open  int

	dead   bool
	ops    int
	failAt int // the call that fails, 0 for none
	dieAt  int // the call at which the machine dies, 0 for none
	full   bool
	synced func(name string, data []byte) // is told what is safe now
}

// move is a change of a name: to a file, or to none.
type move struct {
	name string
	file *inode
}

func newDisk(w *World, who string, life int) *Disk {
	return &Disk{world: w, who: who, dice: roll(w.seed, "disk", who, life), names: map[string]*inode{}, safe: map[string]*inode{}}
}

// call counts a call and says whether it fails. mu is held.
func (d *Disk) call(writes bool) error {
	if d.dead {
		return errDead
	}
	d.ops++
	switch {
	case d.dieAt > 0 && d.ops >= d.dieAt:
		d.dead = true
		d.world.nudge()
		return errDead
	case d.failAt > 0 && d.ops >= d.failAt:
		d.failAt = 0
		return syscall.EIO
	case d.full && writes:
		return syscall.ENOSPC
	}
	return nil
}

// OpenFile opens a file, see client.Disk.
func (d *Disk) OpenFile(name string, flag int, _ fs.FileMode) (client.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call(false); err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	f := d.names[name]
	if f == nil {
		if flag&os.O_CREATE == 0 {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		f = &inode{}
		d.name(name, f)
	}
	if flag&os.O_TRUNC != 0 {
		f.truncate(0)
	}
	d.open++
	return &file{disk: d, name: name, node: f}, nil
}

// name changes what a name means.
func (d *Disk) name(name string, f *inode) {
	if f == nil {
		delete(d.names, name)
	} else {
		d.names[name] = f
	}
	d.moves = append(d.moves, move{name, f})
}

// MkdirAll makes a folder; folders are never lost here.
func (d *Disk) MkdirAll(string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.call(false)
}

// ReadDir lists the files of a folder.
func (d *Disk) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call(false); err != nil {
		return nil, err
	}
	var list []fs.DirEntry
	for path, f := range d.names {
		if filepath.Dir(path) == name {
			list = append(list, fs.FileInfoToDirEntry(info{filepath.Base(path), len(f.data), f.changed}))
		}
	}
	sortBy(list, func(e fs.DirEntry) string { return e.Name() })
	return list, nil
}

// Rename puts a file in the place of another.
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call(false); err != nil {
		return err
	}
	f := d.names[from]
	if f == nil {
		return fs.ErrNotExist
	}
	d.name(to, f)
	d.name(from, nil)
	return nil
}

// Remove removes a file.
func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call(false); err != nil {
		return err
	}
	if d.names[name] == nil {
		return fs.ErrNotExist
	}
	d.name(name, nil)
	return nil
}

// SyncDir makes the names in a folder safe.
func (d *Disk) SyncDir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call(false); err != nil {
		return err
	}
	rest := d.moves[:0:0]
	for _, m := range d.moves {
		if filepath.Dir(m.name) == name {
			d.settle(m)
		} else {
			rest = append(rest, m)
		}
	}
	d.moves = rest
	return nil
}

func (d *Disk) settle(m move) {
	if m.file == nil {
		delete(d.safe, m.name)
	} else {
		d.safe[m.name] = m.file
	}
}

// Lock takes the lock of this life.
func (d *Disk) Lock(string) (func() error, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.call(false); err != nil || d.lock {
		return nil, false, err
	}
	d.lock = true
	return d.unlock, true, nil
}

func (d *Disk) unlock() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lock = false
	return nil
}

// kill makes every call from here on fail.
func (d *Disk) kill() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dead = true
}

// killed reports whether the machine is gone.
func (d *Disk) killed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dead
}

// left returns how many files were never closed.
func (d *Disk) left() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

// info describes a file as it was.
type info struct {
	name    string
	size    int
	changed time.Time
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return int64(i.size) }
func (i info) Mode() fs.FileMode  { return 0o600 }
func (i info) ModTime() time.Time { return i.changed }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
