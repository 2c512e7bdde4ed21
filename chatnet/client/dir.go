package client

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tchat/chatnet"
)

// dir is the client's folder, mode 0700, with the lock that makes it ours.
type dir struct {
	disk   Disk
	root   string
	unlock func() error
}

// openDir makes and locks the folder. It refuses with CodeExists when another
// client has it.
func openDir(disk Disk, root string) (*dir, error) {
	if err := disk.MkdirAll(root); err != nil {
		return nil, storage("cannot make the folder "+root+", or close it to others", err)
	}
	unlock, got, err := disk.Lock(filepath.Join(root, "lock"))
	if err != nil {
		return nil, storage("cannot lock the folder "+root, err)
	}
	if !got {
		return nil, chatnet.E(chatnet.CodeExists, "another tchat is connected with the folder "+root+"; use that one, or end it first")
	}
	return &dir{disk: disk, root: root, unlock: unlock}, nil
}

func (d *dir) path(name string) string { return filepath.Join(d.root, name) }

func (d *dir) close() error { return d.unlock() }

// token returns the secret by which a guest is known again, making it once.
func (d *dir) token() (string, error) {
	path := d.path("token")
	data, err := readFile(d.disk, path)
	if s := strings.TrimSpace(string(data)); err == nil && len(s) >= 22 && len(s) <= 128 && !strings.ContainsAny(s, " \t\r\n") {
		return s, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", storage("cannot read "+path, err)
	}
	s := rand.Text()
	if err := replaceFile(d.disk, path, []byte(s+"\n")); err != nil {
		return "", storage("cannot write "+path, err)
	}
	return s, nil
}

func storage(text string, err error) *chatnet.Error {
	return chatnet.E(chatnet.CodeStorage, text).Because(err)
}

// replaceFile puts data in the place of path, mode 0600, on stable storage when
// it returns. The file has the old bytes or the new ones, never a part.
func replaceFile(disk Disk, path string, data []byte) error {
	temp := path + ".new"
	f, err := disk.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, disk.Remove(temp))
	}
	if err := disk.Rename(temp, path); err != nil {
		return err
	}
	return disk.SyncDir(filepath.Dir(path))
}
