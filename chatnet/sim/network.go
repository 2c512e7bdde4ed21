package sim

import (
	"sync"
	"time"
)

// weather is what a network is like in one world.
type weather struct {
	near, far time.Duration // the least and the longest delay of a piece
	split     int           // one write in so many is cut
	window    int           // bytes on one way that nobody has read
}

// wide is the window of a good connection.
const wide = 64 << 10

// network carries bytes between hosts. A lost packet is not its business: that
// is a longer delay. The driver calls its methods.
type network struct {
	world   *World
	weather weather

	mu       sync.Mutex // guards all ways, dials and what follows
	lines    []*line    // alive, in the order in which they were made
	made     map[string]int
	walls    map[[2]string]time.Duration // from, to: until when nothing passes
	calling  []*dialling
	listener *listener
}

// line is one connection.
type line struct {
	name           string
	client         string
	up, down       *way // to the server, to the client
	atHost, atHome *conn
}

func newNetwork(w *World, weather weather) *network {
	return &network{world: w, weather: weather, made: map[string]int{}, walls: map[[2]string]time.Duration{}}
}

// connect makes a connection from a client to the server. mu is held.
func (n *network) connect(client string) *line {
	n.made[client]++
	name := client + "/" + itoa(n.made[client])
	l := &line{name: name, client: client}
	l.up, l.down = n.way(name+">", client, hostName), n.way(name+"<", hostName, client)
	l.atHome = &conn{line: l, in: l.down, out: l.up, here: addr(client), peer: hostName}
	l.atHost = &conn{line: l, in: l.up, out: l.down, here: hostName, peer: addr(client)}
	t := newTap(n.world, l)
	l.up.tap, l.down.tap = t.asked, t.told
	n.lines = append(n.lines, l)
	return l
}

func (n *network) way(name, from, to string) *way {
	w := &way{net: n, name: name, from: from, to: to, dice: roll(n.world.seed, name), window: n.weather.window}
	w.moved.L = &n.mu
	return w
}

// collect takes what hosts wrote and whom they dialled since the last time.
func (n *network) collect() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.lines {
		l.up.collect()
		l.down.collect()
	}
	n.lines = filter(n.lines, func(l *line) bool { return !l.over() })
	n.collectDials()
}

// over reports whether nobody can read or write any more.
func (l *line) over() bool { return l.up.over() && l.down.over() }

func (w *way) over() bool {
	return len(w.written) == 0 && (w.reset || w.vanished && w.unread && w.closed || w.unread && w.sentEnd)
}

// wall lets nothing pass between two hosts in one direction for a while.
func (n *network) wall(from, to string, long time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.walls[[2]string{from, to}] = max(n.walls[[2]string{from, to}], n.world.now()+long)
}

// blocked returns until when nothing passes. mu is held.
func (n *network) blocked(from, to string) time.Duration { return n.walls[[2]string{from, to}] }

// each calls f for the living connections of a client, all of them for "".
func (n *network) each(client string, f func(l *line)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range n.lines {
		if client == "" || l.client == client {
			f(l)
		}
	}
}

// cut resets a client's connections at both ends at once.
func (n *network) cut(client string) {
	n.each(client, func(l *line) { l.up.breakOff(); l.down.breakOff() })
}

// silence makes a client's connections lead nowhere, and tells nobody.
func (n *network) silence(client string) {
	n.each(client, func(l *line) { l.up.vanished, l.down.vanished = true, true })
}

// refuse answers bytes that arrive where nobody reads with a reset. mu is held.
func (n *network) refuse(w *way) {
	for _, l := range n.lines {
		if l.up == w || l.down == w {
			n.world.at(n.world.now()+n.weather.far, func() {
				n.mu.Lock()
				defer n.mu.Unlock()
				l.up.breakOff()
				l.down.breakOff()
			})
			return
		}
	}
}

// heal ends all faults: walls fall, what leads nowhere is reset, and slow and
// narrow ways become fast and wide.
func (n *network) heal() {
	n.each("", func(l *line) {
		l.up.window, l.down.window = wide, wide
		l.up.moved.Broadcast()
		l.down.moved.Broadcast()
		if l.up.vanished || l.down.vanished {
			l.up.breakOff()
			l.down.breakOff()
		}
	})
	n.mu.Lock()
	defer n.mu.Unlock()
	n.weather.far, n.weather.window = n.weather.near+time.Millisecond, wide
	clear(n.walls) // what waits behind one was planned to come at its old end
}

// open says where connections are accepted; nil: nowhere.
func (n *network) open(l *listener) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.listener != nil {
		_ = n.listener.Close() // it never fails
	}
	n.listener = l
}

// deaf makes the taps of a client's lines ignore what a dead machine's program
// still writes before it notices: of the server for "".
func (n *network) deaf(client string) {
	n.each(client, func(l *line) {
		w := l.down
		if client != "" {
			w = l.up
		}
		w.tap = func([]byte) {}
	})
}
