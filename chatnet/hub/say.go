package hub

import (
	"context"
	"errors"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// say sends a message to its room; one to a nick first to the directory,
// which knows or makes the direct room.
func (h *Hub) say(c *call, say chatnet.Say) {
	if seq := targetOf(say); seq != 0 && say.Room != "" {
		h.withTarget(c, say.Room, seq, func(target chatnet.Event) { h.sayIn(c, say, say.Room, target) })
		return
	}
	if say.Room != "" {
		h.sayIn(c, say, say.Room, chatnet.Event{})
		return
	}
	if id, ok := h.tried(c, say); ok {
		h.sayIn(c, say, id, chatnet.Event{})
		return
	}
	var id chatnet.RoomID
	c.sent(h.dir.send(ask[*room.Directory]{
		decide: func(at time.Time, draft *room.Directory) ([]chatnet.Event, error) {
			if err := c.waits(say); err != nil {
				return nil, err
			}
			by := c.s.actor(draft)
			evs, err := draft.Decide(at, by, say)
			id = roomOf(draft, by, say, evs)
			return evs, err
		},
		done: func(_ []chatnet.Event, err error) {
			if err != nil {
				c.end(nil, err)
				return
			}
			h.sayIn(c, say, id, chatnet.Event{})
		},
	}))
}

// tried returns the direct room where the same message was tried before: the
// nick may have a new owner since, who must not get it too.
func (h *Hub) tried(c *call, say chatnet.Say) (chatnet.RoomID, bool) {
	if say.Origin.IsZero() {
		return "", false
	}
	id, ok := h.trail.find(c.s.user, say.Origin)
	if !ok {
		return "", false
	}
	r := h.room(id)
	return id, r != nil && r.made.Kind == chatnet.KindDirect
}

// sayIn stores a message in a room. Who is not yet in the direct room with
// somebody comes in with it. Target is the message that it answers or edits.
func (h *Hub) sayIn(c *call, say chatnet.Say, id chatnet.RoomID, target chatnet.Event) {
	r := h.room(id)
	if r == nil {
		c.end(nil, errNoRoom)
		return
	}
	c.sent(r.send(ask[*room.State]{
		decide: func(at time.Time, draft *room.State) ([]chatnet.Event, error) {
			if err := c.held(say); err != nil {
				return nil, err
			}
			return h.decideSay(r, c.s, say, target, at, draft)
		},
		done: func(evs []chatnet.Event, err error) { h.said(c, say, r, evs, err) },
	}))
}

// decideSay decides a message in its room.
func (h *Hub) decideSay(r *hall, s *Session, say chatnet.Say, target chatnet.Event, at time.Time, draft *room.State) ([]chatnet.Event, error) {
	by, other := h.actor(s), r.other(s.user)
	var evs []chatnet.Event
	if say.Room == "" && !draft.Has(s.user) {
		opened, err := h.decide(draft, at, by, chatnet.OpenDirect{With: say.To}, other, chatnet.Event{})
		if err != nil {
			return nil, err
		}
		draft = draft.Draft()
		for _, ev := range opened {
			draft.Apply(ev)
		}
		evs = opened
	}
	more, err := h.decide(draft, at, by, say, other, target)
	if err != nil {
		return nil, err
	}
	if !h.trail.claim(s.user, say.Origin, r.id) {
		return nil, room.Reused(say.Origin)
	}
	return append(evs, more...), nil
}

// said answers a message.
func (h *Hub) said(c *call, say chatnet.Say, r *hall, evs []chatnet.Event, err error) {
	var repeat *room.Repeat
	var old *room.Old
	switch {
	case errors.As(err, &repeat):
		c.end(chatnet.Stored{Room: r.id, Seq: repeat.Seq, Origin: say.Origin, Dup: true}, nil)
	case errors.As(err, &old):
		c.sent(h.readers.send(func(ctx context.Context) { h.sayOld(ctx, c, say, r) }))
	case err != nil:
		c.end(nil, err)
	default:
		c.end(chatnet.Stored{Room: r.id, Seq: evs[len(evs)-1].Seq, Origin: say.Origin}, nil)
	}
}

// sayOld asks the store for a message that is older than what the room
// remembers. It runs on a reader.
func (h *Hub) sayOld(ctx context.Context, c *call, say chatnet.Say, r *hall) {
	ev, ok, err := h.cfg.Store.ByOrigin(ctx, r.id, say.Origin)
	switch {
	case err != nil:
		c.end(nil, h.check(err))
	case !ok:
		c.end(nil, errTooOld)
	case !room.Same(ev, c.s.user, say):
		c.end(nil, room.Reused(say.Origin))
	default:
		c.end(chatnet.Stored{Room: r.id, Seq: ev.Seq, Origin: say.Origin, Dup: true}, nil)
	}
}
