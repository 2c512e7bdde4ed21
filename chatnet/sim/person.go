package sim

import (
	"context"
	"net"
	"path"
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
)

// person is a machine with a client, and somebody who uses it: one life after
// the other on one disk. The driver owns it, but for what mu guards.
type person struct {
	world *World
	name  string
	dice  dice
	disk  *Disk
	life  *personLife
	lives int
	said  int
	rest  bool // do not start again

	mu     sync.Mutex
	clock  time.Duration
	rooms  map[chatnet.RoomID]chatnet.RoomInfo // as the front end has them
	user   chatnet.UserID
	queued map[chatnet.Origin]bool
	at     map[chatnet.RoomID]chatnet.Seq
}

// personLife is one run of the client's program.
type personLife struct {
	p      *person
	n      int
	disk   *Disk
	client *client.Client
	end    context.CancelFunc
	done   chan struct{}
	dead   bool // by a crash
	over   bool // the driver noticed

	mu     sync.Mutex
	look   sync.Cond
	paused bool // the front end looks away
	deaf   bool // what comes now is seen by nobody
	linked bool
}

const folder = "c"

func newPerson(w *World, n int) *person {
	name := "c" + itoa(n)
	p := &person{world: w, name: name, dice: roll(w.seed, "person", n), disk: newDisk(w, name, 1)}
	p.write("token", "token-of-nobody-else-"+itoa(n))
	return p
}

// write puts a file on the disk before the first life.
func (p *person) write(name, text string) {
	n := &inode{data: []byte(text), safe: []byte(text)}
	p.disk.names[path.Join(folder, name)] = n
	p.disk.safe[path.Join(folder, name)] = n
}

// start begins a life. A disk that fails at it is tried again.
func (p *person) start() {
	p.lives++
	p.mu.Lock()
	p.rooms, p.at, p.queued = map[chatnet.RoomID]chatnet.RoomInfo{}, map[chatnet.RoomID]chatnet.Seq{}, map[chatnet.Origin]bool{}
	p.mu.Unlock()
	w := p.world
	if w.seams.Restart != nil {
		w.seams.Restart(w, p.disk, p.name)
	}
	l := &personLife{p: p, n: p.lives, disk: p.disk, done: make(chan struct{})}
	l.look.L = &l.mu
	chance := roll(w.seed, "jitter", p.name, p.lives)
	var disk client.Disk = p.disk
	if w.seams.ClientDisk != nil {
		disk = w.seams.ClientDisk(disk)
	}
	c, err := client.New(client.Config{
		Address: identity.Address{Scheme: identity.SchemeInsecure, Host: "localhost", Port: "1"},
		Dir:     folder, Disk: disk, Nick: chatnet.MustNick("nick" + p.name), Room: chatnet.MustRoomName("sim"),
		Now: p.now, Rand: chance.Float64,
		Dial: p.dial,
	})
	p.life = l
	if err != nil {
		w.fault("%s cannot start: %v", p.name, err)
		close(l.done)
		return
	}
	l.client = c
	var ctx context.Context
	ctx, l.end = context.WithCancel(context.Background())
	w.working.Go(l.front)
	w.working.Go(func() {
		defer w.nudge()
		defer close(l.done)
		_ = c.Run(ctx) // it says how it was ended, and we know
		_ = c.Close()  // of a dead disk perhaps
	})
}

func (p *person) dial(ctx context.Context) (net.Conn, error) {
	c, err := p.world.net.dial(ctx, p.name)
	if err == nil && p.world.seams.ClientConn != nil {
		c = p.world.seams.ClientConn(p.world, c)
	}
	return c, err
}

func (p *person) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Now().Add(p.clock)
}

// alive returns the life that goes on, or nil.
func (p *person) alive() *personLife {
	if l := p.life; l != nil && l.client != nil && !l.dead && !l.over {
		return l
	}
	return nil
}

// crash ends the life at once.
func (p *person) crash(power bool) {
	l := p.alive()
	if l == nil {
		return
	}
	p.world.fault("%s dies, power cut: %v", p.name, power)
	l.dead = true
	l.disk.kill()
	l.blind()
	p.world.net.deaf(p.name)
	if power {
		p.world.net.silence(p.name)
	} else {
		p.world.net.cut(p.name)
	}
	l.end()
	p.disk = l.disk.next(p.lives+1, power)
}

// quit ends the life in order.
func (p *person) quit() {
	if l := p.alive(); l != nil {
		p.world.fault("%s quits", p.name)
		_ = l.client.Do(chatnet.Quit{}) // it is taken always
	}
}

// look notices a dead disk, and a life that is over.
func (p *person) look() {
	l := p.life
	if l == nil || l.over {
		return
	}
	if !l.dead && l.disk.killed() {
		p.crash(p.dice.hit(2))
	}
	select {
	case <-l.done:
	default:
		return
	}
	l.over = true
	l.blind()
	p.world.open += l.disk.left()
	if !l.dead {
		p.disk = l.disk.next(p.lives+1, false)
	}
	if !p.rest {
		p.world.after(p.dice.span(10*time.Millisecond, p.world.plan.down), p.start)
	}
}
