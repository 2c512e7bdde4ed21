package server

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// pipeSize is how many bytes one direction of a Pipe holds.
const pipeSize = 64 << 10

// Pipe returns the two ends of a connection within this process, for a front
// end that runs beside the server. Unlike net.Pipe it has a buffer, so that
// two ends that write at once do not wait for each other.
func Pipe() (client, server net.Conn) {
	up, down := newHalf(), newHalf()
	return &pipeConn{r: down, w: up}, &pipeConn{r: up, w: down}
}

// pipeConn is one end of a Pipe.
type pipeConn struct{ r, w *half }

// Read reads what the other end wrote, and io.EOF after its end.
func (c *pipeConn) Read(p []byte) (int, error) { return c.r.read(p) }

// Write waits for room; a closed end answers net.ErrClosed, or io.ErrClosedPipe
// when it was the other end that closed.
func (c *pipeConn) Write(p []byte) (int, error) { return c.w.write(p) }

// Close ends both directions. What was written can still be read.
func (c *pipeConn) Close() error {
	c.w.closeWrite()
	c.r.closeRead()
	return nil
}

// CloseWrite ends this end's writing; the other end reads to the end.
func (c *pipeConn) CloseWrite() error { c.w.closeWrite(); return nil }

func (c *pipeConn) LocalAddr() net.Addr  { return pipeAddr{} }
func (c *pipeConn) RemoteAddr() net.Addr { return pipeAddr{} }

func (c *pipeConn) SetReadDeadline(t time.Time) error  { c.r.deadline(&c.r.readBy, t); return nil }
func (c *pipeConn) SetWriteDeadline(t time.Time) error { c.w.deadline(&c.w.writeBy, t); return nil }
func (c *pipeConn) SetDeadline(t time.Time) error {
	_ = c.SetReadDeadline(t) // it cannot fail
	return c.SetWriteDeadline(t)
}

// pipeAddr is the address of both ends of a Pipe.
type pipeAddr struct{}

func (pipeAddr) Network() string { return "local" }
func (pipeAddr) String() string  { return "local" }

// half is one direction of a Pipe.
type half struct {
	mu      sync.Mutex
	changed sync.Cond
	buf     []byte
	ended   bool // nothing more is written
	unread  bool // nothing more is read
	readBy  limit
	writeBy limit
}

// limit is a deadline, and the timer that wakes whoever waits at it.
type limit struct {
	at    time.Time
	timer *time.Timer
}

func (l *limit) over() bool { return !l.at.IsZero() && !time.Now().Before(l.at) }

func newHalf() *half {
	h := &half{}
	h.changed.L = &h.mu
	return h
}

func (h *half) read(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		switch {
		case h.unread:
			return 0, net.ErrClosed
		case h.readBy.over():
			return 0, os.ErrDeadlineExceeded
		case len(h.buf) > 0 || len(p) == 0:
			n := copy(p, h.buf)
			h.buf = append(h.buf[:0], h.buf[n:]...)
			h.changed.Broadcast()
			return n, nil
		case h.ended:
			return 0, io.EOF
		}
		h.changed.Wait()
	}
}

func (h *half) write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	done := 0
	for {
		switch {
		case h.ended:
			return done, net.ErrClosed
		case h.unread:
			return done, io.ErrClosedPipe
		case h.writeBy.over():
			return done, os.ErrDeadlineExceeded
		case done == len(p):
			return done, nil
		}
		if room := pipeSize - len(h.buf); room > 0 {
			n := min(room, len(p)-done)
			h.buf = append(h.buf, p[done:done+n]...)
			done += n
			h.changed.Broadcast()
			continue
		}
		h.changed.Wait()
	}
}

func (h *half) closeWrite() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
	h.changed.Broadcast()
	h.writeBy.stop()
}

func (h *half) closeRead() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.unread, h.buf = true, nil
	h.changed.Broadcast()
	h.readBy.stop()
}

// deadline sets one of the two limits.
func (h *half) deadline(l *limit, at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l.stop()
	l.at = at
	if !at.IsZero() {
		l.timer = time.AfterFunc(time.Until(at), h.wake)
	}
	h.changed.Broadcast()
}

func (h *half) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changed.Broadcast()
}

func (l *limit) stop() {
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
}
