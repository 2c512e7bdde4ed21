package wiretest

import (
	"slices"
	"strings"

	"tchat/chatnet"
)

// Submit answers a call at once.
func (h *Hub) Submit(c chatnet.Call) chatnet.Delivery {
	d, answer, err := h.decide(c.Request)
	if answer != nil || err != nil {
		d.Replies = append(d.Replies, chatnet.Reply{ID: c.ID, Answer: answer, Err: err})
	}
	return d
}

// decide lets a request happen and returns what came of it: an answer or an
// error.
func (h *Hub) decide(r chatnet.Request) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	done := func(*room, *chatnet.Delivery) chatnet.Answer { return chatnet.Done{} }
	switch r := r.(type) {
	case chatnet.Say:
		return h.say(r)
	case chatnet.Redact:
		return h.amend(r.Room, r.Target, chatnet.Redacted{Target: r.Target, Reason: r.Reason})
	case chatnet.React:
		return h.amend(r.Room, r.Target, chatnet.Reacted{Target: r.Target, Emoji: r.Emoji, On: r.On})
	case chatnet.Join:
		return h.join(r.Name, chatnet.KindOpen)
	case chatnet.Create:
		return h.create(r)
	case chatnet.OpenDirect:
		room, d, err := h.direct(r.With)
		if err != nil {
			return d, nil, err
		}
		return d, chatnet.Entered{Room: room.info.ID}, nil
	case chatnet.SetNick:
		return h.rename(r.Nick), chatnet.Done{}, nil
	case chatnet.SetRole:
		return d, nil, chatnet.E(chatnet.CodeForbidden, "only an owner gives roles")
	case chatnet.SetAway:
		return d, chatnet.Done{}, nil
	case chatnet.Quit:
		return bye(chatnet.E(chatnet.CodeQuit, "goodbye")), nil, nil
	case chatnet.ListRooms:
		return d, h.list(), nil
	case chatnet.Whois:
		return h.whois(r.Nick)
	case chatnet.Search:
		return d, h.search(r), nil
	case chatnet.ListKnocks:
		return d, chatnet.KnockList{Knocks: h.knocks}, nil
	case chatnet.Admit:
		return h.answered(r.Nick)
	case chatnet.Refuse:
		return h.answered(r.Nick)
	case chatnet.Invite:
		return h.inside(r.Room, done)
	case chatnet.MarkRead:
		return h.inside(r.Room, done)
	case chatnet.Type:
		return h.inside(r.Room, done)
	case chatnet.ListMembers:
		return h.inside(r.Room, func(room *room, _ *chatnet.Delivery) chatnet.Answer {
			return chatnet.MemberList{Room: room.info.ID, Members: room.members}
		})
	case chatnet.History:
		return h.inside(r.Room, func(room *room, _ *chatnet.Delivery) chatnet.Answer { return room.page(r) })
	case chatnet.SetTopic:
		return h.inside(r.Room, func(room *room, d *chatnet.Delivery) chatnet.Answer {
			room.info.Topic = r.Topic
			d.Events = append(d.Events, h.record(room, h.self, chatnet.TopicSet{Topic: r.Topic}))
			return chatnet.Done{}
		})
	case chatnet.Part:
		return h.inside(r.Room, func(room *room, d *chatnet.Delivery) chatnet.Answer {
			room.in = false
			d.Exited = append(d.Exited, room.info.ID)
			return chatnet.Done{}
		})
	}
	return d, nil, chatnet.E(chatnet.CodeInternal, "the hub of this test does not know this request")
}

// inside decides what is asked of a room that the user must be in.
func (h *Hub) inside(id chatnet.RoomID, do func(*room, *chatnet.Delivery) chatnet.Answer) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	room := h.byID(id)
	if room == nil || !room.in {
		return d, nil, chatnet.E(chatnet.CodeNoRoom, "you are in no room with the id "+string(id))
	}
	a = do(room, &d)
	return d, a, nil
}

func (h *Hub) create(r chatnet.Create) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	if h.named(r.Name) != nil {
		return d, nil, chatnet.E(chatnet.CodeExists, "there is a room "+r.Name.String()+" already")
	}
	if r.Private {
		return h.join(r.Name, chatnet.KindPrivate)
	}
	return h.join(r.Name, chatnet.KindOpen)
}

// rename tells every room that the user is in.
func (h *Hub) rename(n chatnet.Nick) (d chatnet.Delivery) {
	h.self.Nick = n
	d.Signals = append(d.Signals, chatnet.SelfChanged{Nick: h.self.Nick, Role: h.self.Role})
	for _, room := range h.rooms {
		if room.in {
			d.Events = append(d.Events, h.record(room, h.self, chatnet.Renamed{User: h.self.User, Nick: n}))
		}
	}
	return d
}

