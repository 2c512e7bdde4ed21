package sim

import "tchat/chatnet"

// checkFinal checks what is stored at the end by itself, and against what was
// said.
func (c *checker) checkFinal(end Final) {
	origins, texts := map[chatnet.Origin]place{}, map[string]place{}
	for _, id := range sortedKeys(end.Rooms) {
		c.chain(id, end.Rooms[id])
		for _, ev := range end.Rooms[id] {
			p := place{id, ev.Seq}
			if c.print[p] != printed(ev) {
				c.broken("I6", "at the end %s is stored, before it was %s", printed(ev), c.print[p])
			}
			if old, twice := origins[ev.Origin]; twice && !ev.Origin.IsZero() {
				c.broken("I2", "%v is stored twice, as %v and %v", ev.Origin, old, p)
			}
			origins[ev.Origin] = p
			if said, ok := ev.Body.(chatnet.Said); ok {
				c.message(ev, said, texts)
			}
		}
		c.order(id, end.Rooms[id])
	}
	for text, s := range c.said {
		if _, there := texts[text]; s.accepted && !there && !c.refusedText(s.who, text) {
			c.at = s.at
			c.broken("I10", "%s was promised that %q is sent, and it is not stored", s.who, short(text))
		}
	}
	if end.Open != 0 {
		c.broken("I11", "%d files were never closed", end.Open)
	}
}

// message checks that a message is what somebody said, byte for byte, once.
func (c *checker) message(ev chatnet.Event, said chatnet.Said, texts map[string]place) {
	text := said.Text.String()
	s, known := c.said[text]
	switch {
	case !known:
		c.broken("I3", "nobody said %q", short(text))
	case c.users[s.who] != ev.By:
		c.broken("I3", "%s (%s) said %q, stored is that %s did", s.who, c.users[s.who], short(text), ev.By)
	case s.say.Room != "" && s.say.Room != ev.Room:
		c.broken("I3", "%q was said in %s and is stored in %s", short(text), s.say.Room, ev.Room)
	}
	if old, twice := texts[text]; twice {
		c.broken("I2", "%q is stored twice, as %v and %v", short(text), old, place{ev.Room, ev.Seq})
	}
	texts[text] = place{ev.Room, ev.Seq}
}

// chain checks the prev chain of a log.
func (c *checker) chain(id chatnet.RoomID, evs []chatnet.Event) {
	var last chatnet.Seq
	for _, ev := range evs {
		if ev.Prev != last || ev.Seq <= last || ev.Room != id {
			c.broken("I6", "in %s %d says that %d is before it, but %d is", id, ev.Seq, ev.Prev, last)
			return
		}
		last = ev.Seq
	}
}

// order checks that each sender's messages stand in the order in which they
// were said.
func (c *checker) order(id chatnet.RoomID, evs []chatnet.Event) {
	last := map[string]saying{}
	for _, ev := range evs {
		said, ok := ev.Body.(chatnet.Said)
		if !ok {
			continue
		}
		s, known := c.said[said.Text.String()]
		if !known {
			continue
		}
		if before, ok := last[s.who]; ok && s.at < before.at {
			c.broken("I4", "in %s %s said %q first, and it stands behind %q", id, s.who,
				short(s.say.Text.String()), short(before.say.Text.String()))
		}
		last[s.who] = s
	}
}
