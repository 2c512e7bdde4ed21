package sim

import (
	"net"
	"sync"
	"time"
)

// way is one direction of a connection. Its fields are guarded by network.mu;
// what flies is a happening of the driver's queue.
type way struct {
	net      *network
	name     string
	from, to string // hosts
	dice     dice
	window   int
	tap      func([]byte) // is given what leaves, in order
	moved    sync.Cond

	written  []byte  // by the sender, not yet on its way
	air      []piece // on its way, in order
	flying   int     // bytes that take up the window: in the air, or gone
	got      []byte  // arrived, not yet read
	closed   bool    // nothing more is written
	sentEnd  bool    // the end is on its way
	ended    bool    // the end arrived
	unread   bool    // nothing more is read
	reset    bool
	vanished bool          // bytes go nowhere, and nobody says so
	last     time.Duration // when the newest of what flies arrives
	readBy   limit
	writeBy  limit
}

// room returns how many bytes may be written just now.
func (w *way) room() int {
	return max(0, w.window-len(w.written)-w.flying-len(w.got))
}

func (w *way) deadline(l *limit, at time.Time) error {
	w.net.mu.Lock()
	defer w.net.mu.Unlock()
	if w.unread && l == &w.readBy || w.closed && l == &w.writeBy {
		return net.ErrClosed
	}
	l.stop()
	l.at = at
	if !at.IsZero() {
		l.timer = time.AfterFunc(time.Until(at), w.wake)
	}
	w.moved.Broadcast()
	return nil
}

func (w *way) wake() {
	w.net.mu.Lock()
	defer w.net.mu.Unlock()
	w.moved.Broadcast()
}

// collect puts what was written on its way: in pieces cut at any byte, each
// with a delay, none overtaking another. The driver calls it; mu is held.
func (w *way) collect() {
	data := w.written
	if w.written = nil; len(data) > 0 {
		w.tap(data)
	}
	if w.vanished || w.reset {
		w.flying += len(data) // nobody says that it came
		return
	}
	for len(data) > 0 {
		n := len(data)
		if n > 1 && w.dice.hit(w.net.weather.split) {
			n = 1 + w.dice.IntN(n-1)
		}
		w.fly(data[:n:n])
		data = data[n:]
	}
	if w.closed && !w.sentEnd {
		w.sentEnd = true
		w.fly(nil)
	}
}

// piece is some bytes, or the end.
type piece []byte

// arrival returns when something that leaves now arrives. Sometimes it is
// when the piece before it does, so that the reader gets both at once.
func (w *way) arrival() time.Duration {
	at := max(w.last, w.net.world.now()+w.dice.span(w.net.weather.near, w.net.weather.far))
	if w.dice.hit(3) {
		at = max(w.last, w.net.world.now()+w.net.weather.near)
	}
	w.last = at
	return at
}

func (w *way) fly(p piece) {
	w.flying += len(p)
	w.air = append(w.air, p)
	w.net.world.at(w.arrival(), w.arrive)
}

// arrive gives the oldest piece to the reader, later if something is in the
// way.
func (w *way) arrive() {
	w.net.mu.Lock()
	defer w.net.mu.Unlock()
	if until := w.net.blocked(w.from, w.to); until > w.net.world.now() {
		w.last = max(w.last, until)
		w.net.world.at(until, w.arrive)
		return
	}
	p := w.air[0]
	w.air = w.air[1:]
	switch {
	case w.vanished || w.reset:
		return
	case p == nil:
		w.ended = true
	case w.unread:
		w.net.refuse(w)
	default:
		w.got = append(w.got, p...)
	}
	w.flying -= len(p)
	w.moved.Broadcast()
}

// breakOff ends the way at both ends. What flies is lost.
func (w *way) breakOff() {
	w.reset, w.got, w.written = true, nil, nil
	w.moved.Broadcast()
}