// page returns the newest events before a seq.
func (r *room) page(q chatnet.History) chatnet.Page {
	end := len(r.events)
	if q.Before > 0 {
		end = min(end, int(q.Before)-1)
	}
	start := 0
	if q.Limit > 0 {
		start = max(0, end-q.Limit)
	}
	return chatnet.Page{Room: r.info.ID, Events: r.events[start:end], More: start > 0}
}

func (h *Hub) say(s chatnet.Say) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	if old, ok := h.stored[s.Origin]; ok && !s.Origin.IsZero() {
		old.Dup = true
		return d, old, nil
	}
	room := h.byID(s.Room)
	if !s.To.IsZero() {
		if room, d, err = h.direct(s.To); err != nil {
			return d, nil, err
		}
	}
	switch {
	case room == nil || !room.in:
		return d, nil, chatnet.E(chatnet.CodeNoRoom, "you are in no room with the id "+string(s.Room))
	case s.Text.Len() > chatnet.MaxText:
		return d, nil, chatnet.E(chatnet.CodeTooLong, "a message has at most 8192 bytes")
	}
	ev := h.record(room, h.self, said(s))
	ev.Origin = s.Origin
	room.events[len(room.events)-1] = ev
	d.Events = append(d.Events, ev)
	stored := chatnet.Stored{Room: room.info.ID, Seq: ev.Seq, Origin: s.Origin}
	h.stored[s.Origin] = stored
	return d, stored, nil
}

func (h *Hub) named(n chatnet.RoomName) *room {
	return h.find(func(r *room) bool { return r.info.Name == n })
}

func (h *Hub) join(n chatnet.RoomName, kind chatnet.RoomKind) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	room := h.named(n)
	if room == nil {
		room = h.make(n, kind)
	}
	if !room.in {
		room.in = true
		room.members = append(room.members, h.self)
		ev := h.record(room, h.self, chatnet.Joined{User: h.self.User, Nick: h.self.Nick, Role: chatnet.RoleOwner})
		info := room.seen()
		info.After = ev.Prev
		d.Entered, d.Events = []chatnet.RoomInfo{info}, []chatnet.Event{ev}
	}
	return d, chatnet.Entered{Room: room.info.ID}, nil
}

// direct returns the room with a user; bob is the only one there is.
func (h *Hub) direct(with chatnet.Nick) (*room, chatnet.Delivery, *chatnet.Error) {
	var d chatnet.Delivery
	if with != chatnet.MustNick("bob") {
		return nil, d, chatnet.E(chatnet.CodeNoUser, "nobody here is called "+with.String())
	}
	room := h.find(func(r *room) bool { return r.info.Kind == chatnet.KindDirect })
	if room == nil {
		room = h.make(chatnet.RoomName{}, chatnet.KindDirect)
		room.in, room.info.With = true, h.rooms[0].members[0]
		room.members = []chatnet.Member{h.self, room.info.With}
		d.Entered = []chatnet.RoomInfo{room.seen()}
	}
	return room, d, nil
}

// search finds what has the text in it, the newest first.
func (h *Hub) search(q chatnet.Search) chatnet.Hits {
	var hits chatnet.Hits
	for _, room := range h.rooms {
		for _, ev := range slices.Backward(room.events) {
			if b, ok := ev.Body.(chatnet.Said); ok && room.in && strings.Contains(b.Text.String(), q.Text.String()) {
				hits.Events = append(hits.Events, ev)
			}
		}
	}
	return hits
}

func (h *Hub) list() chatnet.RoomList {
	var l chatnet.RoomList
	for _, r := range h.rooms {
		if r.info.Kind == chatnet.KindOpen {
			l.Rooms = append(l.Rooms, chatnet.Listing{Name: r.info.Name, Topic: r.info.Topic, Count: len(r.members)})
		}
	}
	return l
}

func (h *Hub) whois(n chatnet.Nick) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	for _, m := range h.rooms[0].members {
		if m.Nick == n {
			return d, chatnet.UserInfo{Member: m, Rooms: []chatnet.RoomName{chatnet.Lobby()}, Since: h.rooms[0].events[0].At}, nil
		}
	}
	return d, nil, chatnet.E(chatnet.CodeNoUser, "nobody here is called "+n.String())
}

// answered takes a knock off the list.
func (h *Hub) answered(n chatnet.Nick) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	for i, k := range h.knocks {
		if strings.EqualFold(k.Nick.String(), n.String()) {
			h.knocks = append(h.knocks[:i:i], h.knocks[i+1:]...)
			d.Signals = append(d.Signals, chatnet.KnocksChanged{Knocks: h.knocks})
			return d, chatnet.Done{}, nil
		}
	}
	return d, nil, chatnet.E(chatnet.CodeNoUser, "nobody called "+n.String()+" is waiting")
}
