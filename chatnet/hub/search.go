package hub

import (
	"context"
	"fmt"
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/room"
	"tchat/chatnet/store"
)

// defaultHits is how many messages a search without a limit finds.
const defaultHits = 50

// search finds messages in what a user may read, and in nothing else: the
// rooms of which they are a member at this moment.
func (h *Hub) search(ctx context.Context, s *Session, req chatnet.Search) (chatnet.Answer, error) {
	find, ok := h.cfg.Store.(store.Searcher)
	if !ok {
		return nil, chatnet.E(chatnet.CodeBadRequest, "this server cannot search")
	}
	limit := req.Limit
	switch {
	case limit < 0 || limit > chatnet.MaxHits:
		return nil, chatnet.E(chatnet.CodeTooLong, fmt.Sprintf("a search finds at most %d messages", chatnet.MaxHits))
	case limit == 0:
		limit = defaultHits
	}
	q, err := chatnet.ParseQuery(req.Text.String())
	if err != nil {
		return nil, err
	}
	f := store.Find{Terms: store.Terms(q.Words), Before: q.Before, After: q.After, Link: q.Link, Limit: limit + 1}
	if len(q.Words) > 0 && len(f.Terms) == 0 {
		return nil, chatnet.E(chatnet.CodeBadRequest, "there is no letter and no digit to look for")
	}
	if f.By, err = h.findUser(q.From); err != nil {
		return nil, err
	}
	heads := h.readable(s, q.In)
	if len(heads) == 0 && q.In != "" {
		return nil, chatnet.E(chatnet.CodeNoRoom, fmt.Sprintf("you are in no room called %q", q.In))
	}
	for id := range heads {
		f.Rooms = append(f.Rooms, id)
	}
	slices.Sort(f.Rooms)
	evs, err := find.Search(ctx, f)
	if err != nil {
		return nil, h.check(err)
	}
	hits := chatnet.Hits{More: len(evs) > limit}
	for _, ev := range evs[:min(len(evs), limit)] {
		if head, ok := heads[ev.Room]; ok && ev.Seq <= head { // what is not applied yet is not seen
			hits.Events = append(hits.Events, ev)
		}
	}
	return hits, nil
}

// findUser returns who has a nick; empty for the empty nick.
func (h *Hub) findUser(s string) (chatnet.UserID, error) {
	if s == "" {
		return "", nil
	}
	nick, err := chatnet.ParseNick(s)
	if err != nil {
		return "", err
	}
	if u := h.dir.named(nick); u.User != "" {
		return u.User, nil
	}
	return "", chatnet.E(chatnet.CodeNoUser, fmt.Sprintf("nobody here is called %q", s))
}

// readable returns the rooms that a session's user may read, with their heads;
// only those called in, if that is not empty.
func (h *Hub) readable(s *Session, in string) map[chatnet.RoomID]chatnet.Seq {
	h.mu.RLock()
	var rooms []*hall
	if u := h.users[s.user]; u != nil {
		for _, r := range u.rooms {
			rooms = append(rooms, r)
		}
	}
	h.mu.RUnlock()
	name, noName := chatnet.ParseRoomName(in)
	nick, noNick := chatnet.ParseNick(in)
	heads := map[chatnet.RoomID]chatnet.Seq{}
	for _, r := range rooms {
		r.read(func(state *room.State) {
			other := state.Nick(state.Other(s.user))
			switch {
			case !state.Has(s.user):
			case in == "", noName == nil && r.made.Kind != chatnet.KindDirect && state.Name() == name,
				noNick == nil && r.made.Kind == chatnet.KindDirect && other.Key() == nick.Key():
				heads[r.id] = state.Head()
			}
		})
	}
	return heads
}
