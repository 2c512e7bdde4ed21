package hub

import (
	"sync"

	"tchat/chatnet"
)

// Session is a user's live attachment. Take is called by one goroutine; the
// other methods by any.
type Session struct {
	h     *Hub
	peer  Peer
	user  chatnet.UserID
	hello chatnet.Hello
	ready chan struct{}

	away     bool         // guarded by Hub.mu
	awayText chatnet.Text // guarded by Hub.mu

	mu       sync.Mutex
	outside  bool // not welcomed yet
	detached bool // hears of nothing any more
	closed   bool // the connection is gone
	over     bool // Bye was taken
	bye      *chatnet.Error
	replies  []chatnet.Reply
	entering []*hall // rooms to be told of
	cursors  map[chatnet.RoomID]*cursor
	grown    []*cursor // have something to read, in turn
	signals  signals
	calls    calls
}

// cursor is how far a session has come in a room.
type cursor struct {
	s *Session
	r *hall

	at    chatnet.Seq // Take alone moves it
	until chatnet.Seq // if not 0, the user's last event there; guarded by s.mu
	grown bool        // is in s.grown; guarded by s.mu
}

func newSession(h *Hub, p Peer, user chatnet.UserID, hello chatnet.Hello) *Session {
	return &Session{
		h: h, peer: p, user: user, hello: hello,
		ready:   make(chan struct{}, 1),
		outside: true,
		cursors: map[chatnet.RoomID]*cursor{},
	}
}

// Ready has a value when Take has something. Its capacity is 1.
func (s *Session) Ready() <-chan struct{} { return s.ready }

// wake makes Ready have a value.
func (s *Session) wake() {
	select {
	case s.ready <- struct{}{}:
	default: // it has one
	}
}

// Close ends the session: the connection is gone. Calls that were taken are
// still done. It waits for nobody and may be called again.
func (s *Session) Close() {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	if first {
		s.h.leave(s)
	}
}

// end makes why the session's last word, unless it has one, and cuts it off
// from its rooms.
func (s *Session) end(why *chatnet.Error) {
	s.last(why)
	s.detach()
}

// last makes why the session's last word, unless it has one.
func (s *Session) last(why *chatnet.Error) {
	s.mu.Lock()
	if s.bye == nil {
		s.bye = why
	}
	s.mu.Unlock()
	s.wake()
}

// detach makes the rooms forget the session.
func (s *Session) detach() {
	s.mu.Lock()
	s.detached = true
	cursors := s.cursors
	s.cursors, s.grown, s.entering = map[chatnet.RoomID]*cursor{}, nil, nil
	s.mu.Unlock()
	for _, c := range cursors {
		c.r.unlisten(c)
	}
}

// attach begins the session's stream of a room, unless it has one; a room in
// which the user is no more is skipped.
func (s *Session) attach(r *hall, have *chatnet.Cursor) (chatnet.RoomInfo, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.detached || s.cursors[r.id] != nil || !r.state.Has(s.user) {
		return chatnet.RoomInfo{}, false
	}
	c := &cursor{s: s, r: r}
	info := r.listen(c, have)
	s.cursors[r.id] = c
	if c.at < info.Head {
		s.grow(c)
	}
	return info, true
}

// enter queues a room to be told of.
func (s *Session) enter(r *hall) {
	s.mu.Lock()
	if c := s.cursors[r.id]; !s.detached && (c == nil || c.until > 0) {
		s.entering = append(s.entering, r)
	}
	s.mu.Unlock()
	s.wake()
}

// exit makes the session read a room up to an event, and then no further.
func (s *Session) exit(r *hall, at chatnet.Seq) {
	s.mu.Lock()
	for i, e := range s.entering {
		if e == r {
			s.entering = append(s.entering[:i:i], s.entering[i+1:]...)
			break
		}
	}
	if c := s.cursors[r.id]; c != nil && c.until == 0 {
		c.until = at
		s.grow(c)
	}
	s.mu.Unlock()
	s.wake()
}

// grew notes that a cursor has something to read.
func (s *Session) grew(c *cursor) {
	s.mu.Lock()
	s.grow(c)
	s.mu.Unlock()
	s.wake()
}

// grow is grew for callers that hold s.mu.
func (s *Session) grow(c *cursor) {
	if !c.grown {
		c.grown = true
		s.grown = append(s.grown, c)
	}
}

// wait queues the first answer to the hello of a session that is not let in.
func (s *Session) wait(a chatnet.Waiting) {
	s.mu.Lock()
	s.replies = append(s.replies, chatnet.Reply{Answer: a})
	s.mu.Unlock()
	s.wake()
}

// begin queues the welcome and opens the session: from here on calls are taken
// and events given. It reports whether the connection is gone already.
func (s *Session) begin(w chatnet.Welcome) (gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outside = false
	s.replies = append(s.replies, chatnet.Reply{Answer: w})
	s.wake()
	return s.closed
}
