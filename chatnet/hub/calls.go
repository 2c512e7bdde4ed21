package hub

import "tchat/chatnet"

// call is a request on its way.
type call struct {
	s     *Session
	id    uint64
	req   chatnet.Request
	lane  lane
	hold  chatnet.RoomID // for a message: the key of its order, see holds
	place uint64         // among the session's calls
}

// lane is where calls flow one behind the other. Calls in different lanes, and
// those in the zero lane, wait until what went before is answered.
type lane struct {
	room chatnet.RoomID
	to   bool // messages to a nick, which may have to make the room
}

// calls are a session's calls, in order. All is guarded by Session.mu.
type calls struct {
	queue   []*call
	flying  int // sent on, not answered
	lane    lane
	owed    int // accepted, the reply not yet taken
	came    uint64
	pumping bool
	holds   holds
}

// taken notes that replies to calls went out.
func (c *calls) taken(replies []chatnet.Reply) {
	for _, r := range replies {
		switch r.Answer.(type) {
		case chatnet.Welcome, chatnet.Waiting: // nobody called for them
		default:
			c.owed--
		}
	}
}

// next returns the call that may go now, nil when there is none.
func (c *calls) next() *call {
	if len(c.queue) == 0 {
		return nil
	}
	first := c.queue[0]
	if c.flying > 0 && (first.lane == lane{} || first.lane != c.lane) {
		return nil
	}
	c.queue[0] = nil
	c.queue = c.queue[1:]
	c.flying++
	c.lane = first.lane
	return first
}

// Submit passes a call to the hub; its reply comes by Take. It never waits for
// the disk. With an error the call is not taken: answer it with that.
func (s *Session) Submit(c chatnet.Call) error {
	next := &call{s: s, id: c.ID, req: c.Request}
	next.lane, next.hold = s.h.route(s, c.Request)
	if err := s.accept(next); err != nil {
		return err
	}
	s.pump()
	return nil
}

// accept queues a call, or says why not.
func (s *Session) accept(c *call) error {
	_, quits := c.req.(chatnet.Quit)
	say, says := c.req.(chatnet.Say)
	s.mu.Lock()
	defer s.mu.Unlock()
	q := &s.calls
	q.came++
	c.place = q.came
	switch {
	case s.bye != nil:
		return s.bye
	case s.closed:
		return errQuit
	case s.outside && !quits:
		return errKnocking
	case says && !say.Origin.IsZero() && say.Origin.Dev != s.hello.Dev:
		return errForeign
	case says && q.holds.refuses(c.hold, say.Again) != nil:
		return q.holds.refuses(c.hold, say.Again)
	}
	var err *chatnet.Error
	switch {
	case q.owed >= chatnet.MaxInFlight:
		err = errInFlight
	case !s.h.gate.enter():
		err = errDown
	default:
		q.owed++
		q.queue = append(q.queue, c)
		if says && say.Again {
			q.holds.expect(c.hold)
		}
		return nil
	}
	if says {
		q.holds.put(c.hold, c.place, err)
	}
	return err
}

// pump sends on what may go, in order: one goroutine at a time does it, and
// sees what the others changed.
func (s *Session) pump() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls.pumping {
		return
	}
	s.calls.pumping = true
	for c := s.calls.next(); c != nil; c = s.calls.next() {
		s.mu.Unlock()
		s.h.dispatch(c)
		s.mu.Lock()
	}
	s.calls.pumping = false
}

// end answers a call, once, and sends the next ones on.
func (c *call) end(a chatnet.Answer, err error) {
	s := c.s
	s.mu.Lock()
	s.calls.flying--
	c.settle(err)
	_, quits := c.req.(chatnet.Quit)
	if !s.closed && !quits {
		s.replies = append(s.replies, chatnet.Reply{ID: c.id, Answer: a, Err: chatnet.AsError(err)})
	}
	idle := (s.closed || s.bye != nil) && s.calls.flying == 0 && len(s.calls.queue) == 0
	s.mu.Unlock()
	s.wake()
	s.pump()
	if idle {
		s.h.pass(s.user)
	}
	s.h.gate.leave()
}

// settle notes what a message's end means for those behind it.
func (c *call) settle(err error) {
	say, ok := c.req.(chatnet.Say)
	if !ok {
		return
	}
	if say.Again {
		c.s.calls.holds.came(c.hold)
	}
	if e := chatnet.AsError(err); e != nil && e.Retry {
		c.s.calls.holds.put(c.hold, c.place, e)
	}
}
