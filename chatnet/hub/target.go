package hub

import (
	"context"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// targetOf returns the seq of the message that a request is about, 0 for none.
func targetOf(r chatnet.Request) chatnet.Seq {
	switch r := r.(type) {
	case chatnet.Say:
		return max(r.Reply, r.Edits)
	case chatnet.Redact:
		return r.Target
	case chatnet.React:
		return r.Target
	default:
		return 0
	}
}

// amend decides a request about a message in a room and answers Done.
func (h *Hub) amend(c *call, id chatnet.RoomID) {
	h.withTarget(c, id, targetOf(c.req), func(target chatnet.Event) {
		r := h.room(id)
		c.sent(r.send(ask[*room.State]{
			decide: func(at time.Time, draft *room.State) ([]chatnet.Event, error) {
				return h.decide(draft, at, h.actor(c.s), c.req, room.Actor{}, target)
			},
			done: func(_ []chatnet.Event, err error) { c.end(chatnet.Done{}, err) },
		}))
	})
}

// withTarget goes on with the event at a seq, zero when the room has none: the
// tail's, or else the store's, for which a reader waits. Only then is decided
// whether the caller may know of it.
func (h *Hub) withTarget(c *call, id chatnet.RoomID, seq chatnet.Seq, goOn func(target chatnet.Event)) {
	r := h.room(id)
	if r == nil {
		c.end(nil, errNoRoom)
		return
	}
	ev, head, ok := r.event(seq)
	if ok || seq == 0 || seq > head {
		goOn(ev)
		return
	}
	c.sent(h.readers.send(func(ctx context.Context) {
		evs, err := h.cfg.Store.Read(ctx, id, seq-1, 1)
		switch {
		case err != nil:
			c.end(nil, h.check(err))
		case len(evs) == 0 || evs[0].Seq != seq:
			goOn(chatnet.Event{})
		default:
			goOn(evs[0])
		}
	}))
}

// event returns one event, if the room's tail has it, and the room's head.
func (r *hall) event(seq chatnet.Seq) (ev chatnet.Event, head chatnet.Seq, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	ev, ok = r.tail.event(seq)
	return ev, r.state.Head(), ok
}
