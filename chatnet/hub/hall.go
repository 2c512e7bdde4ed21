package hub

import (
	"context"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// hall is a running room: the writer of its log, and who listens.
type hall struct {
	writer[*room.State]
	made chatnet.RoomMade
	todo chores

	// guarded by writer.mu
	epoch     chatnet.Epoch
	hot       bool // the replay is over: what comes is put into the tail
	tail      tail
	seqs      seqs
	listeners map[*cursor]struct{}
}

// newHall makes a room known. The caller holds h.mu.
func newHall(h *Hub, made chatnet.RoomMade) *hall {
	r := &hall{made: made, hot: h.live, listeners: map[*cursor]struct{}{}}
	r.writer = writer[*room.State]{
		h: h, id: made.New, state: room.New(made),
		chores: r.tidy, applied: r.apply, told: r.wake, shot: r.marshal, restore: r.unmarshal,
	}
	return r
}

// tidy returns the events that nobody asked for: new nicks, guests who are gone.
func (r *hall) tidy(at time.Time, draft *room.State) []chatnet.Event {
	return r.todo.do(func(id chatnet.UserID, todo chore) []chatnet.Event {
		if todo.gone {
			return draft.Leave(at, id, todo.why)
		}
		return draft.Rename(at, id, todo.nick)
	})
}

// rename makes the room learn a member's nick.
func (r *hall) rename(id chatnet.UserID, nick chatnet.Nick) {
	r.todo.add(id, chore{nick: nick})
	r.poke()
}

// leave takes a member who is gone for good out.
func (r *hall) leave(id chatnet.UserID, why chatnet.Text) {
	r.todo.add(id, chore{gone: true, why: why})
	r.poke()
}

// apply takes stored events: from here on they are seen.
func (r *hall) apply(ctx context.Context, evs []chatnet.Event) {
	epoch := r.life(ctx)
	r.mu.Lock()
	r.epoch = epoch
	for _, ev := range evs {
		r.state.Apply(ev)
		r.seqs.add(ev.Seq)
	}
	if r.hot {
		r.tail.add(newChunk(evs))
	}
	for _, ev := range evs {
		if b, ok := ev.Body.(chatnet.Redacted); ok {
			r.tail.mask(b.Target)
		}
	}
	r.mu.Unlock()
	for _, ev := range evs {
		switch b := ev.Body.(type) {
		case chatnet.Said, chatnet.Edited:
			r.h.trail.claim(ev.By, ev.Origin, r.id)
		case chatnet.Joined:
			r.h.joined(r, b.User)
		case chatnet.Parted:
			r.h.parted(r, b.User, ev.Seq)
		case chatnet.Redacted, chatnet.Reacted, chatnet.Renamed, chatnet.TopicSet, chatnet.Registered, chatnet.NickSet,
			chatnet.RoleSet, chatnet.RoomMade, chatnet.Forgotten:
		}
	}
}

// life returns the log's epoch, which is asked for once. Without it cursors
// would be of no use later, but nothing would be lost.
func (r *hall) life(ctx context.Context) chatnet.Epoch {
	if r.epoch != "" {
		return r.epoch
	}
	head, err := r.h.cfg.Store.Head(ctx, r.id)
	if err != nil {
		r.h.cfg.Log.Warn("a room's epoch could not be read", "room", r.id, "err", r.h.check(err))
	}
	return head.Epoch
}

// warm ends the replay.
func (r *hall) warm() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hot = true
}

// wake tells every listening session that the room grew.
func (r *hall) wake() {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for c := range r.listeners {
		c.s.grew(c)
	}
}

// listen makes a cursor hear of the room's growth and tells where it begins.
// The caller holds r.mu.
func (r *hall) listen(c *cursor, have *chatnet.Cursor) chatnet.RoomInfo {
	info := chatnet.RoomInfo{
		ID: r.id, Name: r.made.Name, Kind: r.made.Kind, Topic: r.state.Topic(),
		Count: r.state.Count(), Epoch: r.epoch, Head: r.state.Head(),
		After: r.seqs.before(chatnet.PageSize),
	}
	if have != nil {
		_, ok := r.seqs.behind(have.Seq)
		if info.Reset = !ok || have.Epoch != r.epoch; !info.Reset {
			info.After = have.Seq
		}
	}
	if other := r.state.Other(c.s.user); other != "" {
		info.With = chatnet.Member{User: other, Nick: r.state.Nick(other)}
	}
	c.at = info.After
	r.listeners[c] = struct{}{}
	return info
}

// unlisten forgets a cursor.
func (r *hall) unlisten(c *cursor) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.listeners, c)
}

// after returns what a session reads next, whether that is all that memory can
// tell (else the store must be asked), and the room's head. Who has just parted
// reads nothing until it is known how far they may.
func (r *hall) after(c *cursor, until chatnet.Seq, limit int) (bs []Batch, head chatnet.Seq, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	head = r.state.Head()
	switch {
	case c.at >= head, until > 0 && c.at >= until, until == 0 && !r.state.Has(c.s.user):
		return nil, head, true
	}
	bs, ok = r.tail.after(c.at, until, limit)
	return bs, head, ok
}

// may reports whether an actor may do what leaves no event.
func (r *hall) may(by room.Actor, req chatnet.Request) error {
	var err error
	r.read(func(state *room.State) { _, err = state.Decide(r.h.cfg.Now(), by, req, room.Actor{}, chatnet.Event{}) })
	return err
}

// other returns the other one of a direct room, as the directory has them.
func (r *hall) other(user chatnet.UserID) room.Actor {
	for i, id := range r.made.With {
		if id == user {
			return r.h.dir.user(r.made.With[1-i]).Actor
		}
	}
	return room.Actor{}
}
