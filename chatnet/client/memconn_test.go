package client_test

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// stream is one direction of an in-memory connection: a bounded buffer. After
// cut bytes (if positive) it ends on both sides.
type stream struct {
	mu     sync.Mutex
	change *sync.Cond
	buf    []byte
	max    int
	cut    int // bytes left until the connection breaks; negative: never
	closed bool
}

func newStream(limit, cut int) *stream {
	s := &stream{max: limit, cut: cut}
	s.change = sync.NewCond(&s.mu)
	return s
}

// limit is a deadline of one side of a stream.
type limit struct {
	timer *time.Timer
	over  bool
}

func (s *stream) set(l *limit, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
	}
	l.over = false
	if !t.IsZero() {
		l.timer = time.AfterFunc(time.Until(t), func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			l.over = true
			s.change.Broadcast()
		})
	}
	s.change.Broadcast()
}

func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.change.Broadcast()
}

func (s *stream) read(p []byte, l *limit) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.buf) == 0 && !s.closed && !l.over {
		s.change.Wait()
	}
	switch {
	case len(s.buf) > 0:
		n := copy(p, s.buf)
		s.buf = s.buf[n:]
		s.change.Broadcast()
		return n, nil
	case s.closed:
		return 0, io.EOF
	}
	return 0, os.ErrDeadlineExceeded
}

func (s *stream) write(p []byte, l *limit) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(p) > 0 {
		for len(s.buf) >= s.max && !s.closed && !l.over {
			s.change.Wait()
		}
		switch {
		case s.closed:
			return n, io.ErrClosedPipe
		case l.over:
			return n, os.ErrDeadlineExceeded
		}
		k := min(len(p), s.max-len(s.buf))
		if s.cut >= 0 {
			k = min(k, s.cut)
			s.cut -= k
		}
		s.buf = append(s.buf, p[:k]...)
		p, n = p[k:], n+k
		s.closed = s.closed || s.cut == 0
		s.change.Broadcast()
	}
	return n, nil
}

// memconn is one end of an in-memory connection with deadlines.
type memconn struct {
	in, out *stream
	reads   limit
	writes  limit
}

// pipe returns both ends of a connection with buffers of size bytes. down and
// up bound the bytes to and from the client before the connection breaks.
func pipe(size, down, up int) (client, server *memconn) {
	toClient, toServer := newStream(size, down), newStream(size, up)
	return &memconn{in: toClient, out: toServer}, &memconn{in: toServer, out: toClient}
}

func (c *memconn) Read(p []byte) (int, error) {
	n, err := c.in.read(p, &c.reads)
	if errors.Is(err, io.EOF) {
		c.out.close() // a broken connection is broken both ways
	}
	return n, err
}

func (c *memconn) Write(p []byte) (int, error) { return c.out.write(p, &c.writes) }

func (c *memconn) Close() error {
	c.in.close()
	c.out.close()
	return nil
}

func (c *memconn) SetDeadline(t time.Time) error {
	c.in.set(&c.reads, t)
	c.out.set(&c.writes, t)
	return nil
}

func (c *memconn) SetReadDeadline(t time.Time) error {
	c.in.set(&c.reads, t)
	return nil
}

func (c *memconn) SetWriteDeadline(t time.Time) error {
	c.out.set(&c.writes, t)
	return nil
}

func (c *memconn) LocalAddr() net.Addr  { return &net.UnixAddr{Name: "memory"} }
func (c *memconn) RemoteAddr() net.Addr { return &net.UnixAddr{Name: "memory"} }
