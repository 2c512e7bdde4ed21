package client

import (
	"context"
	"errors"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// The times of trying again (DELIVERY R5, S7).
const (
	dialStep   = time.Second
	resendStep = 500 * time.Millisecond
	maxBackoff = 30 * time.Second
	steady     = 10 * time.Second // a link that lasted is dialled again at once
)

// backoff returns the time before the next try: random below a bound that
// doubles from step with each failure, the first included.
func backoff(failures int, step time.Duration, random func() float64) time.Duration {
	bound := maxBackoff
	if failures < 8 {
		bound = min(bound, step<<max(0, failures-1))
	}
	return time.Duration(random() * float64(bound))
}

// wanted reports whether it is time to dial.
func (e *engine) wanted() bool {
	if e.dialling != nil || e.conn != nil || e.over {
		return false
	}
	e.c.mu.Lock()
	defer e.c.mu.Unlock()
	return e.c.redial || e.shown != "" && e.c.trusted == e.shown ||
		!e.next.IsZero() && !e.now().Before(e.next)
}

// dial begins to make a connection.
func (e *engine) dial(ctx context.Context) {
	e.c.mu.Lock()
	said := e.c.trusted
	e.c.redial = false
	e.c.mu.Unlock()
	e.next, e.shown = time.Time{}, ""
	ctx, e.dialling = context.WithCancel(ctx)
	e.dials.Go(func() { e.dialled <- e.c.connect(ctx, said) })
}

// connected takes what the dialler brought.
func (e *engine) connected(d dialled) {
	e.dialling()
	e.dialling = nil
	e.dials.Wait()
	if d.err != nil {
		e.tries = max(e.tries, 1)
		e.refuse(d.err)
		return
	}
	e.conn = open(d, e.now(), e.wall())
	hello, err := e.hello(d.secure)
	if err != nil {
		e.drop(chatnet.AsError(err))
		return
	}
	e.conn.buf = native.AppendHello(e.conn.buf, hello)
}

// drop ends the connection, because of why, and decides how it goes on.
// Everything without an answer gets one, or goes out again later.
func (e *engine) drop(why *chatnet.Error) {
	e.flush()
	conn := e.conn
	e.conn = nil
	conn.close()
	switch {
	case conn.welcomed && e.now().Sub(conn.up) >= steady:
		e.tries = 0
	case !conn.welcomed:
		e.tries = max(e.tries, 1)
	}
	if conn.welcomed {
		e.gone = e.now()
	}
	why = e.takenOver(conn, why)
	if why.Code == chatnet.CodeBadCursor {
		for _, r := range e.c.cache.rooms {
			r.blind = true
		}
	}
	e.unanswered(conn)
	e.c.out.rewind()
	e.halted, e.again, e.resendAt = false, false, time.Time{}
	e.c.cache.saveInfos()
	if e.quitted { // whatever the server says to that
		e.over = true
		return
	}
	e.refuse(why)
}

// takenOver makes of a first "replaced" something that is tried again. What
// took over may be a connection of our own: one that was given up, or left by a
// client that was killed, and whose hello came late (DELIVERY R5). Only a
// second one in a row means that there is another client.
func (e *engine) takenOver(conn *conn, why *chatnet.Error) *chatnet.Error {
	if !conn.welcomed {
		return why
	}
	before := e.replaced && e.now().Sub(conn.up) < steady
	e.replaced = why.Code == chatnet.CodeReplaced
	if !e.replaced || before {
		return why
	}
	again := *why
	again.Retry = true
	return &again
}

// refuse goes to the state that an error leads to.
func (e *engine) refuse(err error) {
	e.c.mu.Lock()
	e.c.redial = false // a wish from before this happened
	e.c.mu.Unlock()
	why := chatnet.AsError(err)
	var u *untrusted
	switch {
	case errors.As(err, &u) && !u.final:
		e.shown = u.shown
		e.changed(chatnet.LinkChanged{State: chatnet.LinkUntrusted, Secure: true, Fingerprint: u.shown, Known: u.known, Err: why})
	case u != nil:
		e.changed(chatnet.LinkChanged{State: chatnet.LinkRefused, Secure: true, Fingerprint: u.shown, Known: u.known, Err: why})
	case final(why):
		e.changed(chatnet.LinkChanged{State: chatnet.LinkRefused, Err: why})
	default:
		e.next = e.now()
		if e.tries > 0 {
			e.next = e.next.Add(backoff(e.tries, dialStep, e.c.cfg.Rand))
		}
		e.tries++
		e.changed(chatnet.LinkChanged{State: chatnet.LinkWaiting, Since: e.gone, Next: e.next, Err: why})
	}
}

// changed tells of the link's state.
func (e *engine) changed(l chatnet.LinkChanged) {
	if l.Since.IsZero() {
		l.Since = e.now()
	}
	e.state = l.State
	e.emit(l)
}

// beat looks at the clock: a silent server is asked, a dead one left, and one
// that never welcomed us is none (DELIVERY R5).
func (e *engine) beat() {
	c := e.conn
	if c == nil {
		return
	}
	now := e.wall()
	if now.Before(c.heard) {
		c.heard = now // the clock was set back
	}
	switch silence := now.Sub(c.heard); {
	case !c.greeted && e.now().Sub(c.begun) >= chatnet.HelloLimit:
		e.drop(silent(e.c.cfg.Address, c.first, false))
	case silence >= chatnet.DeadAfter:
		e.drop(&chatnet.Error{Code: chatnet.CodeUnreachable, Text: "the server is silent", Retry: true})
	case silence >= chatnet.PingAfter && !c.pinged && c.greeted:
		c.pinged = true
		c.buf = native.AppendPing(c.buf)
	}
}
