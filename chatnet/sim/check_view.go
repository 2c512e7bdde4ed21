package sim

import "tchat/chatnet"

// view is what one client's person has before their eyes.
type view struct {
	c       *checker
	who     string
	life    int
	queued  map[chatnet.Origin]bool
	texts   map[chatnet.Origin]string
	refused map[string]bool
	rooms   map[chatnet.RoomID]*roomView
	far     map[chatnet.RoomID]chatnet.Seq // how far each room was seen in any life
}

// roomView is one room in one life.
type roomView struct {
	at     chatnet.Seq // the last event shown
	after  chatnet.Seq // where it begins anew after a reset
	unseen bool        // the cache is past what was ever seen: it must show it
}

func (c *checker) view(r Record) *view {
	v := c.views[r.Who]
	if v == nil {
		v = &view{c: c, who: r.Who, texts: map[chatnet.Origin]string{}, refused: map[string]bool{}, far: map[chatnet.RoomID]chatnet.Seq{}}
		c.views[r.Who] = v
	}
	if v.life != r.Life {
		v.life, v.queued, v.rooms = r.Life, map[chatnet.Origin]bool{}, map[chatnet.RoomID]*roomView{}
	}
	return v
}

// see checks what a person sees: every event once and in order since the room
// began (I5, I7), nothing that is not stored (I9), and true words about what
// they said (I1).
func (v *view) see(r Record) {
	switch x := r.What.(type) {
	case Queued:
		v.queued[x.Origin] = true
		if old := v.texts[x.Origin]; old != "" && old != x.Text {
			v.c.broken("I2", "%s gives the origin %v to %q and %q", v.who, x.Origin, short(old), short(x.Text))
		}
		v.texts[x.Origin] = x.Text
	case Settled:
		v.settled(x)
	case Refused:
		v.c.broken("I10", "%s gives the link up: %s", v.who, x.Code)
	case Entered:
		v.entered(x)
	case Exited:
		delete(v.rooms, x.Room)
	case Reset:
		v.c.broken("I7", "%s loses its place in %s", v.who, x.Room)
		if room := v.rooms[x.Room]; room != nil {
			room.at = room.after
		}
	case Shown:
		v.shown(x)
	case Paged:
		for i, ev := range x.Events {
			v.c.seen(ev, v.who)
			if i > 0 && ev.Prev != x.Events[i-1].Seq {
				v.c.broken("I5", "%s has a page of %s with %d behind %d", v.who, x.Room, ev.Seq, x.Events[i-1].Seq)
			}
		}
	default:
	}
}

// settled checks the end of a message: stored where it says, or refused for a
// reason. In a simulation nobody gives a reason.
func (v *view) settled(x Settled) {
	delete(v.queued, x.Origin)
	if x.Code != "" {
		v.refused[v.texts[x.Origin]] = true
		v.c.broken("I10", "%s is refused %v: %s", v.who, x.Origin, x.Code)
		return
	}
	v.c.ok(x.Room, x.Seq, x.Origin)
}

func (v *view) entered(x Entered) {
	room := v.rooms[x.Info.ID]
	switch {
	case room == nil && x.Cached:
		v.rooms[x.Info.ID] = &roomView{at: x.Info.Head, after: x.Info.After, unseen: x.Info.Head > v.far[x.Info.ID]}
	case room == nil:
		v.rooms[x.Info.ID] = &roomView{at: x.Info.After, after: x.Info.After}
	default:
		room.after = x.Info.After
	}
}

func (v *view) shown(x Shown) {
	room := v.rooms[x.Room]
	if room == nil {
		v.c.broken("I7", "%s is shown %s, which it did not enter", v.who, x.Room)
		return
	}
	first := x.Events[0]
	switch {
	case !x.Cached && room.unseen:
		v.c.broken("I7", "%s was not shown what it has of %s up to %d", v.who, x.Room, room.at)
	case x.Cached && first.Prev > v.far[x.Room] && v.far[x.Room] > 0:
		v.c.broken("I7", "%s never saw what is between %d and %d of %s", v.who, v.far[x.Room], first.Seq, x.Room)
	case x.Cached && x.Events[len(x.Events)-1].Seq != room.at:
		v.c.broken("I7", "%s has a cursor at %d of %s and a cache to %d", v.who, room.at, x.Room, x.Events[len(x.Events)-1].Seq)
	case !x.Cached && first.Prev != room.at:
		v.c.broken("I7", "%s is shown %d of %s, behind %d; it had seen %d", v.who, first.Seq, x.Room, first.Prev, room.at)
	}
	for i, ev := range x.Events {
		v.c.seen(ev, v.who)
		if i > 0 && ev.Prev != x.Events[i-1].Seq {
			v.c.broken("I5", "%s is shown %d of %s right behind %d", v.who, ev.Seq, x.Room, x.Events[i-1].Seq)
		}
	}
	room.at, room.unseen = x.Events[len(x.Events)-1].Seq, false
	v.far[x.Room] = max(v.far[x.Room], room.at)
}

// quiet checks that all is said and seen.
func (c *checker) quiet(q Quiet) {
	if q.Done {
		c.unanswered(q.Alive)
	}
	heads := map[chatnet.RoomID]chatnet.Seq{}
	for p := range c.stored {
		heads[p.room] = max(heads[p.room], p.seq)
	}
	for _, name := range sortedKeys(c.views) {
		v := c.views[name]
		if n := len(v.queued); n > 0 {
			c.broken("I10", "%d messages of %s wait, %v after the last fault", n, name, q.Late)
		}
		for _, id := range sortedKeys(v.rooms) {
			if at := v.rooms[id].at; at != heads[id] {
				c.broken("I10", "%s has seen %s up to %d of %d, %v after the last fault", name, id, at, heads[id], q.Late)
			}
		}
		for _, id := range c.memberships(c.users[name]) {
			if v.rooms[id] == nil {
				c.broken("I10", "%s does not know that it is in %s, %v after the last fault", name, id, q.Late)
			}
		}
	}
}

// memberships returns the rooms in which a user is, as the logs say.
func (c *checker) memberships(user chatnet.UserID) []chatnet.RoomID {
	in := map[chatnet.RoomID]chatnet.Seq{}
	for p, ev := range c.stored {
		if b, ok := ev.Body.(chatnet.Joined); ok && b.User == user {
			in[p.room] = p.seq // nobody parts in a simulation
		}
	}
	return sortedKeys(in)
}

func (c *checker) refusedText(who, text string) bool {
	v := c.views[who]
	return v != nil && v.refused[text]
}
