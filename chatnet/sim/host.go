package sim

import (
	"context"
	"errors"
	"net"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/hub"
	"tchat/chatnet/server"
	"tchat/chatnet/store"
	"tchat/chatnet/wire/native"
)

// host is the machine with the server: one life after the other on one disk.
// The driver owns it.
type host struct {
	world *World
	dice  dice
	disk  *Disk
	clock time.Duration // how far its clock is off
	life  *hostLife
	lives int
	known map[string]bool // what was safe once: room and seq
	size  int             // bytes of the disk's safe file that were looked at
	rest  bool            // do not start again
}

// hostLife is one run of the server's program.
type hostLife struct {
	h     *host
	n     int
	disk  *Disk
	gone  chan struct{} // closed when the machine dies
	stop  chan struct{} // closed when it is told to end
	done  chan struct{} // closed when its goroutines are no more
	end   context.CancelFunc
	dead  bool // by a crash
	quits bool
	over  bool // the driver noticed
}

func newHost(w *World) *host {
	return &host{world: w, dice: roll(w.seed, "host"), disk: newDisk(w, hostName, 1), known: map[string]bool{}}
}

// start begins a life.
func (h *host) start() {
	h.lives++
	l := &hostLife{h: h, n: h.lives, disk: h.disk, gone: make(chan struct{}), stop: make(chan struct{}), done: make(chan struct{})}
	h.life, h.size = l, 0
	if h.world.seams.Restart != nil {
		h.world.seams.Restart(h.world, h.disk, hostName)
	}
	l.disk.synced = func(_ string, data []byte) { h.safe(data) }
	var ctx context.Context
	ctx, l.end = context.WithCancel(context.Background())
	h.world.working.Go(func() {
		defer close(l.done)
		defer h.world.nudge()
		if err := l.run(ctx); err != nil {
			h.world.tell(hostName, l.n, Fault{"the server did not end in order: " + string(chatnet.CodeOf(err))})
		}
	})
}

// safe writes down what a sync made safe. The store's goroutine calls it.
func (h *host) safe(data []byte) {
	all, size := transactions(data[h.size:])
	h.size += size
	for _, t := range all {
		for _, e := range t.Events {
			key := string(e.Room) + itoa(int(e.Seq)) + e.Origin
			ev, err := e.event()
			if err == nil && !h.known[key] {
				h.known[key] = true
				h.world.tell(hostName, h.lives, Stored{ev})
			}
		}
	}
}

// run is the program: open, serve, drain, close.
func (l *hostLife) run(ctx context.Context) error {
	w := l.h.world
	var disk client.Disk = l.disk
	if w.seams.HostDisk != nil {
		disk = w.seams.HostDisk(disk)
	}
	inner, err := openStore(disk, chatnet.Epoch("e"+itoa(l.n)), l.gone, l.pause)
	if err != nil {
		return err
	}
	w.tell(hostName, l.n, Recovered{inner.all()})
	var s store.Store = inner
	if w.seams.Store != nil {
		s = w.seams.Store(s)
	}
	return errors.Join(l.serve(ctx, s), s.Close())
}

func (l *hostLife) serve(ctx context.Context, s store.Store) error {
	w := l.h.world
	h, err := hub.Open(ctx, hub.Config{Store: s, Now: l.h.now})
	if err != nil {
		return err
	}
	srv := server.New(server.Config{Hub: h})
	listener := newListener(func(c net.Conn) net.Conn {
		if w.seams.HostConn != nil {
			return w.seams.HostConn(w, c)
		}
		return c
	})
	served := make(chan error, 1)
	go func() {
		served <- srv.Serve(ctx, listener, server.Door{Scheme: "tchat", Dialect: native.New(), Public: true})
	}()
	w.net.open(listener)
	select {
	case <-l.stop:
	case <-h.Failed():
		err = errors.New("the disk failed")
	case <-l.gone:
	}
	drain, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return errors.Join(err, srv.Shutdown(drain), <-served)
}

// pause waits as long as the disk takes.
func (l *hostLife) pause(name string, gone <-chan struct{}) {
	h := l.h
	l.h.world.wait(hostName, name, gone, func(d dice) time.Duration {
		switch {
		case name == "gather":
			return 0
		case d.hit(10):
			return d.span(0, h.world.plan.slowDisk)
		}
		return d.span(50*time.Microsecond, 2*time.Millisecond)
	})
}

func (h *host) now() time.Time {
	h.world.mu.Lock()
	defer h.world.mu.Unlock()
	return time.Now().Add(h.clock)
}

// crash ends the life at once: the program alone is killed, or the power cut.
func (h *host) crash(power bool) {
	l := h.life
	if l == nil || l.dead || l.over {
		return
	}
	h.world.fault("the server dies, power cut: %v", power)
	l.dead = true
	l.disk.kill()
	close(l.gone)
	l.end()
	h.world.net.open(nil)
	h.world.net.deaf("")
	if power {
		h.world.net.silence("")
	} else {
		h.world.net.cut("")
	}
	h.disk = l.disk.next(h.lives+1, power)
}

// quit tells the program to end in order.
func (h *host) quit() {
	l := h.life
	if l != nil && !l.dead && !l.over && !l.quits {
		h.world.fault("the server is told to end")
		l.quits = true
		close(l.stop)
	}
}

// look notices a dead disk, and a life that is over.
func (h *host) look() {
	l := h.life
	if l == nil || l.over {
		return
	}
	if !l.dead && l.disk.killed() {
		h.crash(h.dice.hit(2))
	}
	select {
	case <-l.done:
	default:
		return
	}
	l.over = true
	h.world.open += l.disk.left()
	if !l.dead {
		h.world.net.open(nil)
		h.world.net.cut("")
		h.disk = l.disk.next(h.lives+1, false)
	}
	if !h.rest {
		h.world.after(h.dice.span(10*time.Millisecond, h.world.plan.down), h.start)
	}
}
