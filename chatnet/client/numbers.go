package client

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"strconv"
	"strings"

	"tchat/chatnet"
)

// reserve is how many numbers are put aside at once, so that a message costs
// one write to disk and not two.
const reserve = 1024

// numbers gives origins. Its file holds the client's id and a number below
// which all are spent; it is replaced, durably, before any number above is
// given. So no number is given twice, whatever happens to the outbox.
type numbers struct {
	disk  Disk
	path  string
	dev   chatnet.Dev
	next  uint64 // the next to give
	limit uint64 // all up to here are put aside
	lost  bool   // the file did not say what was given
}

// Past maxNumber an origin cannot be written; leap is more than any client
// ever gives.
const (
	maxNumber = 1<<53 - 1
	leap      = 1 << 40
)

// openNumbers reads the file, or makes one with a new id. A damaged file says
// nothing of what was given: then the client becomes another one, or, by
// follow, the one whose messages are in the outbox.
func openNumbers(disk Disk, path string) (*numbers, error) {
	data, err := readFile(disk, path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, storage("cannot read "+path, err)
	}
	if n, ok := parseNumbers(string(data)); ok {
		n.disk, n.path = disk, path
		return n, nil
	}
	n := &numbers{disk: disk, path: path, dev: newDev(), next: 1, lost: true}
	if err := n.write(0); err != nil {
		return nil, err
	}
	return n, nil
}

func newDev() chatnet.Dev {
	var b [8]byte
	for {
		_, _ = rand.Read(b[:]) // never fails, it says
		if d := binary.BigEndian.Uint64(b[:]); d != 0 {
			return chatnet.Dev(d)
		}
	}
}

// take gives the next origin.
func (n *numbers) take() (chatnet.Origin, error) {
	if n.next > maxNumber-reserve {
		n.dev, n.next, n.limit = newDev(), 1, 0
	}
	if n.next > n.limit {
		if err := n.write(n.next + reserve - 1); err != nil {
			return chatnet.Origin{}, err
		}
	}
	o := chatnet.Origin{Dev: n.dev, N: n.next}
	n.next++
	return o, nil
}

// follow keeps clear of the newest origin in the outbox. When the file was
// lost, the client stays who it was, because a server takes messages only from
// the one who numbered them, and goes on far above what it can have given.
func (n *numbers) follow(o chatnet.Origin) error {
	switch {
	case n.lost:
		n.dev, n.next = o.Dev, o.N+leap
		return n.write(n.next - 1)
	case o.Dev == n.dev:
		n.next = max(n.next, o.N+1)
	}
	return nil
}

func (n *numbers) write(limit uint64) error {
	text := n.dev.String() + " " + strconv.FormatUint(limit, 10)
	if err := replaceFile(n.disk, n.path, fmt.Appendf(nil, "%s %08x\n", text, crc32.ChecksumIEEE([]byte(text)))); err != nil {
		return storage("cannot write "+n.path, err)
	}
	n.limit = limit
	return nil
}

func parseNumbers(s string) (*numbers, bool) {
	var dev string
	var limit uint64
	var sum uint32
	if _, err := fmt.Sscanf(s, "%s %d %x\n", &dev, &limit, &sum); err != nil {
		return nil, false
	}
	text := dev + " " + strconv.FormatUint(limit, 10)
	d, err := chatnet.ParseDev(dev)
	if err != nil || sum != crc32.ChecksumIEEE([]byte(text)) || strings.TrimSuffix(s, "\n") != fmt.Sprintf("%s %08x", text, sum) {
		return nil, false
	}
	return &numbers{dev: d, next: limit + 1, limit: limit}, true
}
