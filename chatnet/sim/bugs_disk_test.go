package sim

import (
	"io/fs"
	"path"

	"tchat/chatnet/client"
)

// The bugs of this file are in what a program does with its disk.

// badDisk is a disk whose files are not what they seem.
type badDisk struct {
	client.Disk
	wrap   func(name string, f client.File) client.File
	rename func(from, to string) (skip bool)
}

func (d badDisk) OpenFile(name string, flag int, perm fs.FileMode) (client.File, error) {
	f, err := d.Disk.OpenFile(name, flag, perm)
	if err != nil || d.wrap == nil {
		return f, err
	}
	return d.wrap(name, f), nil
}

func (d badDisk) Rename(from, to string) error {
	if d.rename != nil && d.rename(from, to) {
		return d.Remove(from)
	}
	return d.Disk.Rename(from, to)
}

// badFile is a file of which some methods are replaced.
type badFile struct {
	client.File
	noSync, noClose bool
}

func (f *badFile) Sync() error {
	if f.noSync {
		return nil
	}
	return f.File.Sync()
}

func (f *badFile) Close() error {
	if f.noClose {
		return nil
	}
	return f.File.Close()
}

// hostNoSync never syncs the server's log.
func hostNoSync() Seams {
	return Seams{HostDisk: func(d client.Disk) client.Disk {
		return badDisk{Disk: d, wrap: func(_ string, f client.File) client.File { return &badFile{File: f, noSync: true} }}
	}}
}

// inFile puts a bug into one of the client's files.
func inFile(name string, spoil func(f *badFile)) func() Seams {
	return func() Seams {
		return Seams{ClientDisk: func(d client.Disk) client.Disk {
			return badDisk{Disk: d, wrap: func(of string, f client.File) client.File {
				if of != path.Join(folder, name) && path.Base(path.Dir(of)) != name {
					return f
				}
				bad := &badFile{File: f}
				spoil(bad)
				return bad
			}}
		}}
	}
}

// outboxDropped begins every life of a client with an empty outbox.
func outboxDropped() Seams {
	return Seams{Restart: func(_ *World, d *Disk, who string) {
		if f := d.names[path.Join(folder, "outbox")]; who != hostName && f != nil {
			f.data, f.safe, f.waiting = nil, nil, nil
		}
	}}
}

// counterKept writes down once, and never again, which numbers were given.
func counterKept() Seams {
	return Seams{ClientDisk: func(d client.Disk) client.Disk {
		return badDisk{Disk: d, rename: func(_, to string) bool {
			if path.Base(to) != "dev" {
				return false
			}
			f, err := d.OpenFile(to, 0, 0)
			if err != nil {
				return false // it is the first time
			}
			_ = f.Close() // it was only looked at
			return true
		}}
	}}
}
