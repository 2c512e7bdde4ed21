package hub

import "tchat/chatnet"

// presence returns whether a user is reachable, and what they said about it.
func (h *Hub) presence(id chatnet.UserID) (chatnet.Presence, chatnet.Text) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.presenceOf(id)
}

// presenceOf is presence for callers that hold h.mu. A user with several
// sessions is here when any of them is.
func (h *Hub) presenceOf(id chatnet.UserID) (chatnet.Presence, chatnet.Text) {
	u := h.users[id]
	if u == nil {
		return chatnet.Gone, chatnet.Text{}
	}
	if len(u.sessions) == 0 {
		return chatnet.Gone, u.parting
	}
	var text chatnet.Text
	for s := range u.sessions {
		if !s.away {
			return chatnet.Here, chatnet.Text{}
		}
		if !s.awayText.IsZero() {
			text = s.awayText
		}
	}
	return chatnet.Away, text
}

// announce tells everybody who shares a room with a user of their presence, but
// not the session by which it changed.
func (h *Hub) announce(id chatnet.UserID, by *Session) {
	h.mu.RLock()
	var in []*hall
	if u := h.users[id]; u != nil {
		for _, r := range u.rooms {
			in = append(in, r)
		}
	}
	h.mu.RUnlock()
	for _, r := range in {
		r.signal(signalKey{kind: presenceKind, user: id}, nil, func(s *Session) bool { return s != by })
	}
}

// signal sends a signal to the listening sessions that want it.
func (r *hall) signal(k signalKey, v chatnet.Signal, wants func(*Session) bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for c := range r.listeners {
		if wants(c.s) {
			c.s.signal(k, v)
		}
	}
}

// setAway notes that somebody is not at the screen, or is back.
func (h *Hub) setAway(c *call, r chatnet.SetAway) {
	if err := h.dir.may(h.actor(c.s), r); err != nil {
		c.end(nil, err)
		return
	}
	h.mu.Lock()
	c.s.away, c.s.awayText = r.Away, chatnet.Text{}
	if r.Away {
		c.s.awayText = r.Text
	}
	h.mu.Unlock()
	h.announce(c.s.user, c.s)
	c.end(chatnet.Done{}, nil)
}

// typing passes on that somebody is writing.
func (h *Hub) typing(c *call, req chatnet.Type) {
	r := h.room(req.Room)
	if r == nil {
		c.end(nil, errNoRoom)
		return
	}
	by := h.actor(c.s)
	if err := r.may(by, req); err != nil {
		c.end(nil, err)
		return
	}
	r.signal(signalKey{kind: typingKind, user: by.User, room: r.id},
		chatnet.Typing{Room: r.id, User: by.User, Nick: by.Nick, On: req.On},
		func(s *Session) bool { return s.user != by.User })
	c.end(chatnet.Done{}, nil)
}
