package hub

import (
	"cmp"
	"context"
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// look answers on a reader.
func (h *Hub) look(c *call) {
	c.sent(h.readers.send(func(ctx context.Context) {
		a, err := h.lookUp(ctx, c)
		c.end(a, err)
	}))
}

// lookUp answers what only reads, or waits for the disk.
func (h *Hub) lookUp(ctx context.Context, c *call) (chatnet.Answer, error) {
	switch r := c.req.(type) {
	case chatnet.ListRooms:
		return h.listRooms(), nil
	case chatnet.ListMembers:
		return h.listMembers(c.s, r)
	case chatnet.Whois:
		return h.whois(c.s, r)
	case chatnet.History:
		return h.history(ctx, c.s, r)
	case chatnet.Search:
		return h.search(ctx, c.s, r)
	case chatnet.MarkRead:
		return h.markRead(ctx, c.s, r)
	case chatnet.Admit:
		return h.admit(ctx, c.s, r)
	default:
		return nil, errNoRoom // look is called with no other
	}
}

// listRooms lists the rooms that anybody may join.
func (h *Hub) listRooms() chatnet.Answer {
	var list chatnet.RoomList
	for _, r := range h.halls() {
		if r.made.Kind == chatnet.KindOpen {
			r.read(func(state *room.State) {
				list.Rooms = append(list.Rooms, chatnet.Listing{Name: state.Name(), Topic: state.Topic(), Count: state.Count()})
			})
		}
	}
	slices.SortFunc(list.Rooms, func(a, b chatnet.Listing) int {
		return cmp.Compare(a.Name.String(), b.Name.String())
	})
	return list
}

// may returns a room in which a session may do what leaves no event.
func (h *Hub) may(s *Session, id chatnet.RoomID, req chatnet.Request) (*hall, error) {
	r := h.room(id)
	if r == nil {
		return nil, errNoRoom
	}
	return r, r.may(h.actor(s), req)
}

// listMembers lists who is in a room, with the roles and nicks of now.
func (h *Hub) listMembers(s *Session, req chatnet.ListMembers) (chatnet.Answer, error) {
	r, err := h.may(s, req.Room, req)
	if err != nil {
		return nil, err
	}
	list := chatnet.MemberList{Room: r.id}
	r.read(func(state *room.State) { list.Members = state.Members() })
	h.dir.read(func(d *room.Directory) {
		for i := range list.Members {
			m := &list.Members[i]
			if u, ok := d.User(m.User); ok {
				m.Role = u.Role
			}
		}
	})
	h.mu.RLock()
	defer h.mu.RUnlock()
	for i := range list.Members {
		m := &list.Members[i]
		m.Presence, m.Away = h.presenceOf(m.User)
	}
	return list, nil
}

// whois tells of a user. Rooms that the asker may not know of are left out.
func (h *Hub) whois(s *Session, req chatnet.Whois) (chatnet.Answer, error) {
	if err := h.dir.may(h.actor(s), req); err != nil {
		return nil, err
	}
	u := h.dir.named(req.Nick)
	info := chatnet.UserInfo{Member: chatnet.Member{User: u.User, Nick: u.Nick, Role: u.Role}, Since: u.Since}
	h.mu.RLock()
	info.Presence, info.Away = h.presenceOf(u.User)
	var in []*hall
	if there := h.users[u.User]; there != nil {
		for _, r := range there.rooms {
			in = append(in, r)
		}
	}
	h.mu.RUnlock()
	for _, r := range in {
		r.read(func(state *room.State) {
			if r.made.Kind == chatnet.KindOpen || r.made.Kind == chatnet.KindPrivate && state.Has(s.user) {
				info.Rooms = append(info.Rooms, r.made.Name)
			}
		})
	}
	slices.SortFunc(info.Rooms, func(a, b chatnet.RoomName) int { return cmp.Compare(a.String(), b.String()) })
	return info, nil
}

// history reads a page (DELIVERY R7).
func (h *Hub) history(ctx context.Context, s *Session, req chatnet.History) (chatnet.Answer, error) {
	r, err := h.may(s, req.Room, req)
	if err != nil {
		return nil, err
	}
	limit := req.Limit
	if limit == 0 {
		limit = chatnet.PageSize
	}
	var head chatnet.Seq
	r.read(func(state *room.State) { head = state.Head() })
	before := req.Before
	if before == 0 || before > head {
		before = head + 1 // what is not applied yet is not seen
	}
	evs, err := h.cfg.Store.ReadBack(ctx, r.id, before, limit)
	if err != nil {
		return nil, h.check(err)
	}
	return chatnet.Page{Room: r.id, Events: evs, More: len(evs) > 0 && evs[0].Prev > 0}, nil
}

// markRead keeps how far a user has read, and tells their other sessions.
func (h *Hub) markRead(ctx context.Context, s *Session, req chatnet.MarkRead) (chatnet.Answer, error) {
	r, err := h.may(s, req.Room, req)
	if err != nil {
		return nil, err
	}
	if !h.behind(s.user, r.id, req.Seq) {
		return chatnet.Done{}, nil
	}
	if err := h.cfg.Store.Mark(ctx, s.user, r.id, req.Seq); err != nil {
		return nil, h.check(err)
	}
	h.mu.Lock()
	u := h.user(s.user)
	u.marks[r.id] = max(u.marks[r.id], req.Seq)
	seq := u.marks[r.id]
	h.mu.Unlock()
	for _, other := range h.sessionsOf(s.user) {
		if other != s {
			other.signal(signalKey{kind: readKind, room: r.id}, chatnet.ReadMoved{Room: r.id, Seq: seq})
		}
	}
	return chatnet.Done{}, nil
}

// behind reports whether a user's mark is below a seq.
func (h *Hub) behind(id chatnet.UserID, room chatnet.RoomID, seq chatnet.Seq) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	u := h.users[id]
	return u == nil || u.marks[room] < seq
}
