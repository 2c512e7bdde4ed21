package hub

import (
	"context"
	"errors"
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// The bounds of a writer.
const (
	inboxSize  = 512     // asks that wait; beyond, busy
	batchAsks  = 256     // asks of one append
	batchBytes = 1 << 20 // about, of one append
	maxRaces   = 5       // appends lost to another node before an ask is answered busy
)

// stateful is a log's state: room.State and room.Directory.
type stateful[S any] interface {
	Draft() S
	Apply(ev chatnet.Event)
	Head() chatnet.Seq
}

// ask is one thing to decide and store. The writer calls both functions.
type ask[S any] struct {
	// decide may be called again when an append lost a race. It may look at
	// the draft and change nothing.
	decide func(at time.Time, draft S) ([]chatnet.Event, error)

	// done gets the events as they are stored, or why they are not. It must
	// not wait.
	done func(evs []chatnet.Event, err error)
}

// writer is the goroutine that alone changes one log (DELIVERY S4): it decides
// what waits, appends it at once, and only then shows and answers it.
type writer[S stateful[S]] struct {
	h  *Hub
	id chatnet.RoomID

	start sync.Once
	inbox chan ask[S]
	nudge chan struct{} // there are chores

	mu    sync.RWMutex
	state S // the durable state

	chores  func(at time.Time, draft S) []chatnet.Event // what is to do without being asked
	applied func(ctx context.Context, evs []chatnet.Event)
	told    func() // after all were answered

	shots   shots
	shot    func() ([]byte, error) // a snapshot of the durable state
	restore func(at chatnet.Seq, head chatnet.Cursor, data []byte) error
}

// on starts the goroutine if it does not run yet.
func (w *writer[S]) on() {
	w.start.Do(func() {
		w.inbox = make(chan ask[S], inboxSize)
		w.nudge = make(chan struct{}, 1)
		w.h.spawn(w.run)
	})
}

// send hands an ask over. It never waits, and reports false when the inbox is
// full.
func (w *writer[S]) send(a ask[S]) bool {
	w.on()
	select {
	case w.inbox <- a:
		return true
	default:
		return false
	}
}

// poke makes the writer look at its chores.
func (w *writer[S]) poke() {
	if !w.h.gate.enter() {
		return // they are found again at the next start
	}
	defer w.h.gate.leave()
	w.on()
	select {
	case w.nudge <- struct{}{}:
	default: // it will look anyway
	}
}

// call hands an ask over and waits for its end.
func (w *writer[S]) call(ctx context.Context, decide func(time.Time, S) ([]chatnet.Event, error)) ([]chatnet.Event, error) {
	type end struct {
		evs []chatnet.Event
		err error
	}
	ended := make(chan end, 1)
	a := ask[S]{decide: decide, done: func(evs []chatnet.Event, err error) { ended <- end{evs, err} }}
	w.on()
	select {
	case w.inbox <- a:
	case <-ctx.Done():
		return nil, errBusy.Because(ctx.Err())
	case <-w.h.gone:
		return nil, errDown
	}
	select {
	case e := <-ended:
		return e.evs, e.err
	case <-ctx.Done():
		return nil, errBusy.Because(ctx.Err())
	case <-w.h.gone:
		return nil, errDown
	}
}

// read lets f look at the durable state.
func (w *writer[S]) read(f func(S)) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	f(w.state)
}

// run is the writer's goroutine.
func (w *writer[S]) run(ctx context.Context) {
	asks := make([]ask[S], 0, 8)
	for {
		asks = asks[:0]
		select {
		case a := <-w.inbox:
			asks = append(asks, a)
		case <-w.nudge:
		case <-w.h.stop:
			w.work(ctx, w.drain(asks)) // what came in between
			w.last(ctx)
			return
		}
		asks = w.drain(asks)
		w.work(ctx, asks)
		clear(asks)
	}
}

// drain adds what waits to asks.
func (w *writer[S]) drain(asks []ask[S]) []ask[S] {
	for len(asks) < batchAsks {
		select {
		case a := <-w.inbox:
			asks = append(asks, a)
		default:
			return asks
		}
	}
	return asks
}

// work handles asks, in as few appends as their size allows.
func (w *writer[S]) work(ctx context.Context, asks []ask[S]) {
	for {
		n := w.round(ctx, asks)
		if asks = asks[n:]; len(asks) == 0 {
			return
		}
	}
}

