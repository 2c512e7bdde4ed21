package sim

import (
	"context"
	"net"
	"sync"
	"syscall"
)

// dialling is a client's wish for a connection.
type dialling struct {
	client string
	cause  func() error  // why the client gave up
	got    chan net.Conn // capacity 1; closed without one when refused
}

// dial waits for a connection to the server.
func (n *network) dial(ctx context.Context, client string) (net.Conn, error) {
	d := &dialling{client: client, cause: ctx.Err, got: make(chan net.Conn, 1)}
	n.mu.Lock()
	n.calling = append(n.calling, d)
	n.mu.Unlock()
	n.world.nudge()
	select {
	case c, ok := <-d.got:
		if !ok {
			return nil, &net.OpError{Op: "dial", Net: "sim", Addr: addr(hostName), Err: syscall.ECONNREFUSED}
		}
		return c, nil
	case <-ctx.Done():
		select {
		case c, ok := <-d.got:
			if ok {
				_ = c.Close() // it came too late
			}
		default:
		}
		return nil, ctx.Err()
	}
}

// collectDials plans the answers to new wishes. mu is held.
func (n *network) collectDials() {
	calls := n.calling
	n.calling = nil
	sortBy(calls, func(d *dialling) string { return d.client })
	for _, d := range calls {
		way := roll(n.world.seed, "dial", d.client, n.made[d.client], n.world.now())
		n.world.at(n.world.now()+way.span(n.weather.near, n.weather.far), func() { n.answer(d) })
	}
}

// answer connects a client, later if something is in the way.
func (n *network) answer(d *dialling) {
	n.mu.Lock()
	defer n.mu.Unlock()
	until := max(n.blocked(d.client, hostName), n.blocked(hostName, d.client))
	switch {
	case d.cause() != nil:
	case until > n.world.now():
		n.world.at(until, func() { n.answer(d) })
	case n.listener == nil || !n.listener.open():
		close(d.got)
	default:
		l := n.connect(d.client)
		n.listener.accept(l.atHost)
		d.got <- l.atHome
	}
}

// listener is where a server's life accepts.
type listener struct {
	wrap func(net.Conn) net.Conn
	came chan net.Conn
	down chan struct{}
	once sync.Once
}

func newListener(wrap func(net.Conn) net.Conn) *listener {
	return &listener{wrap: wrap, came: make(chan net.Conn, 64), down: make(chan struct{})}
}

func (l *listener) open() bool {
	select {
	case <-l.down:
		return false
	default:
		return true
	}
}

// accept hands a connection over; one that nobody takes is never answered.
func (l *listener) accept(c net.Conn) {
	select {
	case l.came <- l.wrap(c):
	default:
	}
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case <-l.down:
		return nil, net.ErrClosed
	case c := <-l.came:
		return c, nil
	}
}

// Close ends the accepting.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.down) })
	return nil
}

// Addr returns the server's name.
func (l *listener) Addr() net.Addr { return addr(hostName) }
