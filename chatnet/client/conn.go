package client

import (
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

const (
	readSize  = 32 << 10  // of one read
	maxUnsent = 256 << 10 // bytes that wait for the writer before nothing more is made
)

// conn is one connection: a goroutine that reads, one that writes, and what
// the engine, which alone uses the other fields, knows of it.
type conn struct {
	dialled
	in    chan []byte // what was read; closed at the end, after fault is set
	fault error
	out   chan []byte   // to be written
	wrote chan error    // capacity 1: the last out is done with
	gone  chan struct{} // closed: the reader need not hand over any more
	work  sync.WaitGroup

	reader   native.Reader
	first    []byte // the first bytes that came, until the welcome
	begun    time.Time
	heard    time.Time // by the wall clock, so that a sleep of the machine counts
	pinged   bool      // since heard
	greeted  bool      // the welcome or a waiting came
	welcomed bool
	up       time.Time // when welcomed came
	buf      []byte    // not yet given to the writer
	spare    []byte    // the buffer that the writer gave back
	busy     bool      // the writer is
	calls    map[uint64]call
	says     int // of calls
	lastID   uint64
}

// call is a request without its reply.
type call struct {
	request chatnet.Request
	origin  chatnet.Origin
}

// open starts the goroutines of a connection.
func open(d dialled, now, wall time.Time) *conn {
	c := &conn{
		dialled: d, begun: now, heard: wall,
		in: make(chan []byte), out: make(chan []byte, 1), wrote: make(chan error, 1),
		gone: make(chan struct{}), calls: make(map[uint64]call),
	}
	c.work.Go(c.read)
	c.work.Go(c.write)
	return c
}

// read hands over what comes. It uses two buffers in turn: whoever takes one
// is done with the other.
func (c *conn) read() {
	defer close(c.in)
	buf, other := make([]byte, readSize), make([]byte, readSize)
	for {
		if c.fault = c.nc.SetReadDeadline(time.Now().Add(chatnet.DeadAfter + tick)); c.fault != nil {
			return
		}
		n, err := c.nc.Read(buf)
		if n > 0 {
			select {
			case c.in <- buf[:n]:
				buf, other = other, buf
			case <-c.gone:
				return
			}
		}
		if err != nil {
			c.fault = err
			return
		}
	}
}

// write writes what it is given, in pieces that each have their time
// (DELIVERY C2).
func (c *conn) write() {
	for data := range c.out {
		var err error
		for len(data) > 0 && err == nil {
			n := min(len(data), 64<<10)
			if err = c.nc.SetWriteDeadline(time.Now().Add(chatnet.WriteLimit)); err == nil {
				_, err = c.nc.Write(data[:n])
			}
			data = data[n:]
		}
		c.wrote <- err
	}
}

// flush gives the writer what there is, if it is idle.
func (c *conn) flush() {
	if c.busy || len(c.buf) == 0 {
		return
	}
	c.busy = true
	c.out <- c.buf
	c.buf, c.spare = c.spare[:0], c.buf
	if cap(c.spare) > maxUnsent {
		c.spare = nil
	}
}

// full reports whether enough waits for the writer.
func (c *conn) full() bool { return len(c.buf) >= maxUnsent }

// close ends the connection and waits for its goroutines.
func (c *conn) close() {
	close(c.gone)
	close(c.out)
	_ = c.raw.Close() // it is over either way; TLS would wait to say so
	c.work.Wait()
}