// round decides, stores, applies and answers the first n asks, or answers all
// of them with the error.
func (w *writer[S]) round(ctx context.Context, asks []ask[S]) int {
	for races := 0; ; races++ {
		b := w.decide(asks)
		evs, err := b.events, error(nil)
		if len(evs) > 0 {
			evs, err = w.h.cfg.Store.Append(ctx, w.id, w.state.Head(), evs)
		}
		switch {
		case err == nil:
			b.settle(evs)
			if len(evs) > 0 {
				w.applied(ctx, evs)
			}
			answer(b, asks, evs)
			if len(evs) > 0 {
				w.told()
				w.shots.behind += len(evs)
				w.snap()
			}
			return len(b.ends)
		case chatnet.CodeOf(err) == chatnet.CodeConflict && races < maxRaces:
			if _, err = w.catchUp(ctx); err == nil {
				w.told()
				continue
			}
		case chatnet.CodeOf(err) == chatnet.CodeConflict:
			err = chatnet.E(chatnet.CodeBusy, "the room is written to from elsewhere; try again").Because(err)
		}
		w.fail(asks[:len(b.ends)], w.h.check(err))
		return len(b.ends)
	}
}

// fail answers asks with an error.
func (w *writer[S]) fail(asks []ask[S], err error) {
	w.h.cfg.Log.Warn("events were not stored", "room", w.id, "code", chatnet.CodeOf(err), "asks", len(asks), "err", err)
	for _, a := range asks {
		a.done(nil, err)
	}
}

// catchUp reads and applies what the log has behind the state. It returns how
// much that was.
func (w *writer[S]) catchUp(ctx context.Context) (int, error) {
	total := 0
	for {
		evs, err := w.h.cfg.Store.Read(ctx, w.id, w.state.Head(), replayPage)
		if err != nil {
			return total, err
		}
		if len(evs) == 0 {
			return total, nil
		}
		total += len(evs)
		w.shots.behind += len(evs)
		w.applied(ctx, evs)
	}
}

// batch is what a round decided. The end of ask i is ends[i].
type batch struct {
	base   chatnet.Seq // the head that it was decided on
	events []chatnet.Event
	bytes  int
	ends   []end
}

// end is how one ask ends if the append succeeds.
type end struct {
	from, to int // its events
	err      error
}

// decide decides asks on a draft, as many as fit into one append.
func (w *writer[S]) decide(asks []ask[S]) *batch {
	at := w.h.cfg.Now()
	draft := w.state.Draft()
	b := &batch{base: w.state.Head()}
	for _, ev := range w.chores(at, draft) {
		draft.Apply(b.add(ev))
	}
	for _, a := range asks {
		evs, err := w.one(a, at, draft)
		from := len(b.events)
		for _, ev := range evs {
			draft.Apply(b.add(ev))
		}
		b.ends = append(b.ends, end{from: from, to: len(b.events), err: err})
		if b.bytes >= batchBytes {
			break
		}
	}
	return b
}

// one decides one ask. A defect in it is the error of that ask alone.
func (w *writer[S]) one(a ask[S], at time.Time, draft S) (evs []chatnet.Event, err error) {
	defer func() {
		if v := recover(); v != nil {
			w.h.cfg.Log.Error("a decision failed", "room", w.id, "panic", v)
			evs, err = nil, chatnet.E(chatnet.CodeInternal, "the server failed at this request")
		}
	}()
	return a.decide(at, draft)
}

// add takes an event, and returns it with the seq it might have.
func (b *batch) add(ev chatnet.Event) chatnet.Event {
	b.events = append(b.events, ev)
	b.bytes += sizeOf(ev)
	ev.Seq = b.base + chatnet.Seq(len(b.events))
	return ev
}

// settle gives repeats of what is in the same batch the seq it got.
func (b *batch) settle(stored []chatnet.Event) {
	for i, e := range b.ends {
		var again *room.Repeat
		if errors.As(e.err, &again) && again.Seq > b.base {
			b.ends[i].err = &room.Repeat{Seq: stored[again.Seq-b.base-1].Seq}
		}
	}
}

// answer tells asks their ends.
func answer[S any](b *batch, asks []ask[S], stored []chatnet.Event) {
	for i, e := range b.ends {
		if e.err != nil {
			asks[i].done(nil, e.err)
			continue
		}
		asks[i].done(stored[e.from:e.to:e.to], nil)
	}
}
