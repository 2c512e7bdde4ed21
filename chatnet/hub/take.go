package hub

import (
	"context"
	"fmt"

	"tchat/chatnet"
)

// Taken is what a session has for its connection, in the order: Replies,
// Entered, Batches, Exited, Signals, Bye. Events is empty: they are in Batches.
type Taken struct {
	chatnet.Delivery
	Batches []Batch // per room in order and without a gap
}

// Take returns what there is: everything but events at once, and about limit
// bytes of events. When more is left, Ready has a value again. It waits for the
// store when the session is behind what memory has, and returns its error; the
// session is of no use then. After a Bye there is nothing more.
func (s *Session) Take(ctx context.Context, limit int) (Taken, error) {
	var t Taken
	s.mu.Lock()
	if s.over {
		s.mu.Unlock()
		return t, nil
	}
	t.Replies, s.replies = s.replies, nil
	s.calls.taken(t.Replies)
	t.Bye = s.bye
	outside := s.outside
	s.over = t.Bye != nil
	s.mu.Unlock()
	if outside {
		return t, nil // nothing goes before the welcome
	}
	if err := s.takeRest(ctx, &t, limit); err != nil {
		return Taken{}, err
	}
	return t, nil
}

// takeRest takes what comes behind the replies.
func (s *Session) takeRest(ctx context.Context, t *Taken, limit int) error {
	s.mu.Lock()
	pending := s.signals.take()
	entering := append([]*hall(nil), s.entering...)
	s.mu.Unlock()
	for _, r := range entering {
		if info, ok := s.enterNow(r); ok {
			t.Entered = append(t.Entered, info)
		}
	}
	if err := s.takeEvents(ctx, t, limit); err != nil {
		return err
	}
	t.Signals = s.h.resolve(s, pending)
	s.mu.Lock()
	more := len(s.grown) > 0 || len(s.entering) > 0
	s.mu.Unlock()
	if more {
		s.wake()
	}
	return nil
}

// enterNow starts a room that the user has entered, unless what came before an
// exit is still being read.
func (s *Session) enterNow(r *hall) (chatnet.RoomInfo, bool) {
	if !s.entered(r) {
		return chatnet.RoomInfo{}, false
	}
	info, ok := s.attach(r, nil)
	if ok {
		s.h.complete(s, &info)
	}
	return info, ok
}

// entered takes a room off those to be told of, and reports whether it was one.
func (s *Session) entered(r *hall) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, e := range s.entering {
		if e == r && s.cursors[r.id] == nil {
			s.entering = append(s.entering[:i:i], s.entering[i+1:]...)
			return true
		}
	}
	return false
}

// takeEvents reads rooms in turn until limit is used up.
func (s *Session) takeEvents(ctx context.Context, t *Taken, limit int) error {
	for limit > 0 {
		c, until := s.next()
		if c == nil {
			return nil
		}
		bs, err := c.read(ctx, until, limit)
		if err != nil {
			return err
		}
		for _, b := range bs {
			limit -= b.size()
			c.at = b.last()
		}
		t.Batches = append(t.Batches, bs...)
		if s.settle(c, len(bs) > 0) {
			t.Exited = append(t.Exited, c.r.id)
			c.r.unlisten(c)
		}
	}
	return nil
}

// next returns a cursor that has something to read, and how far it may.
func (s *Session) next() (*cursor, chatnet.Seq) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.grown) == 0 {
		return nil, 0
	}
	c := s.grown[0]
	s.grown[0] = nil
	s.grown = s.grown[1:]
	c.grown = false
	return c, c.until
}

// settle puts a cursor behind the others when it may have more, and reports
// whether it has read a left room to its end.
func (s *Session) settle(c *cursor, more bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.cursors[c.r.id] != c:
		return false // detached meanwhile
	case c.until > 0 && c.at >= c.until:
		delete(s.cursors, c.r.id)
		return true
	case more:
		s.grow(c)
	}
	return false
}

// read returns about limit bytes of what comes next, from the room's tail or
// the store.
func (c *cursor) read(ctx context.Context, until chatnet.Seq, limit int) ([]Batch, error) {
	bs, head, ok := c.r.after(c, until, limit)
	if ok {
		return bs, nil
	}
	if until == 0 || until > head {
		until = head // what is stored and not yet applied is nobody's business
	}
	h := c.r.h
	evs, err := h.cfg.Store.Read(ctx, c.r.id, c.at, min(max(limit/eventCost, 1), tailEvents))
	if err != nil {
		return nil, h.check(err)
	}
	if len(evs) == 0 || evs[0].Prev != c.at {
		return nil, chatnet.E(chatnet.CodeInternal, "the room's log has a gap").
			Because(fmt.Errorf("room %s behind %d", c.r.id, c.at))
	}
	return []Batch{newChunk(evs).after(c.at, until, limit)}, nil
}
