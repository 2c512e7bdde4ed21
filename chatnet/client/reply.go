package client

import (
	"maps"
	"slices"

	"tchat/chatnet"
)

// reply takes the answer to a request, or to the hello.
func (e *engine) reply(r chatnet.Reply) {
	c := e.conn
	if r.ID == 0 {
		e.greeting(r)
		return
	}
	asked, ok := c.calls[r.ID]
	if !ok {
		return // an answer that nobody waits for changes nothing
	}
	delete(c.calls, r.ID)
	switch q := asked.request.(type) {
	case chatnet.Say:
		c.says--
		e.said(q, r)
	case chatnet.History:
		e.page(q, r)
	case chatnet.MarkRead:
		if r.Err == nil {
			e.read(q.Room, q.Seq)
		}
		e.emit(chatnet.Answered{Request: q, Reply: r})
	default:
		e.emit(chatnet.Answered{Request: q, Reply: r})
	}
}

// greeting takes the answer to the hello.
func (e *engine) greeting(r chatnet.Reply) {
	switch {
	case r.Err != nil && !e.conn.welcomed:
		e.drop(r.Err)
		return
	case r.Err != nil:
		e.c.cfg.Log.Warn("the server could not read a line", "code", string(r.Err.Code))
		return
	case e.conn.welcomed:
		return
	}
	switch a := r.Answer.(type) {
	case chatnet.Welcome:
		e.welcome(a)
	case chatnet.Waiting:
		e.knocking()
	default:
	}
}

// said takes the answer to a message. One that a retry may help stops the
// sending: when all that is on its way is answered, it begins again from the
// oldest, after a while (DELIVERY S6, S7).
func (e *engine) said(s chatnet.Say, r chatnet.Reply) {
	switch stored, ok := r.Answer.(chatnet.Stored); {
	case r.Err == nil && ok:
		e.refusals = 0
		e.c.out.stored(s.Origin, stored.Room, stored.Seq)
	case r.Err == nil:
		e.drop(&chatnet.Error{Code: chatnet.CodeProtocol, Text: "the server answers a message with something else"})
		return
	case r.Err.Retry:
		e.halted = true
	default:
		e.c.out.refuse(s.Origin, r.Err)
	}
	e.showOutbox()
	if e.halted && e.conn.says == 0 {
		e.halted, e.again = false, true
		e.refusals++
		e.resendAt = e.now().Add(backoff(e.refusals, resendStep, e.c.cfg.Rand))
		e.c.out.rewind()
	}
}

// unanswered answers everything that a lost connection leaves open, except
// messages, which go out again.
func (e *engine) unanswered(c *conn) {
	e.c.mu.Lock()
	e.c.up = false
	never := e.c.calls
	e.c.calls = nil
	e.c.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(c.calls)) {
		switch q := c.calls[id].request.(type) {
		case chatnet.Say:
		case chatnet.History:
			e.page(q, chatnet.Reply{Err: offline()})
		default:
			e.emit(chatnet.Answered{Request: q, Reply: chatnet.Reply{ID: id,
				Err: chatnet.E(chatnet.CodeOffline, "the connection was lost before the answer came")}})
		}
	}
	for _, q := range never {
		e.emit(chatnet.Answered{Request: q, Reply: chatnet.Reply{Err: offline()}})
	}
}
