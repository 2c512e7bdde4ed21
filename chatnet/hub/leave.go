package hub

import (
	"context"

	"tchat/chatnet"
)

// leave takes a session out of everything. It is idempotent.
func (h *Hub) leave(s *Session) {
	h.mu.Lock()
	_, there := h.sessions[s]
	delete(h.sessions, s)
	if u := h.users[s.user]; u != nil {
		delete(u.sessions, s)
	}
	knocked := h.unknock(s)
	h.mu.Unlock()
	s.detach()
	if knocked {
		h.knocksChanged()
	}
	if there && !s.peer.Operator && !h.stopping() {
		h.announce(s.user, s)
	}
	s.mu.Lock()
	idle := s.calls.flying == 0 && len(s.calls.queue) == 0
	s.mu.Unlock()
	if idle {
		h.pass(s.user)
	}
}

// stopping reports whether the hub is shutting down: everybody goes then, and
// each is told so without hearing of the others.
func (h *Hub) stopping() bool {
	select {
	case <-h.stop:
		return true
	default:
		return false
	}
}

// pass forgets a guest without a token who has no session any more.
func (h *Hub) pass(id chatnet.UserID) {
	if !passing(id) {
		return
	}
	h.mu.RLock()
	u := h.users[id]
	here := u != nil && len(u.sessions) > 0
	h.mu.RUnlock()
	if !here && h.dir.user(id).User != "" {
		h.forget(id)
	}
}

// Shutdown answers new requests with CodeShutdown, finishes those it has, says
// goodbye to every session and waits for its goroutines. When ctx ends first,
// what waits for the store is cut short, and ctx's error returned. The store
// stays open.
func (h *Hub) Shutdown(ctx context.Context) error {
	var err error
	select {
	case <-h.gate.close():
	case <-ctx.Done():
		err = ctx.Err()
		h.cancel()
	}
	h.stopOnce.Do(func() { close(h.stop) })
	h.wg.Wait()
	h.cancel()
	h.goneOnce.Do(func() { close(h.gone) })

	h.mu.RLock()
	defer h.mu.RUnlock()
	for s := range h.sessions {
		s.last(errDown)
	}
	for _, k := range h.knocks {
		for _, s := range k.sessions {
			s.last(errDown)
		}
	}
	return err
}
