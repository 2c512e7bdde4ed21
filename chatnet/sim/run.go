package sim

import (
	"time"

	"tchat/chatnet"
)

// patience is how long after the last fault a world may need to become quiet:
// two waits of 30 s, the longest backoff of a link and of a refused message
// (DELIVERY S7, R5), and the five seconds of I10.
const patience = 65 * time.Second

// promise is within which time after the last fault all is quiet, if nobody has
// to wait for a backoff to pass (I10).
const promise = 5 * time.Second

// Run lets a world live, from its first start to its end, and returns what
// happened. It must be called in a synctest bubble, and leaves no goroutine.
func Run(seed uint64, seams Seams) History {
	plan, weather := newPlan(seed)
	w := &World{seed: seed, seams: seams, began: time.Now(), wake: make(chan struct{}, 1), plan: plan}
	w.net = newNetwork(w, weather)
	w.host = newHost(w)
	for i := range plan.people {
		w.people = append(w.people, newPerson(w, i+1))
	}
	w.at(0, w.host.start)
	for _, p := range w.people {
		w.at(p.dice.span(0, time.Second), p.start)
		w.at(time.Second, p.act)
	}
	w.planFaults()
	w.at(plan.talk+time.Second, w.mend)
	w.at(plan.talk+time.Second+settle, w.quiet)
	w.run()
	w.end()
	return w.history
}

// quiet ends the life of the world when all is said and seen, or patience is
// at its end.
func (w *World) quiet() {
	late := w.now() - w.plan.talk - time.Second
	heads := w.heads()
	done := true
	for _, p := range w.people {
		done = done && p.settled(heads)
	}
	switch {
	case !done && late < patience:
		w.after(settle, w.quiet)
		return
	case done && late < promise: // what has no outbox is answered by then too
		w.after(promise-late, w.quiet)
		w.early = max(w.early, late)
		return
	case late == promise && w.early > 0:
		late = w.early
	}
	alive := map[string]bool{}
	w.net.each("", func(l *line) { alive[l.name] = true })
	w.record(hostName, 0, Quiet{Alive: alive, Late: late, Done: done})
	w.over = true
}

// heads returns the newest seq of each room that is safe.
func (w *World) heads() map[chatnet.RoomID]chatnet.Seq {
	heads := map[chatnet.RoomID]chatnet.Seq{}
	for _, r := range w.history {
		if s, ok := r.What.(Stored); ok {
			heads[s.Event.Room] = max(heads[s.Event.Room], s.Event.Seq)
		}
	}
	return heads
}

// end ends all lives in order and writes down what is left.
func (w *World) end() {
	w.host.rest = true
	for _, p := range w.people {
		p.rest = true
		if l := p.alive(); l != nil {
			l.end()
		}
	}
	w.host.quit()
	w.after(30*time.Second, func() { // far more than it may take
		w.record(hostName, 0, Stuck{})
		w.host.crash(false)
		w.over = true
	})
	var look func()
	look = func() {
		if w.over = w.ended(); !w.over {
			w.after(settle, look)
		}
	}
	w.after(0, look)
	w.run()
	w.working.Wait()
	w.record(hostName, 0, Final{Rooms: w.host.safest(), Open: w.open})
}

func (w *World) ended() bool {
	over := w.host.life == nil || w.host.life.over
	for _, p := range w.people {
		over = over && (p.life == nil || p.life.over)
	}
	return over
}

// safest returns what of the server's disk no power cut can take.
func (h *host) safest() map[chatnet.RoomID][]chatnet.Event {
	rooms := map[chatnet.RoomID][]chatnet.Event{}
	file := h.disk.safe[logName]
	if file == nil {
		return rooms
	}
	all, _ := transactions(file.safe)
	for _, t := range all {
		for _, e := range t.Events {
			if ev, err := e.event(); err == nil {
				rooms[ev.Room] = append(rooms[ev.Room], ev)
			}
		}
	}
	return rooms
}
