package wire

import (
	"bytes"
	"strconv"

	"tchat/chatnet"
)

// Lines cuts a stream of bytes into lines, however it was chopped on the way.
// It holds at most Max bytes. The zero value refuses everything; set Max first.
// Max may be changed between two calls of Next.
type Lines struct {
	Max int // bytes of a line, without its line break

	buf  []byte // the beginning of a line whose end has not come
	skip bool   // inside a line that was too long, until its end
}

// Next takes one line from p and returns it without its "\n" or "\r\n", and
// what is left of p. When p holds no line's end, it is kept for later, and ok
// is false. The line is valid until the next call.
//
// A line longer than Max answers CodeTooLong once, with ok true, as soon as
// the limit is passed; the rest of that line is dropped.
func (l *Lines) Next(p []byte) (line, rest []byte, ok bool, err error) {
	for len(p) > 0 {
		end := bytes.IndexByte(p, '\n')
		switch {
		case end < 0 && l.skip:
			return nil, nil, false, nil
		case end < 0:
			return l.keep(p)
		case l.skip:
			l.skip, p = false, p[end+1:]
			continue
		}
		line, rest = p[:end], p[end+1:]
		if len(l.buf)+len(line) > l.Max {
			l.drop()
			return nil, rest, true, l.tooLong()
		}
		if len(l.buf) > 0 {
			line = append(l.buf, line...)
			l.buf = l.shrunk(line)
		}
		return bytes.TrimSuffix(line, []byte{'\r'}), rest, true, nil
	}
	return nil, nil, false, nil
}

// Waiting returns how many bytes of an unfinished line are held.
func (l *Lines) Waiting() int { return len(l.buf) }

func (l *Lines) keep(p []byte) (line, rest []byte, ok bool, err error) {
	if len(l.buf)+len(p) > l.Max {
		l.drop()
		l.skip = true
		return nil, nil, true, l.tooLong()
	}
	l.buf = append(l.buf, p...)
	return nil, nil, false, nil
}

// idleBuffer is what a connection may keep between two lines, so that ten
// thousand idle ones cost little.
const idleBuffer = 1 << 10

// shrunk returns the buffer for the next line: line's own when it is small.
func (l *Lines) shrunk(line []byte) []byte {
	if cap(line) > idleBuffer {
		return nil
	}
	return line[:0]
}

func (l *Lines) drop() { l.buf = nil }

func (l *Lines) tooLong() error {
	return chatnet.E(chatnet.CodeTooLong, "a line has at most "+strconv.Itoa(l.Max)+" bytes")
}
