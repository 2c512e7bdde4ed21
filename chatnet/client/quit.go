package client

import (
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// A Quit waits quitLimit in all for a clean end, and for what was said before
// it a little less, so that the word itself still goes out.
const (
	quitLimit = 2 * time.Second
	quitLeft  = 500 * time.Millisecond
)

// leave goes on with a Quit, if there is one: first what is unanswered, then
// the word itself, then the server's end of the connection.
func (e *engine) leave() {
	if e.quit == nil {
		e.c.mu.Lock()
		e.quit = e.c.quit
		e.c.mu.Unlock()
		if e.quit == nil {
			return
		}
		e.quitBy = e.now().Add(quitLimit - quitLeft)
	}
	c, late := e.conn, !e.now().Before(e.quitBy)
	switch {
	case c == nil || !c.welcomed || e.quitted && late:
		e.over = true
	case !e.quitted && (late || e.settled()):
		e.quitted, e.quitBy = true, e.now().Add(quitLeft)
		c.buf = native.AppendCall(c.buf, chatnet.Call{ID: c.lastID + 1, Request: *e.quit})
	}
}

// settled reports whether nothing more can be answered soon.
func (e *engine) settled() bool {
	e.c.mu.Lock()
	calls := len(e.c.calls)
	e.c.mu.Unlock()
	waiting := e.c.out.waiting() > 0 && e.resendAt.IsZero()
	return calls == 0 && len(e.conn.calls) == 0 && !waiting
}
