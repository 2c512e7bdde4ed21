package hub

import "tchat/chatnet"

// holds keep a session's messages in order when some are refused (DELIVERY
// S7, I4): after a refusal that a retry may help, the messages behind it are
// refused too, per room, until one comes with Again. All is guarded by
// Session.mu.
type holds map[chatnet.RoomID]*hold

// hold is what holds a room's messages.
type hold struct {
	err   *chatnet.Error // nil: nothing does
	since uint64         // the place of the refused message; those before it are free
	again int            // messages with Again that were accepted and have no end yet
}

// refuses returns what holds a message at the hub's door. One that comes
// behind an Again passes: the room will decide.
func (h holds) refuses(key chatnet.RoomID, again bool) error {
	if o := h[key]; o != nil && o.err != nil && o.again == 0 && !again {
		return o.err
	}
	return nil
}

// decides returns what holds a message that is being decided in its room. One
// with Again ends the hold.
func (h holds) decides(key chatnet.RoomID, place uint64, again bool) error {
	o := h[key]
	if o == nil || o.err == nil || place <= o.since {
		return nil
	}
	if again {
		o.err = nil
		return nil
	}
	return o.err
}

// expect notes that a message with Again was accepted.
func (h *holds) expect(key chatnet.RoomID) { h.at(key).again++ }

// came notes that a message with Again has its end.
func (h *holds) came(key chatnet.RoomID) {
	o := h.at(key)
	if o.again--; o.again <= 0 && o.err == nil {
		delete(*h, key)
	}
}

// put holds a room's messages behind a place.
func (h *holds) put(key chatnet.RoomID, place uint64, err *chatnet.Error) {
	if o := h.at(key); o.err == nil || place < o.since {
		o.err, o.since = err, place
	}
}

func (h *holds) at(key chatnet.RoomID) *hold {
	if *h == nil {
		*h = holds{}
	}
	o := (*h)[key]
	if o == nil {
		o = &hold{}
		(*h)[key] = o
	}
	return o
}

// held is holds.decides for a message on its way.
func (c *call) held(say chatnet.Say) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.calls.holds.decides(c.hold, c.place, say.Again)
}

// waits is holds.refuses for a message on its way.
func (c *call) waits(say chatnet.Say) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.calls.holds.refuses(c.hold, say.Again)
}
