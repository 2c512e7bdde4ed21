package hub

import (
	"context"
	"fmt"

	"tchat/chatnet"
)

// replayPage is how many events are read at a time.
const replayPage = 1000

// replay makes the hub's state from the store's logs: first @hub, which says
// what rooms there are, then each of them. With snapshots its time depends on
// the number of rooms, and not on what was said in them.
func (h *Hub) replay(ctx context.Context) error {
	if err := h.dir.wakeUp(ctx); err != nil {
		return fmt.Errorf("reading the list of users and rooms: %w", err)
	}
	for _, r := range h.halls() {
		if err := r.wakeUp(ctx); err != nil {
			return fmt.Errorf("reading a room: %w", err)
		}
		r.warm()
	}
	h.mu.Lock()
	h.live = true
	h.mu.Unlock()
	return nil
}

// wakeUp makes the state of a log from its snapshot and what is behind it.
func (w *writer[S]) wakeUp(ctx context.Context) error {
	if err := w.recall(ctx); err != nil {
		return err
	}
	if _, err := w.catchUp(ctx); err != nil {
		return err
	}
	w.snap()
	return nil
}

// halls returns all rooms.
func (h *Hub) halls() []*hall {
	h.mu.RLock()
	defer h.mu.RUnlock()
	all := make([]*hall, 0, len(h.rooms))
	for _, r := range h.rooms {
		all = append(all, r)
	}
	return all
}

// forgetPassers clears away guests without a token whose goodbye was lost in a
// crash.
func (h *Hub) forgetPassers() {
	for _, id := range h.dir.passers() {
		h.forget(id)
	}
}

// forget takes a guest without a token out of everything, as soon as it can
// be stored.
func (h *Hub) forget(id chatnet.UserID) {
	h.mu.RLock()
	var in []*hall
	var why chatnet.Text
	if u := h.users[id]; u != nil {
		why = u.parting
		for _, r := range u.rooms {
			in = append(in, r)
		}
	}
	h.mu.RUnlock()
	for _, r := range in {
		r.leave(id, why)
	}
	h.dir.forget(id)
}
