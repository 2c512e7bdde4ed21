package sim

import "tchat/chatnet"

// wireView is what is known of one connection.
type wireView struct {
	asked   map[uint64]Asked
	replied map[uint64]bool
	rooms   map[chatnet.RoomID]chatnet.Seq // the last event told, or where it begins
}

// onWire checks what goes over a wire: one reply for each request (I8), each
// room's events from where they were said to begin, without gap or repeat (I7).
func (c *checker) onWire(r Record) {
	switch x := r.What.(type) {
	case Asked:
		c.wire(x.Wire).asked[x.ID] = x
	case Replied:
		c.reply(x)
	case Opened:
		c.wire(x.Wire).rooms[x.Info.ID] = x.Info.After
	case Told:
		w := c.wire(x.Wire)
		last, open := w.rooms[x.Event.Room]
		switch {
		case !open:
			c.broken("I7", "%s is told of %s, which was not opened", x.Wire, printed(x.Event))
		case x.Event.Prev != last:
			c.broken("I7", "%s is told of %s behind %d", x.Wire, printed(x.Event), last)
		}
		w.rooms[x.Event.Room] = x.Event.Seq
		c.seen(x.Event, x.Wire)
	case Garbled:
		c.broken("I8", "%s: %s", x.Wire, x.Err)
	default:
	}
}

func (c *checker) wire(name string) *wireView {
	if c.wires[name] == nil {
		c.wires[name] = &wireView{asked: map[uint64]Asked{}, replied: map[uint64]bool{}, rooms: map[chatnet.RoomID]chatnet.Seq{}}
	}
	return c.wires[name]
}

func (c *checker) reply(x Replied) {
	w := c.wire(x.Wire)
	asked, ok := w.asked[x.Reply.ID]
	switch {
	case x.Reply.ID == 0: // of the hello
	case !ok:
		c.broken("I8", "%s has a reply to %d, which nobody asked", x.Wire, x.Reply.ID)
	case w.replied[x.Reply.ID]:
		c.broken("I8", "%s has two replies to %d", x.Wire, x.Reply.ID)
	}
	w.replied[x.Reply.ID] = true
	if a, ok := x.Reply.Answer.(chatnet.Stored); ok {
		if a.Origin != asked.Say.Origin {
			c.broken("I8", "%s asked for %v and is told of %v", x.Wire, asked.Say.Origin, a.Origin)
		}
		c.ok(a.Room, a.Seq, a.Origin)
	}
}

// unanswered checks that living wires have their replies.
func (c *checker) unanswered(alive map[string]bool) {
	for _, name := range sortedKeys(alive) {
		if w := c.wires[name]; w != nil {
			for _, id := range sortedKeys(w.asked) {
				if !w.replied[id] {
					c.broken("I8", "%s has no reply to %d", name, id)
				}
			}
		}
	}
}
