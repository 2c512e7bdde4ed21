package sim

import (
	"fmt"

	"tchat/chatnet"
)

// Violation is a broken invariant of DELIVERY section 6.
type Violation struct {
	Rule string // I1..I11
	Text string
	At   int // the record where it shows
}

// String says which, where and how.
func (v Violation) String() string { return fmt.Sprintf("%s at record %d: %s", v.Rule, v.At, v.Text) }

// place names an event: a room and a seq in it.
type place struct {
	room chatnet.RoomID
	seq  chatnet.Seq
}

// checker goes once through a history.
type checker struct {
	found  []Violation
	at     int                                // the record that is looked at
	stored map[place]chatnet.Event            // up to here
	final  map[chatnet.RoomID][]chatnet.Event // at the end
	byNum  map[place]chatnet.Event            // the same
	origin map[chatnet.Origin]chatnet.Event   // the same
	print  map[place]string                   // of stored
	okd    map[place]chatnet.Origin           // answered ok up to here
	users  map[string]chatnet.UserID          // of clients
	said   map[string]saying                  // by text
	views  map[string]*view                   // of clients
	wires  map[string]*wireView
}

// saying is what somebody said.
type saying struct {
	who      string
	say      chatnet.Say
	at       int
	accepted bool
}

// Check holds a history against the invariants and returns what is broken, at
// most one violation a rule and record.
func Check(h History) []Violation {
	c := &checker{
		stored: map[place]chatnet.Event{}, byNum: map[place]chatnet.Event{}, origin: map[chatnet.Origin]chatnet.Event{},
		print: map[place]string{}, okd: map[place]chatnet.Origin{}, users: map[string]chatnet.UserID{},
		said: map[string]saying{}, views: map[string]*view{}, wires: map[string]*wireView{},
	}
	if n := len(h); n > 0 {
		if end, ok := h[n-1].What.(Final); ok {
			c.end(end)
		}
	}
	for i, r := range h {
		c.at = i
		c.record(r)
	}
	return c.found
}

func (c *checker) broken(rule, format string, args ...any) {
	c.found = append(c.found, Violation{Rule: rule, Text: fmt.Sprintf(format, args...), At: c.at})
}

// end learns what is stored in the end.
func (c *checker) end(end Final) {
	c.final = end.Rooms
	for id, evs := range end.Rooms {
		for _, ev := range evs {
			c.byNum[place{id, ev.Seq}] = ev
			if !ev.Origin.IsZero() {
				c.origin[ev.Origin] = ev
			}
		}
	}
}

func (c *checker) record(r Record) {
	switch x := r.What.(type) {
	case Tried:
		c.said[x.Say.Text.String()] = saying{who: r.Who, say: x.Say, at: c.at}
	case Accepted:
		s := c.said[x.Text]
		s.accepted = true
		c.said[x.Text] = s
	case Known:
		c.users[r.Who] = x.User
	case Queued, Settled, Refused, Entered, Exited, Reset, Shown, Paged:
		c.view(r).see(r)
	case Asked, Replied, Opened, Told, Garbled:
		c.onWire(r)
	case Stored:
		c.store(x.Event)
	case Recovered:
		c.recovered(x.Rooms)
	case Quiet:
		c.quiet(x)
	case Stuck:
		c.broken("I11", "something did not end")
	case Final:
		c.checkFinal(x)
	case Fault:
	}
}

// store notes that an event is on stable storage, in one place for ever.
func (c *checker) store(ev chatnet.Event) {
	p := place{ev.Room, ev.Seq}
	if old, ok := c.print[p]; ok && old != printed(ev) {
		c.broken("I6", "%s has two events %d: %s and %s", ev.Room, ev.Seq, old, printed(ev))
	}
	c.stored[p], c.print[p] = ev, printed(ev)
}

// seen checks that an event which somebody saw is stored by now, as it is.
func (c *checker) seen(ev chatnet.Event, by string) {
	switch p := (place{ev.Room, ev.Seq}); {
	case c.print[p] == "":
		c.broken("I9", "%s sees %s, which is not stored", by, printed(ev))
	case c.print[p] != printed(ev):
		c.broken("I6", "%s sees %s, but stored is %s", by, printed(ev), c.print[p])
	}
}

// ok checks an ok: the event is there, with that origin, now and at the end.
func (c *checker) ok(room chatnet.RoomID, seq chatnet.Seq, o chatnet.Origin) {
	p := place{room, seq}
	switch ev, now := c.stored[p]; {
	case !now:
		c.broken("I1", "ok for %v as %s %d, which is not stored", o, room, seq)
	case ev.Origin != o:
		c.broken("I1", "ok for %v as %s %d, but there is %v", o, room, seq, ev.Origin)
	case c.byNum[p].Origin != o:
		c.broken("I1", "ok for %v as %s %d, and at the end it is gone", o, room, seq)
	}
	c.okd[p] = o
}

// recovered checks what a server finds at its start: all that was ok.
func (c *checker) recovered(rooms map[chatnet.RoomID][]chatnet.Event) {
	found := map[place]chatnet.Origin{}
	for id, evs := range rooms {
		c.chain(id, evs)
		for _, ev := range evs {
			found[place{id, ev.Seq}] = ev.Origin
		}
	}
	for p, o := range c.okd {
		if found[p] != o {
			c.broken("I1", "%v was ok as %s %d and is gone after a restart", o, p.room, p.seq)
		}
	}
}
