package client

import (
	"tchat/chatnet"
)

// serve answers the pages that the front end asked for: from disk, or by
// asking the server.
func (e *engine) serve() {
	e.c.mu.Lock()
	asks := e.c.asks
	e.c.asks = nil
	e.c.mu.Unlock()
	for _, h := range asks {
		e.older(h)
	}
}

func (e *engine) older(h chatnet.History) {
	if h.Limit = min(h.Limit, chatnet.MaxPage); h.Limit <= 0 {
		h.Limit = chatnet.PageSize
	}
	r := e.c.cache.rooms[h.Room]
	switch {
	case r == nil:
		e.emit(chatnet.PageLoaded{Room: h.Room, Err: chatnet.E(chatnet.CodeNotMember, "join the room first")})
		return
	case r.asking && r.asked == h.Before:
		return // its page is on the way
	}
	if evs := r.before(h.Before, h.Limit); len(evs) > 0 {
		e.emit(chatnet.PageLoaded{Room: h.Room, Events: evs, More: evs[0].Prev > 0})
		return
	}
	c := e.conn
	prev, known := r.prevOf(h.Before)
	switch {
	case known && prev == 0:
		e.emit(chatnet.PageLoaded{Room: h.Room})
	case c == nil || !c.welcomed || e.quitted:
		e.emit(chatnet.PageLoaded{Room: h.Room, Err: offline()})
	case len(c.calls) >= chatnet.MaxInFlight || c.full():
		e.emit(chatnet.PageLoaded{Room: h.Room, Err: chatnet.E(chatnet.CodeBusy, "too many requests wait for an answer; try again")})
	default:
		r.asking, r.asked = true, h.Before
		c.request(call{request: h})
	}
}

// page takes a page from the server. It must be a piece of the chain that ends
// right before what was asked for (DELIVERY R7).
func (e *engine) page(h chatnet.History, reply chatnet.Reply) {
	r := e.c.cache.rooms[h.Room]
	if r != nil && r.asked == h.Before {
		r.asking = false
	}
	page, ok := reply.Answer.(chatnet.Page)
	switch {
	case reply.Err != nil:
		e.emit(chatnet.PageLoaded{Room: h.Room, Err: reply.Err})
	case !ok || page.Room != h.Room || r != nil && !r.fits(page.Events, h.Before):
		e.emit(chatnet.PageLoaded{Room: h.Room, Err: chatnet.E(chatnet.CodeProtocol, "the server's page of history does not fit what is here")})
	default:
		if r != nil && len(page.Events) > 0 {
			r.low = place{page.Events[0].Seq, page.Events[0].Prev}
		}
		e.emit(chatnet.PageLoaded{Room: h.Room, Events: page.Events, More: page.More})
	}
}

// fits reports whether evs are an unbroken chain that ends right before a seq.
func (r *room) fits(evs []chatnet.Event, before chatnet.Seq) bool {
	for i, ev := range evs {
		if ev.Room != r.info.ID || ev.Seq <= ev.Prev || i > 0 && ev.Prev != evs[i-1].Seq {
			return false
		}
	}
	if len(evs) == 0 {
		return true
	}
	last := evs[len(evs)-1].Seq
	prev, known := r.prevOf(before)
	return (before == 0 || last < before) && (!known || last == prev)
}
