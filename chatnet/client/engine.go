package client

import (
	"context"
	"slices"
	"sync"
	"time"

	"tchat/chatnet"
)

const (
	tick       = 5 * time.Second // how often a silent link looks at the clock
	maxPending = 64              // updates past which nothing more is read
	maxBatch   = 1000            // events of one Arrived
)

// engine is what Run runs. One goroutine calls its methods.
type engine struct {
	c       *Client
	pending []chatnet.Update // for the front end, after those in the channel
	state   chatnet.LinkState
	gone    time.Time // since when the link is not up
	next    time.Time // when to dial; zero: not by itself
	tries   int       // failed in a row
	shown   string    // the fingerprint that waits for a word

	dialling context.CancelFunc // nil: nobody dials
	dialled  chan dialled
	dials    sync.WaitGroup
	conn     *conn // nil: there is none
	welcomed bool  // once in this Run
	replaced bool  // the last link that came up was taken over by another
	batch    batch

	halted   bool      // a message was refused for now: no more until all replies are here
	again    bool      // the next message begins a new try
	resendAt time.Time // zero: at once
	refusals int       // in a row

	quit    *chatnet.Quit
	quitBy  time.Time
	quitted bool // the request is with the writer
	over    bool
}

func newEngine(c *Client) *engine {
	return &engine{c: c, gone: c.cfg.Now(), dialled: make(chan dialled, 1)}
}

func (e *engine) now() time.Time { return e.c.cfg.Now() }

// wall is now without the monotonic reading, which stands still while the
// machine sleeps.
func (e *engine) wall() time.Time { return e.now().Round(0) }

// loop waits for whatever comes next, until the end.
func (e *engine) loop(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		if e.step(ctx); e.over {
			return nil
		}
		timer.Reset(e.wait())
		var front chan<- chatnet.Update
		var first chatnet.Update
		if len(e.pending) > 0 {
			front, first = e.c.updates, e.pending[0]
		}
		in, wrote := e.ends()
		select {
		case front <- first:
			e.pending[0] = nil
			e.pending = e.pending[1:]
		case data, ok := <-in:
			e.receive(data, ok)
		case err := <-wrote:
			e.conn.busy = false
			if err != nil {
				e.drop(lost(err))
			}
		case d := <-e.dialled:
			e.connected(d)
		case <-e.c.wake:
		case <-timer.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// ends returns the connection's channels, nil where there is nothing to wait
// for. While the front end is behind, nothing is read.
func (e *engine) ends() (in <-chan []byte, wrote <-chan error) {
	if e.conn == nil {
		return nil, nil
	}
	if len(e.pending) < maxPending {
		in = e.conn.in
	} else {
		e.conn.heard = e.wall() // the silence is ours
	}
	return in, e.conn.wrote
}

// step does all that can be done now, without waiting.
func (e *engine) step(ctx context.Context) {
	e.flush()
	e.showOutbox()
	e.leave()
	if e.wanted() {
		e.dial(ctx)
		e.changed(chatnet.LinkChanged{State: chatnet.LinkDialling})
	}
	e.beat()
	e.serve()
	e.send()
	e.showOutbox()
	if e.conn != nil {
		e.conn.flush()
	}
}

// wait returns how long step has nothing to do if nothing happens.
func (e *engine) wait() time.Duration {
	now := e.now()
	wait := time.Hour
	for _, t := range []time.Time{e.next, e.resendAt, e.quitBy} {
		if !t.IsZero() {
			wait = min(wait, t.Sub(now))
		}
	}
	if e.conn != nil {
		wait = min(wait, tick)
	}
	return max(wait, 0)
}

// emit tells the front end, at once if it has room.
func (e *engine) emit(u chatnet.Update) {
	if len(e.pending) == 0 {
		select {
		case e.c.updates <- u:
			return
		default:
		}
	}
	if a, ok := u.(chatnet.Arrived); ok && e.joined(a) {
		return
	}
	e.pending = append(e.pending, u)
}

// joined adds events to the update that waits last, if that is of the same
// kind.
func (e *engine) joined(a chatnet.Arrived) bool {
	if len(e.pending) == 0 {
		return false
	}
	last, ok := e.pending[len(e.pending)-1].(chatnet.Arrived)
	if !ok || last.Room != a.Room || last.Cached != a.Cached || len(last.Events)+len(a.Events) > maxBatch {
		return false
	}
	last.Events = slices.Concat(last.Events, a.Events)
	e.pending[len(e.pending)-1] = last
	return true
}

// showCached tells what this machine has of each room.
func (e *engine) showCached() {
	for _, id := range e.c.cache.order {
		r := e.c.cache.rooms[id]
		evs, err := r.newest(chatnet.PageSize)
		if err != nil {
			e.c.cfg.Log.Warn("a room cannot be read from disk", "error", err)
			r.blind = true
		}
		info := r.info
		info.Head = r.cursor
		e.emit(chatnet.RoomEntered{Info: info})
		if len(evs) > 0 {
			e.emit(chatnet.Arrived{Room: id, Events: evs, Cached: true})
		}
	}
}

// showOutbox tells what became of messages.
func (e *engine) showOutbox() {
	for _, u := range e.c.out.fresh() {
		e.emit(u)
	}
}

// end waits for the goroutines and puts everything away.
func (e *engine) end() {
	e.c.mu.Lock()
	e.c.up = false
	e.c.mu.Unlock()
	if e.dialling != nil {
		e.dialling()
		e.dials.Wait()
		if d := <-e.dialled; d.raw != nil {
			_ = d.raw.Close() // nobody needs it any more
		}
	}
	if e.conn != nil {
		e.flush()
		e.conn.close()
	}
	e.c.out.rewind()
	e.c.cache.saveInfos()
}
