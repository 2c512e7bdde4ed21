package hub

import "tchat/chatnet"

// joined notes that a user is a member, and gives their sessions the room.
func (h *Hub) joined(r *hall, id chatnet.UserID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	u := h.user(id)
	u.rooms[r.id] = r
	for s := range u.sessions {
		s.enter(r)
	}
}

// parted notes that a user is no member any more. Their sessions read up to
// that event.
func (h *Hub) parted(r *hall, id chatnet.UserID, at chatnet.Seq) {
	h.mu.Lock()
	defer h.mu.Unlock()
	u := h.user(id)
	delete(u.rooms, r.id)
	for s := range u.sessions {
		s.exit(r, at)
	}
	h.clear(id, u)
}

// clear drops the entry of a guest who will not come again, once nothing is in
// it. The caller holds h.mu.
func (h *Hub) clear(id chatnet.UserID, u *user) {
	if passing(id) && len(u.rooms) == 0 && len(u.sessions) == 0 {
		delete(h.users, id)
	}
}

// full fails when a user is in as many rooms as can be.
func (h *Hub) full(id chatnet.UserID) error {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if u := h.users[id]; u != nil && len(u.rooms) >= chatnet.MaxRooms {
		return errTooManyRooms
	}
	return nil
}

// renamed passes a new nick on to the user's rooms and sessions.
func (h *Hub) renamed(id chatnet.UserID, nick chatnet.Nick) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	u := h.users[id]
	if u == nil {
		return
	}
	for _, r := range u.rooms {
		r.rename(id, nick)
	}
	for s := range u.sessions {
		s.signal(signalKey{kind: selfKind}, nil)
	}
}

// selfChanged tells a user's sessions of a new role, and of the knocks that
// it lets them answer.
func (h *Hub) selfChanged(id chatnet.UserID) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	u := h.users[id]
	if u == nil {
		return
	}
	for s := range u.sessions {
		s.signal(signalKey{kind: selfKind}, nil)
		if len(h.knocks) > 0 {
			s.signal(signalKey{kind: knocksKind}, nil)
		}
	}
}

// sessionsOf returns a user's sessions.
func (h *Hub) sessionsOf(id chatnet.UserID) []*Session {
	h.mu.RLock()
	defer h.mu.RUnlock()
	u := h.users[id]
	if u == nil {
		return nil
	}
	list := make([]*Session, 0, len(u.sessions))
	for s := range u.sessions {
		list = append(list, s)
	}
	return list
}
