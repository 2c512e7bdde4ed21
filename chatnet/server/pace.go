package server

import (
	"bytes"
	"time"

	"tchat/chatnet/wire"
)

// pace holds writes back as a dialect's manners ask for (DOORS C1, C2): with a
// gap between two, and what waits joined. It is told the time. The zero value
// writes everything at once and unjoined.
type pace struct {
	m     wire.Manners
	queue []wire.Write
	size  int       // bytes in the queue
	next  time.Time // the earliest time of the next write
}

// put queues writes. It reports false when more wait than may; the queue is
// empty then, so that a reason can be told.
func (p *pace) put(ws []wire.Write) bool {
	for _, w := range ws {
		if len(w.Bytes) > 0 {
			p.queue = append(p.queue, w)
			p.size += len(w.Bytes)
		}
	}
	if p.m.Queue > 0 && p.size > p.m.Queue {
		p.queue, p.size = nil, 0
		return false
	}
	return true
}

// empty reports whether nothing waits.
func (p *pace) empty() bool { return len(p.queue) == 0 }

// take returns what is to be written now in one write, nil when nothing is.
func (p *pace) take(now time.Time) []byte {
	if p.empty() || now.Before(p.next) {
		return nil
	}
	out, w := p.pop()
	for !p.empty() && !w.Alone && w.Quiet == 0 && p.joins(out) {
		if !bytes.HasSuffix(out, []byte{'\n'}) {
			out = append(out[:len(out):len(out)], '\n')
		}
		var more []byte
		more, w = p.pop()
		out = append(out[:len(out):len(out)], more...)
	}
	p.next = now.Add(max(p.m.Gap, w.Quiet))
	return out
}

// joins reports whether the next write may go out together with out.
func (p *pace) joins(out []byte) bool {
	w := p.queue[0]
	return !w.Alone && len(out)+1+len(w.Bytes) <= p.m.Join
}

func (p *pace) pop() ([]byte, wire.Write) {
	w := p.queue[0]
	p.queue[0] = wire.Write{}
	p.queue = p.queue[1:]
	p.size -= len(w.Bytes)
	if p.empty() {
		p.queue = nil
	}
	return w.Bytes, w
}
