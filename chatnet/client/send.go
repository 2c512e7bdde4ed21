package client

import (
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// maxSays leaves some of the unanswered requests that one connection may have
// (DELIVERY S6) for other things than messages.
const maxSays = chatnet.MaxInFlight - 8

// send writes requests, as many as may be unanswered: what Do took, then
// messages from the outbox in their order.
func (e *engine) send() {
	c := e.conn
	if e.quitted {
		e.resendAt = time.Time{} // nothing is sent again: no time to wait for
		return
	}
	if c == nil || !c.welcomed {
		return
	}
	for len(c.calls) < chatnet.MaxInFlight && !c.full() {
		r, ok := e.c.nextCall()
		if !ok {
			break
		}
		c.request(call{request: r})
	}
	if e.halted || e.now().Before(e.resendAt) {
		return
	}
	e.resendAt = time.Time{}
	if c.full() {
		return
	}
	free := min(maxSays-c.says, chatnet.MaxInFlight-len(c.calls))
	if free <= 0 {
		return
	}
	for _, s := range e.c.out.send(free) {
		s.Again, e.again = e.again, false
		c.request(call{request: s, origin: s.Origin})
	}
}

// nextCall returns the next request that Do took.
func (c *Client) nextCall() (chatnet.Request, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.calls) == 0 {
		return nil, false
	}
	r := c.calls[0]
	c.calls = c.calls[1:]
	return r, true
}

// request appends a request to what is to be written.
func (c *conn) request(r call) {
	c.lastID++
	c.calls[c.lastID] = r
	if !r.origin.IsZero() {
		c.says++
	}
	c.buf = native.AppendCall(c.buf, chatnet.Call{ID: c.lastID, Request: r.request})
}
