package sim

import (
	"fmt"
	"time"
)

// plan is what a seed has in store for a world.
type plan struct {
	people   int
	talk     time.Duration // people talk, and faults come, up to here
	pace     time.Duration // between two things that a person does, on average
	slowDisk time.Duration // the longest wait for the server's disk
	down     time.Duration // the longest time between a death and the next life
	faults   int
}

func newPlan(seed uint64) (plan, weather) {
	d := roll(seed, "plan")
	pick := func(times ...time.Duration) time.Duration { return times[d.IntN(len(times))] }
	p := plan{
		people:   2 + d.IntN(3),
		talk:     d.span(15*time.Second, 60*time.Second),
		pace:     pick(200*time.Millisecond, time.Second, 3*time.Second),
		slowDisk: pick(5*time.Millisecond, 100*time.Millisecond, 3*time.Second),
		down:     pick(50*time.Millisecond, 3*time.Second),
		faults:   d.IntN(16),
	}
	near := pick(50*time.Microsecond, 5*time.Millisecond)
	return p, weather{
		near: near, far: near + pick(time.Millisecond, 50*time.Millisecond, time.Second),
		split: 1 + d.IntN(6), window: 512 << d.IntN(8),
	}
}

// fault writes down what chance did.
func (w *World) fault(format string, args ...any) {
	w.record("chance", 0, Fault{fmt.Sprintf(format, args...)})
}

// planFaults puts the seed's faults into the queue.
func (w *World) planFaults() {
	for i := range w.plan.faults {
		d := roll(w.seed, "fault", i)
		w.at(d.span(time.Second, w.plan.talk), func() { w.strike(d) })
	}
}

// strike lets one fault happen.
func (w *World) strike(d dice) {
	p := w.people[d.IntN(len(w.people))]
	long := min(d.span(10*time.Millisecond, 20*time.Second), w.plan.talk-w.now())
	switch d.IntN(14) {
	case 0:
		w.fault("%s cannot be heard for %v", p.name, long)
		w.net.wall(p.name, hostName, long)
	case 1:
		w.fault("%s cannot hear for %v", p.name, long)
		w.net.wall(hostName, p.name, long)
	case 2:
		w.fault("%s is cut off for %v", p.name, long)
		w.net.wall(p.name, hostName, long)
		w.net.wall(hostName, p.name, long)
	case 3, 4:
		w.fault("the connection of %s is reset", p.name)
		w.net.cut(p.name)
	case 5:
		w.fault("the connection of %s leads nowhere", p.name)
		w.net.silence(p.name)
	case 6:
		if l := p.alive(); l != nil {
			w.fault("%s looks away for %v", p.name, long)
			l.pause(true)
			w.after(long, func() { l.pause(false) })
		}
	case 7:
		w.host.crash(d.hit(2))
	case 8:
		w.host.quit()
	case 9:
		p.crash(d.hit(2))
	case 10:
		p.quit()
	case 11:
		w.strikeDisk(d, w.host.disk, hostName, long)
	case 12:
		w.strikeDisk(d, p.disk, p.name, long)
	case 13:
		w.jump(d, p)
	}
}

// strikeDisk makes a disk fail, fill up, or die with its machine.
func (w *World) strikeDisk(d dice, disk *Disk, who string, long time.Duration) {
	disk.mu.Lock()
	defer disk.mu.Unlock()
	soon := disk.ops + 1 + d.IntN(30)
	switch d.IntN(4) {
	case 0:
		w.fault("the disk of %s fails once, soon", who)
		disk.failAt = soon
	case 1:
		w.fault("%s dies, soon", who)
		disk.dieAt = soon
	default:
		w.fault("the disk of %s is full for %v", who, long)
		disk.full = true
		w.after(long, disk.empty)
	}
}

// jump sets a clock: the server's to any time, a client's forward, because its
// clock has a monotonic part that only a sleep of the machine can jump over.
func (w *World) jump(d dice, p *person) {
	far := d.span(time.Second, 3*time.Hour)
	if d.hit(2) {
		if d.hit(2) {
			far = -far
		}
		w.fault("the clock of the server jumps by %v", far)
		w.mu.Lock()
		w.host.clock += far
		w.mu.Unlock()
		return
	}
	w.fault("the clock of %s jumps by %v", p.name, far)
	p.mu.Lock()
	p.clock += far
	p.mu.Unlock()
}

// mend ends all faults: from here on everything must come right.
func (w *World) mend() {
	w.fault("no fault from here on")
	w.net.heal()
	w.plan.slowDisk = time.Millisecond
	w.host.disk.mend()
	for _, p := range w.people {
		p.disk.mend()
		if l := p.alive(); l != nil {
			l.pause(false)
		}
	}
}

// empty makes room on a full disk.
func (d *Disk) empty() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = false
}

// mend ends the faults of a disk.
func (d *Disk) mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full, d.failAt, d.dieAt = false, 0, 0
}
