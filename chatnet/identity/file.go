package identity

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// createFile writes data to a new file path, mode 0600, on stable storage when
// it returns. The file is there whole or not at all. It fails with fs.ErrExist
// when there is one already.
func createFile(path string, data []byte) error {
	temp, err := writeTemp(path, data)
	if err != nil {
		return err
	}
	err = os.Link(temp, path) // unlike a rename, fails when path exists
	if err := errors.Join(err, os.Remove(temp)); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// replaceFile is createFile that takes the place of a file that is there.
func replaceFile(path string, data []byte) error {
	temp, err := writeTemp(path, data)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return syncDir(filepath.Dir(path))
}

func writeTemp(path string, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
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
