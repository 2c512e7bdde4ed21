package sim

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"syscall"
	"testing"

	"tchat/chatnet/client"
)

// disk returns a disk outside of any world.
func testDisk(seed uint64) *Disk {
	return newDisk(&World{seed: seed, wake: make(chan struct{}, 1)}, "d", 1)
}

// must returns a value that came without an error.
func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func write(t *testing.T, d *Disk, name, text string, sync bool) {
	t.Helper()
	f := must[client.File](t)(d.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o600))
	must[int](t)(f.Write([]byte(text)))
	if sync {
		if err := f.Sync(); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// read returns a file's bytes, "-" when there is none.
func read(t *testing.T, d *Disk, name string) string {
	t.Helper()
	f, err := d.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return "-"
	}
	return string(must[[]byte](t)(io.ReadAll(f)))
}

func TestDiskKeepsWhatWasSynced(t *testing.T) {
	ends := map[string]bool{}
	for seed := range uint64(200) {
		d := testDisk(seed)
		write(t, d, "c/a", "synced", true)
		if err := d.SyncDir("c"); err != nil {
			t.Fatal(err)
		}
		write(t, d, "c/a", "SYNCED and more", false)
		write(t, d, "c/b", "no name", true)
		if got := read(t, d.next(2, false), "c/a"); got != "SYNCED and more" {
			t.Fatalf("after a kill the file has %q", got)
		}
		after := d.next(3, true)
		a := read(t, after, "c/a")
		ends[a], ends[read(t, after, "c/b")] = true, true
		if len(a) < 6 || !bytes.EqualFold([]byte(a[:6]), []byte("synced")) {
			t.Fatalf("after a power cut the file has %q", a)
		}
	}
	for _, want := range []string{"synced", "SYNCED and more", "SYNced", "-", "no name"} {
		if !ends[want] {
			t.Errorf("200 power cuts never left %q: %d ends", want, len(ends))
		}
	}
}

func TestDiskFails(t *testing.T) {
	d := testDisk(1)
	write(t, d, "c/a", "one", true)
	f := must[client.File](t)(d.OpenFile("c/a", os.O_RDWR, 0))
	d.full = true
	if _, err := f.WriteAt([]byte("two"), 3); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk says %v", err)
	}
	d.full, d.failAt = false, d.ops+1
	if err := f.Sync(); !errors.Is(err, syscall.EIO) {
		t.Errorf("a failing call says %v", err)
	}
	if _, err := f.WriteAt([]byte("two"), 3); err != nil {
		t.Errorf("after the one that fails: %v", err)
	}
	d.dieAt = d.ops + 1
	if err := f.Sync(); !errors.Is(err, errDead) || !d.killed() {
		t.Errorf("a dying machine says %v", err)
	}
	if _, err := d.ReadDir("c"); !errors.Is(err, errDead) {
		t.Errorf("a dead machine says %v", err)
	}
	if err := f.Close(); err != nil || d.left() != 0 {
		t.Errorf("Close: %v, %d files are open", err, d.left())
	}
}

// A file behind a failed sync has what is safe, not what was written.
func TestFailedSyncLoses(t *testing.T) {
	lost := 0
	for seed := range uint64(20) {
		d := testDisk(seed)
		write(t, d, "a", "one", true)
		f := must[client.File](t)(d.OpenFile("a", os.O_RDWR, 0))
		must[int](t)(f.WriteAt([]byte("two"), 3))
		d.failAt = d.ops + 1
		if err := f.Sync(); err == nil {
			t.Fatal("the sync did not fail")
		}
		switch got := read(t, d, "a"); got {
		case "one":
			lost++
		case "onetwo":
		default:
			t.Errorf("seed %d left %q", seed, got)
		}
	}
	if lost == 0 || lost == 20 {
		t.Errorf("%d of 20 lost it", lost)
	}
}

func TestDiskNames(t *testing.T) {
	d := testDisk(1)
	write(t, d, "c/a.new", "new", true)
	write(t, d, "c/a", "old", true)
	if err := d.Rename("c/a.new", "c/a"); err != nil {
		t.Fatal(err)
	}
	list := must[[]os.DirEntry](t)(d.ReadDir("c"))
	if len(list) != 1 || list[0].Name() != "a" || read(t, d, path.Join("c", "a")) != "new" {
		t.Errorf("the folder has %v", list)
	}
	unlock, got, err := d.Lock("c/lock")
	if err != nil || !got {
		t.Fatal(got, err)
	}
	if _, got, _ := d.Lock("c/lock"); got {
		t.Error("the lock was had twice")
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	if err := d.Remove("c/a"); err != nil || read(t, d, "c/a") != "-" {
		t.Errorf("Remove: %v", err)
	}
	if err := d.Remove("c/a"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Remove of nothing: %v", err)
	}
}
