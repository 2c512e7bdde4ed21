package server

import (
	"fmt"
	"io"
)

// The sizes of a reader's buffer: it starts small, because most connections
// are silent most of the time, and grows while reads fill it.
const (
	minRead = 2 << 10
	maxRead = 32 << 10
)

// chunk is one read's outcome.
type chunk struct {
	p   []byte // valid until the reader is told to go on
	err error
}

// reader reads for a loop. Its goroutine ends when r fails or stop is closed.
type reader struct {
	r    io.Reader
	size int
	in   chan chunk    // to the loop
	next chan struct{} // the loop is done with the chunk
	stop chan struct{} // closed by the loop at its end
	done chan struct{} // closed by the reader at its end
}

// newReader returns a reader whose reads have at least size bytes.
func newReader(r io.Reader, size int) *reader {
	return &reader{
		r:    r,
		size: max(size, minRead),
		in:   make(chan chunk),
		next: make(chan struct{}),
		stop: make(chan struct{}),
		done: make(chan struct{}),
	}
}

// run is the reader's goroutine.
func (r *reader) run() {
	defer close(r.done)
	buf := make([]byte, r.size)
	for {
		n, err := r.read(buf)
		select {
		case r.in <- chunk{buf[:n], err}:
		case <-r.stop:
			return
		}
		if err != nil {
			return
		}
		select {
		case <-r.next:
		case <-r.stop:
			return
		}
		if n == len(buf) && n < maxRead {
			buf = make([]byte, 2*n)
		}
	}
}

// read is one read; a panic in it is an error of this connection alone.
func (r *reader) read(buf []byte) (n int, err error) {
	defer func() {
		if v := recover(); v != nil {
			n, err = 0, fmt.Errorf("reading failed: %T", v)
		}
	}()
	return r.r.Read(buf)
}
