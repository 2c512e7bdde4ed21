package sqlite

import (
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// A start must refuse a damaged file, and quick_check finds that out by walking
// through every tree: about two seconds a million messages. So Close leaves
// beside the database NAME.sum, its size and the checksum of all its bytes. A
// file that has them still, and no journal, is byte for byte the one that was
// sound when it was closed; that takes a twentieth of the time, and finds also
// what quick_check cannot see, a changed letter. Whatever else is at NAME (after
// a crash, a power cut, put there by hand, changed by the disk) goes through
// quick_check. The seal proves itself: one that was left behind, torn or lost
// costs time alone.

// sealMost is the size of a database up to which a seal is made: reading it
// must not hold up the end of the program.
const sealMost = 8 << 30

// sealed reports whether the database is the one that was sound when it was
// closed.
func sealed(path string) bool {
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return false
	}
	want, err := os.ReadFile(path + ".sum")
	if err != nil {
		return false
	}
	size, _, _ := cutSeal(string(want))
	if info, err := os.Stat(path); err != nil || info.Size() != size {
		return false // without reading it
	}
	got, err := sealOf(path)
	return err == nil && got == string(want)
}

// seal notes what the closed database is. Without it the next start takes
// longer, so errors are of no interest.
func seal(path string) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > sealMost {
		return
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return
	}
	line, err := sealOf(path)
	if err != nil {
		return
	}
	temp := path + ".sum.new"
	if os.WriteFile(temp, []byte(line), 0o600) == nil {
		_ = os.Rename(temp, path+".sum")
	}
}

// sealOf reads the whole file.
func sealOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	size, err := io.CopyBuffer(sum, struct{ io.Reader }{f}, make([]byte, 1<<20))
	return fmt.Sprintf("%d %08x\n", size, sum.Sum32()), err
}

// cutSeal takes a seal apart.
func cutSeal(line string) (size int64, sum uint32, err error) {
	_, err = fmt.Sscanf(line, "%d %x\n", &size, &sum)
	return size, sum, err
}
