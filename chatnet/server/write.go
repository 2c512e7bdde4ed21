package server

import (
	"errors"
	"net"
	"os"
	"time"

	"tchat/chatnet"
)

// The pieces of one write are copied together while they are few bytes in all,
// or few bytes each: that costs less than telling the kernel of every one.
const (
	gather      = 4 << 10
	smallPieces = 1 << 10
)

// patient is a connection whose writes fail only after chatnet.WriteLimit
// without any progress (DELIVERY C2), however long they take in all. It stands
// under TLS, whose state a write that timed out would spoil.
type patient struct{ net.Conn }

// Write writes all of p, or fails.
func (w patient) Write(p []byte) (int, error) {
	done := 0
	for {
		n, err := w.step(func() (int, error) { return w.Conn.Write(p[done:]) })
		done += n
		if err == nil || !again(n, err) {
			return done, err
		}
	}
}

// writeAll writes several pieces, with one system call where the connection
// can. It empties bufs as they are written.
func (w patient) writeAll(bufs *net.Buffers) (int, error) {
	done := 0
	for {
		n, err := w.step(func() (int, error) {
			n, err := bufs.WriteTo(w.Conn)
			return int(n), err
		})
		done += n
		if err == nil || !again(n, err) {
			return done, err
		}
	}
}

// step is one try to write, with a deadline.
func (w patient) step(write func() (int, error)) (int, error) {
	if err := w.SetWriteDeadline(time.Now().Add(chatnet.WriteLimit)); err != nil {
		return 0, err
	}
	return write()
}

// again reports whether a write that stopped at its deadline made progress, so
// that the rest deserves another try.
func again(n int, err error) bool { return n > 0 && errors.Is(err, os.ErrDeadlineExceeded) }

// write sends pieces in their order. Under TLS, and when they are small, they
// go out as one.
func (c *conn) write(pieces ...[]byte) error {
	size, full := 0, 0
	var only []byte
	for _, p := range pieces {
		if len(p) > 0 {
			size, full, only = size+len(p), full+1, p
		}
	}
	switch {
	case full == 0:
		return nil
	case full == 1:
		return c.sent(c.nc.Write(only))
	case c.peer.Secure || size <= gather || size/full <= smallPieces:
		return c.writeTogether(pieces)
	}
	bufs := net.Buffers(pieces)
	return c.sent(c.raw.writeAll(&bufs))
}

// writeTogether copies pieces into one buffer and writes it.
func (c *conn) writeTogether(pieces [][]byte) error {
	w := c.s.borrow()
	defer c.s.giveBack(w)
	for _, p := range pieces {
		w.all = append(w.all, p...)
	}
	return c.sent(c.nc.Write(w.all))
}

// sent judges the outcome of a write. A peer that took nothing for too long is
// slow; whether it stopped between two messages decides if it can be told.
func (c *conn) sent(n int, err error) error {
	if err == nil {
		return nil
	}
	c.torn = n > 0 || c.peer.Secure
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return errSlow
	}
	return errGone
}
