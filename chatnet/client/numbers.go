package client

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
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
	path  string
	dev   chatnet.Dev
	next  uint64 // the next to give
	limit uint64 // all up to here are put aside
}

// openNumbers reads the file, or makes one with a new id. A damaged file says
// nothing of what was given: then the client becomes another one.
func openNumbers(path string) (*numbers, error) {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, storage("cannot read "+path, err)
	}
	if n, ok := parseNumbers(string(data)); ok {
		n.path = path
		return n, nil
	}
	n := &numbers{path: path, dev: newDev(), next: 1}
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
	if n.next > n.limit {
		if err := n.write(n.next + reserve - 1); err != nil {
			return chatnet.Origin{}, err
		}
	}
	o := chatnet.Origin{Dev: n.dev, N: n.next}
	n.next++
	return o, nil
}

// saw keeps clear of an origin that is in use.
func (n *numbers) saw(o chatnet.Origin) {
	if o.Dev == n.dev && o.N >= n.next {
		n.next = o.N + 1
	}
}

func (n *numbers) write(limit uint64) error {
	text := n.dev.String() + " " + strconv.FormatUint(limit, 10)
	if err := replaceFile(n.path, fmt.Appendf(nil, "%s %08x\n", text, crc32.ChecksumIEEE([]byte(text)))); err != nil {
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
