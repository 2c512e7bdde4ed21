package sim

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing/synctest" // the bubble's time, and when all in it wait
	"time"

	"tchat/chatnet/client"
	"tchat/chatnet/store"
)

// hostName is the server's name in the network and in records.
const hostName = "s"

// World is one simulation. Its driver is the goroutine that calls Run, inside a
// synctest bubble; everything else is started by it and waited for.
type World struct {
	seed  uint64
	seams Seams
	began time.Time
	queue queue
	wake  chan struct{} // capacity 1: something is to be gathered
	over  bool

	net     *network
	host    *host
	people  []*person
	plan    plan
	history History
	open    int           // files that nobody closed
	early   time.Duration // when, after the last fault, all was quiet first
	working sync.WaitGroup

	mu    sync.Mutex // guards the mail
	mail  []letter
	pause []*pause
}

// Seams are where a bug can be put in; nil ones are as the product has them.
type Seams struct {
	Store      func(store.Store) store.Store
	HostDisk   func(client.Disk) client.Disk
	HostConn   func(w *World, c Wire) Wire
	ClientDisk func(client.Disk) client.Disk
	ClientConn func(w *World, c Wire) Wire
	Restart    func(w *World, d *Disk, who string) // before a life begins on its disk
}

// letter is a record from a goroutine that is not the driver.
type letter struct {
	who  string
	life int
	what What
}

// pause is somebody who waits for their disk.
type pause struct {
	who  string
	name string
	long func(d dice) time.Duration
	done chan struct{}
}

// now returns how old the world is.
func (w *World) now() time.Duration { return time.Since(w.began) }

// at plans a happening. The driver alone calls it.
func (w *World) at(when time.Duration, do func()) { w.queue.push(max(when, w.now()), do) }

// after is at from now on.
func (w *World) after(long time.Duration, do func()) { w.at(w.now()+long, do) }

// nudge tells the driver that there is something to gather. Anybody calls it.
func (w *World) nudge() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// record writes down what happened. The driver alone calls it.
func (w *World) record(who string, life int, what What) {
	w.history = append(w.history, Record{At: w.now(), Who: who, Life: life, What: what})
}

// tell is record for everybody else: the driver writes it down when all wait.
func (w *World) tell(who string, life int, what What) {
	w.mu.Lock()
	w.mail = append(w.mail, letter{who, life, what})
	w.mu.Unlock()
	w.nudge()
}

// wait makes a goroutine wait as long as the seed says for the n-th wait of
// this name, or until gone is closed.
func (w *World) wait(who, name string, gone <-chan struct{}, long func(d dice) time.Duration) {
	p := &pause{who: who, name: name, long: long, done: make(chan struct{})}
	w.mu.Lock()
	w.pause = append(w.pause, p)
	w.mu.Unlock()
	w.nudge()
	select {
	case <-p.done:
	case <-gone:
	}
}

// gather takes what came up since the last time, in an order that does not
// depend on who ran first. All in the bubble wait.
func (w *World) gather() {
	w.mu.Lock()
	mail, pauses := w.mail, w.pause
	w.mail, w.pause = nil, nil
	w.mu.Unlock()
	sortBy(mail, func(l letter) string { return l.who })
	for _, l := range mail {
		w.record(l.who, l.life, l.what)
	}
	w.net.collect()
	sortBy(pauses, func(p *pause) string { return p.who + p.name })
	for _, p := range pauses {
		w.after(p.long(roll(w.seed, p.who, p.name, w.now())), func() { close(p.done) })
	}
	w.host.look()
	for _, p := range w.people {
		p.look()
	}
}

// run lets happenings come true, one at a time, until one of them ends it.
func (w *World) run() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for w.over = false; !w.over; {
		synctest.Wait()
		w.gather()
		next, ok := w.queue.next()
		if ok && next <= w.now() {
			w.queue.pop()()
			continue
		}
		if w.nudged() {
			continue
		}
		wait := time.Hour
		if ok {
			wait = next - w.now()
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-w.wake:
		}
	}
}

// nudged takes a nudge, if there is one.
func (w *World) nudged() bool {
	select {
	case <-w.wake:
		return true
	default:
		return false
	}
}

func sortBy[T any, K cmp.Ordered](list []T, key func(T) K) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

func filter[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(list, func(x T) bool { return !keep(x) })
}

func itoa(n int) string { return strconv.Itoa(n) }

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
