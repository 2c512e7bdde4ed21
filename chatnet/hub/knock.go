package hub

import (
	"context"
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// knock is a newcomer who waits for the host's word, with all of their
// sessions.
type knock struct {
	chatnet.Knock
	sessions []*Session
	opening  bool // is being admitted
}

// knock makes a session wait, unless its user is known. It reports whether it
// waits.
func (h *Hub) knock(s *Session) (bool, error) {
	var known bool
	var err error
	h.dir.read(func(d *room.Directory) {
		_, known = d.User(s.user)
		err = d.Free(s.hello.Nick)
	})
	if known || err != nil {
		if known {
			err = nil
		}
		return false, err
	}
	h.mu.Lock()
	old, err := h.addKnock(s)
	h.mu.Unlock()
	if err != nil {
		return false, err
	}
	if old != nil {
		old.end(errReplaced)
	}
	s.wait(chatnet.Waiting{Server: h.cfg.Server})
	h.knocksChanged()
	return true, nil
}

// addKnock puts a session to the knock of its user, a new one if need be. It
// returns the session that it takes the place of. The caller holds h.mu.
func (h *Hub) addKnock(s *Session) (*Session, error) {
	for _, k := range h.knocks {
		switch {
		case k.User == s.user:
			return k.add(s), nil
		case k.Nick.Key() == s.hello.Nick.Key():
			return nil, room.NickTaken(s.hello.Nick)
		}
	}
	if len(h.knocks) >= chatnet.MaxKnocks {
		return nil, errKnocks
	}
	h.knocks = append(h.knocks, &knock{
		Knock: chatnet.Knock{
			User: s.user, Nick: s.hello.Nick, Addr: s.peer.Addr, Door: s.peer.Door, Since: h.cfg.Now(),
		},
		sessions: []*Session{s},
	})
	return nil, nil
}

// add puts a session to a knock and returns the one of the same client.
func (k *knock) add(s *Session) *Session {
	for i, old := range k.sessions {
		if s.hello.Dev != 0 && old.hello.Dev == s.hello.Dev {
			k.sessions[i] = s
			return old
		}
	}
	k.sessions = append(k.sessions, s)
	return nil
}

// unknock takes a session off its knock, and reports whether that changed who
// waits. The caller holds h.mu.
func (h *Hub) unknock(s *Session) bool {
	for i, k := range h.knocks {
		if j := slices.Index(k.sessions, s); j >= 0 {
			k.sessions = slices.Delete(k.sessions, j, j+1)
			if len(k.sessions) > 0 || k.opening {
				return false
			}
			h.knocks = slices.Delete(h.knocks, i, i+1)
			return true
		}
	}
	return false
}

// knockList returns who waits, oldest first.
func (h *Hub) knockList() []chatnet.Knock {
	h.mu.RLock()
	defer h.mu.RUnlock()
	list := make([]chatnet.Knock, 0, len(h.knocks))
	for _, k := range h.knocks {
		list = append(list, k.Knock)
	}
	return list
}

// knocksChanged tells those who may admit. The role is looked at when they take
// the signal, so everybody with a chance gets the key.
func (h *Hub) knocksChanged() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for s := range h.sessions {
		if s.peer.Operator || h.dir.user(s.user).Role.AtLeast(chatnet.RoleModerator) {
			s.signal(signalKey{kind: knocksKind}, nil)
		}
	}
}

// listKnocks answers who waits.
func (h *Hub) listKnocks(c *call, r chatnet.ListKnocks) {
	if err := h.dir.may(h.actor(c.s), r); err != nil {
		c.end(nil, err)
		return
	}
	c.end(chatnet.KnockList{Knocks: h.knockList()}, nil)
}

// find returns the knock of a nick. The caller holds h.mu.
func (h *Hub) find(nick chatnet.Nick) (int, error) {
	for i, k := range h.knocks {
		if k.Nick.Key() == nick.Key() && !k.opening {
			return i, nil
		}
	}
	return 0, chatnet.E(chatnet.CodeNoUser, "nobody called "+nick.String()+" is waiting to be let in")
}

// admit lets a waiting user in. It runs on a reader, because it waits for
// writers.
func (h *Hub) admit(ctx context.Context, s *Session, r chatnet.Admit) (chatnet.Answer, error) {
	by := h.actor(s)
	if err := h.dir.may(by, r); err != nil {
		return nil, err
	}
	h.mu.Lock()
	i, err := h.find(r.Nick)
	if err != nil {
		h.mu.Unlock()
		return nil, err
	}
	k := h.knocks[i]
	k.opening = true // nobody else answers it meanwhile
	h.mu.Unlock()

	err = h.register(ctx, by, room.Actor{User: k.User, Nick: k.Nick, Role: chatnet.RoleMember})
	h.mu.Lock()
	k.opening = false
	if err != nil && len(k.sessions) > 0 {
		h.mu.Unlock()
		return nil, err
	}
	h.knocks = slices.DeleteFunc(h.knocks, func(o *knock) bool { return o == k })
	in := k.sessions
	h.mu.Unlock()
	h.knocksChanged()
	if err != nil {
		return nil, err
	}
	return chatnet.Done{}, h.letIn(ctx, k.User, in)
}

// letIn welcomes the sessions of a user who was admitted.
func (h *Hub) letIn(ctx context.Context, id chatnet.UserID, in []*Session) error {
	var failed error
	for _, s := range in {
		if err := h.settle(ctx, s); err != nil {
			s.end(chatnet.AsError(err))
			failed = err
		}
	}
	h.pass(id) // they may have gone
	return failed
}

// refuse sends a waiting user away.
func (h *Hub) refuse(c *call, r chatnet.Refuse) {
	if err := h.dir.may(h.actor(c.s), r); err != nil {
		c.end(nil, err)
		return
	}
	h.mu.Lock()
	i, err := h.find(r.Nick)
	if err != nil {
		h.mu.Unlock()
		c.end(nil, err)
		return
	}
	k := h.knocks[i]
	h.knocks = slices.Delete(h.knocks, i, i+1)
	h.mu.Unlock()
	why := "the host said no"
	if !r.Reason.IsZero() {
		why += ": " + r.Reason.String()
	}
	for _, s := range k.sessions {
		s.end(chatnet.E(chatnet.CodeRefused, why))
	}
	h.knocksChanged()
	c.end(chatnet.Done{}, nil)
}
