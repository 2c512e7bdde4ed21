package hub

import (
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// route says in which lane a request flows, and for a message under which key
// its order is kept.
func (h *Hub) route(s *Session, r chatnet.Request) (lane, chatnet.RoomID) {
	switch r := r.(type) {
	case chatnet.Say:
		switch {
		case targetOf(r) != 0: // it may wait for the disk, and those behind it must not overtake
			return lane{}, r.Room
		case r.Room != "":
			return lane{room: r.Room}, r.Room
		}
		to := h.dir.named(r.To)
		key := chatnet.RoomID("to:" + r.To.Key())
		if to.User != "" {
			key = room.DirectID(s.user, to.User)
		}
		return lane{room: key, to: true}, key
	case chatnet.Invite:
		return lane{room: r.Room}, ""
	case chatnet.Part:
		return lane{room: r.Room}, ""
	case chatnet.SetTopic:
		return lane{room: r.Room}, ""
	case chatnet.Redact, chatnet.React, chatnet.Join, chatnet.Create, chatnet.SetNick, chatnet.SetRole,
		chatnet.SetAway, chatnet.OpenDirect, chatnet.ListRooms, chatnet.ListMembers, chatnet.Whois, chatnet.History, chatnet.Search, chatnet.MarkRead, chatnet.Type,
		chatnet.ListKnocks, chatnet.Admit, chatnet.Refuse, chatnet.Quit:
	}
	return lane{}, ""
}

// dispatch sends a call to whoever answers it. It never waits.
func (h *Hub) dispatch(c *call) {
	switch r := c.req.(type) {
	case chatnet.Say:
		h.say(c, r)
	case chatnet.Redact:
		h.amend(c, r.Room)
	case chatnet.React:
		h.amend(c, r.Room)
	case chatnet.Invite:
		h.act(c, r.Room, h.dir.named(r.Nick).Actor)
	case chatnet.Part:
		h.act(c, r.Room, room.Actor{})
	case chatnet.SetTopic:
		h.act(c, r.Room, room.Actor{})
	case chatnet.Join, chatnet.Create, chatnet.OpenDirect:
		h.goInto(c)
	case chatnet.SetNick, chatnet.SetRole:
		h.change(c)
	case chatnet.SetAway:
		h.setAway(c, r)
	case chatnet.Type:
		h.typing(c, r)
	case chatnet.ListRooms, chatnet.ListMembers, chatnet.Whois, chatnet.History, chatnet.Search, chatnet.MarkRead, chatnet.Admit:
		h.look(c)
	case chatnet.ListKnocks:
		h.listKnocks(c, r)
	case chatnet.Refuse:
		h.refuse(c, r)
	case chatnet.Quit:
		h.quit(c, r)
	}
}

// act decides a request in a room and answers Done.
func (h *Hub) act(c *call, id chatnet.RoomID, whom room.Actor) {
	r := h.room(id)
	if r == nil {
		c.end(nil, errNoRoom)
		return
	}
	c.sent(r.send(ask[*room.State]{
		decide: func(at time.Time, draft *room.State) ([]chatnet.Event, error) {
			return h.decide(draft, at, h.actor(c.s), c.req, whom, chatnet.Event{})
		},
		done: func(_ []chatnet.Event, err error) { c.end(chatnet.Done{}, err) },
	}))
}

// sent answers a call whose inbox was full.
func (c *call) sent(ok bool) {
	if !ok {
		c.end(nil, errBusy)
	}
}

// decide is State.Decide with the bound that no single room can see.
func (h *Hub) decide(draft *room.State, at time.Time, by room.Actor, r chatnet.Request, whom room.Actor, target chatnet.Event) ([]chatnet.Event, error) {
	evs, err := draft.Decide(at, by, r, whom, target)
	for _, ev := range evs {
		if b, ok := ev.Body.(chatnet.Joined); ok {
			if err := h.full(b.User); err != nil {
				return nil, err
			}
		}
	}
	return evs, err
}

// change decides a request in the directory and answers Done.
func (h *Hub) change(c *call) {
	c.sent(h.dir.send(ask[*room.Directory]{
		decide: func(at time.Time, draft *room.Directory) ([]chatnet.Event, error) {
			return draft.Decide(at, c.s.actor(draft), c.req)
		},
		done: func(_ []chatnet.Event, err error) { c.end(chatnet.Done{}, err) },
	}))
}

// goInto makes a room if need be, and the caller its member.
func (h *Hub) goInto(c *call) {
	var id chatnet.RoomID
	c.sent(h.dir.send(ask[*room.Directory]{
		decide: func(at time.Time, draft *room.Directory) ([]chatnet.Event, error) {
			by := c.s.actor(draft)
			evs, err := draft.Decide(at, by, c.req)
			id = roomOf(draft, by, c.req, evs)
			return evs, err
		},
		done: func(_ []chatnet.Event, err error) {
			if err != nil {
				c.end(nil, err)
				return
			}
			h.goOn(c, id)
		},
	}))
}

// goOn makes the caller a member of a room that is there.
func (h *Hub) goOn(c *call, id chatnet.RoomID) {
	r := h.room(id)
	if r == nil {
		c.end(nil, errNoRoom)
		return
	}
	c.sent(r.send(ask[*room.State]{
		decide: func(at time.Time, draft *room.State) ([]chatnet.Event, error) {
			return h.decide(draft, at, h.actor(c.s), c.req, room.Actor{}, chatnet.Event{})
		},
		done: func(_ []chatnet.Event, err error) { c.end(chatnet.Entered{Room: id}, err) },
	}))
}

// roomOf returns the room that a request is about: the one that its events
// make, or the one that is there.
func roomOf(d *room.Directory, by room.Actor, r chatnet.Request, evs []chatnet.Event) chatnet.RoomID {
	for _, ev := range evs {
		if made, ok := ev.Body.(chatnet.RoomMade); ok {
			return made.New
		}
	}
	direct := func(nick chatnet.Nick) chatnet.RoomID {
		other, _ := d.Named(nick)
		return room.DirectID(by.User, other.User)
	}
	named := func(name chatnet.RoomName) chatnet.RoomID {
		made, _ := d.RoomNamed(name)
		return made.New
	}
	switch r := r.(type) {
	case chatnet.Join:
		return named(r.Name)
	case chatnet.Create:
		return named(r.Name)
	case chatnet.OpenDirect:
		return direct(r.With)
	case chatnet.Say:
		return direct(r.To)
	default:
		return ""
	}
}

// quit ends a session in its user's own words.
func (h *Hub) quit(c *call, r chatnet.Quit) {
	h.mu.Lock()
	if u := h.users[c.s.user]; u != nil && r.Reason.Len() <= chatnet.MaxReason {
		u.parting = r.Reason
	}
	h.mu.Unlock()
	c.s.last(errQuit)
	h.leave(c.s)
	c.end(nil, nil)
}
