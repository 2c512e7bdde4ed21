package sim

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"time"
)

// inode is a file's bytes: as programs see them, and what of it is safe.
type inode struct {
	data    []byte
	safe    []byte
	waiting []change // between safe and data, in order
	changed time.Time
}

// change is one write, or the cutting of a file to a size.
type change struct {
	at   int
	data []byte // nil: cut
}

func (c change) apply(data []byte) []byte {
	if c.data == nil {
		if c.at <= len(data) {
			return data[:c.at:c.at]
		}
		return append(data, make([]byte, c.at-len(data))...)
	}
	if end := c.at + len(c.data); end > len(data) {
		data = append(data, make([]byte, end-len(data))...)
	}
	copy(data[c.at:], c.data)
	return data
}

func (n *inode) do(c change) {
	n.data = c.apply(n.data)
	n.waiting = append(n.waiting, c)
	n.changed = time.Now()
}

func (n *inode) truncate(size int) { n.do(change{at: size}) }

func (n *inode) sync() {
	for _, c := range n.waiting {
		n.safe = c.apply(n.safe)
	}
	n.waiting = nil
}

// file is an open file.
type file struct {
	disk   *Disk
	name   string
	node   *inode
	at     int64
	closed bool
}

func (f *file) call(writes bool) error {
	if f.closed {
		return fs.ErrClosed
	}
	return f.disk.call(writes)
}

func (f *file) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

func (f *file) ReadAt(p []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.call(false); err != nil {
		return 0, err
	}
	if at >= int64(len(f.node.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.node.data[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) Write(p []byte) (int, error) {
	n, err := f.WriteAt(p, f.at)
	f.at += int64(n)
	return n, err
}

// WriteAt writes p; a call that fails may have written a part of it.
func (f *file) WriteAt(p []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	err := f.call(true)
	if errors.Is(err, fs.ErrClosed) {
		return 0, err
	}
	if n := len(p); err != nil {
		if n = f.disk.dice.IntN(n + 1); n > 0 {
			f.node.do(change{int(at), slices.Clone(p[:n])})
		}
		return n, err
	}
	f.node.do(change{int(at), slices.Clone(p)})
	return len(p), nil
}

func (f *file) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.call(false); err != nil {
		return err
	}
	f.node.truncate(int(size))
	return nil
}

// Sync makes what was written safe. When it fails, some of it may be, and
// nobody will try again: the system thinks that it is done.
func (f *file) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	err := f.call(false)
	switch {
	case err == nil:
		f.node.sync()
	case errors.Is(err, fs.ErrClosed), errors.Is(err, errDead):
		return err
	default:
		f.node.lose(f.disk.dice)
	}
	if f.disk.synced != nil {
		f.disk.synced(f.name, f.node.safe)
	}
	return err
}

func (f *file) Stat() (fs.FileInfo, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.call(false); err != nil {
		return nil, err
	}
	return info{f.name, len(f.node.data), f.node.changed}, nil
}

// Close never fails; a dead machine's files are closed too.
func (f *file) Close() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.closed {
		return fs.ErrClosed
	}
	f.closed = true
	f.disk.open--
	return nil
}
