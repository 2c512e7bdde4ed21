package hub

import "tchat/chatnet"

// maxSignals is how many signals wait for a session; more are dropped, which
// signals may always be (DELIVERY C3).
const maxSignals = 1024

// The kinds of signal. Of presence, self and knocks only the key waits: the
// value is looked up when the signal is taken, so it is the latest.
const (
	presenceKind = "presence"
	typingKind   = "typing"
	readKind     = "read"
	knocksKind   = "knocks"
	selfKind     = "self"
)

// signalKey says what a signal is about; a newer one takes its place.
type signalKey struct {
	kind string
	user chatnet.UserID
	room chatnet.RoomID
}

// signals are those that wait for a session, in the order of their keys' first.
type signals struct {
	order []signalKey
	value map[signalKey]chatnet.Signal
}

// pending is a signal that was taken; a nil value is to be looked up.
type pending struct {
	key   signalKey
	value chatnet.Signal
}

func (q *signals) put(k signalKey, v chatnet.Signal) {
	if _, there := q.value[k]; !there {
		if len(q.order) >= maxSignals {
			return
		}
		q.order = append(q.order, k)
	}
	if q.value == nil {
		q.value = map[signalKey]chatnet.Signal{}
	}
	q.value[k] = v
}

func (q *signals) take() []pending {
	if len(q.order) == 0 {
		return nil
	}
	list := make([]pending, 0, len(q.order))
	for _, k := range q.order {
		list = append(list, pending{k, q.value[k]})
	}
	*q = signals{}
	return list
}

// signal queues a signal.
func (s *Session) signal(k signalKey, v chatnet.Signal) {
	s.mu.Lock()
	if !s.detached && !s.closed {
		s.signals.put(k, v)
	}
	s.mu.Unlock()
	s.wake()
}

// resolve gives the signals that a session took their values as of now.
func (h *Hub) resolve(s *Session, list []pending) []chatnet.Signal {
	var out []chatnet.Signal
	for _, p := range list {
		if v := h.value(s, p); v != nil {
			out = append(out, v)
		}
	}
	return out
}

// value returns a signal's value, nil when there is none any more.
func (h *Hub) value(s *Session, p pending) chatnet.Signal {
	switch p.key.kind {
	case presenceKind:
		u := h.dir.user(p.key.user)
		if u.Nick.IsZero() {
			return nil // forgotten; the event in the room says so
		}
		v := chatnet.PresenceChanged{User: u.User, Nick: u.Nick}
		v.Presence, v.Away = h.presence(u.User)
		return v
	case knocksKind:
		if h.dir.may(h.actor(s), chatnet.ListKnocks{}) != nil {
			return nil
		}
		return chatnet.KnocksChanged{Knocks: h.knockList()}
	case selfKind:
		by := h.actor(s)
		return chatnet.SelfChanged{Nick: by.Nick, Role: by.Role}
	}
	return p.value
}
