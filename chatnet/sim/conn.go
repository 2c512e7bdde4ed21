package sim

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

// conn is one end of a connection: it reads from one way and writes to the
// other. It keeps net.Conn's contract, deadlines and half-closing included.
type conn struct {
	line *line
	in   *way
	out  *way
	here addr
	peer addr
}

// addr is a host's name.
type addr string

// Network returns the name of this network.
func (addr) Network() string { return "sim" }

// String returns the host's name.
func (a addr) String() string { return string(a) }

func (c *conn) LocalAddr() net.Addr  { return c.here }
func (c *conn) RemoteAddr() net.Addr { return c.peer }

// Read waits for bytes and returns all that came, whatever pieces they came in.
func (c *conn) Read(p []byte) (int, error) {
	w := c.in
	w.net.mu.Lock()
	defer w.net.mu.Unlock()
	for {
		switch {
		case w.unread:
			return 0, net.ErrClosed
		case w.reset:
			return 0, c.broken("read", syscall.ECONNRESET)
		case w.readBy.over():
			return 0, os.ErrDeadlineExceeded
		case len(w.got) > 0 || len(p) == 0:
			n := copy(p, w.got)
			w.got = w.got[n:]
			w.moved.Broadcast()
			return n, nil
		case w.ended:
			return 0, io.EOF
		}
		w.moved.Wait()
	}
}

// Write waits until the window has room for all of p.
func (c *conn) Write(p []byte) (int, error) {
	w := c.out
	w.net.mu.Lock()
	defer w.net.mu.Unlock()
	for done := 0; ; {
		switch {
		case w.closed:
			return done, net.ErrClosed
		case w.reset:
			return done, c.broken("write", syscall.EPIPE)
		case w.writeBy.over():
			return done, os.ErrDeadlineExceeded
		case done == len(p):
			return done, nil
		}
		if n := min(w.room(), len(p)-done); n > 0 {
			w.written = append(w.written, p[done:done+n]...)
			done += n
			w.net.world.nudge()
			continue
		}
		w.moved.Wait()
	}
}

func (c *conn) broken(op string, err error) error {
	return &net.OpError{Op: op, Net: "sim", Addr: c.peer, Err: err}
}

// Close ends both directions. What was written still goes out.
func (c *conn) Close() error {
	c.out.net.mu.Lock()
	defer c.out.net.mu.Unlock()
	if c.in.unread {
		return net.ErrClosed
	}
	c.closeWrite()
	c.in.unread, c.in.got = true, nil
	c.in.moved.Broadcast()
	c.in.readBy.stop()
	c.out.writeBy.stop()
	return nil
}

// CloseWrite ends the writing side.
func (c *conn) CloseWrite() error {
	c.out.net.mu.Lock()
	defer c.out.net.mu.Unlock()
	if c.out.reset {
		return errors.New("the connection was reset")
	}
	c.closeWrite()
	return nil
}

func (c *conn) closeWrite() {
	c.out.closed = true
	c.out.moved.Broadcast()
	c.out.net.world.nudge()
}

// SetDeadline sets both deadlines.
func (c *conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// SetReadDeadline says until when a Read may wait.
func (c *conn) SetReadDeadline(t time.Time) error { return c.in.deadline(&c.in.readBy, t) }

// SetWriteDeadline says until when a Write may wait.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.out.deadline(&c.out.writeBy, t) }

// limit is a deadline, and the timer that wakes whoever waits at it.
type limit struct {
	at    time.Time
	timer *time.Timer
}

func (l *limit) over() bool { return !l.at.IsZero() && !time.Now().Before(l.at) }

func (l *limit) stop() {
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
}
