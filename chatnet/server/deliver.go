package server

import (
	"context"

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

// batchLimit is about how many bytes of events one delivery has (DELIVERY C1).
const batchLimit = 64 << 10

// deliver writes what the session has for its peer.
func (c *conn) deliver(ctx context.Context) error {
	t, err := c.session.Take(ctx, batchLimit)
	if err != nil {
		return c.bye(chatnet.AsError(err))
	}
	if c.talker != nil {
		return c.hear(ctx, t)
	}
	if c.shared == nil || len(t.Batches) == 0 {
		err = c.deliverWhole(t)
	} else {
		err = c.deliverShared(t)
	}
	if err != nil {
		return c.failed(err)
	}
	c.tell(t.Replies)
	if t.Bye != nil {
		return errEnded
	}
	return nil
}

// tell logs how a hello was answered.
func (c *conn) tell(replies []chatnet.Reply) {
	if c.known {
		return
	}
	for _, r := range replies {
		switch a := r.Answer.(type) {
		case chatnet.Waiting:
			c.log.Info("somebody knocks")
		case chatnet.Welcome:
			c.known = true
			c.log.Info("somebody came in", "nick", a.Nick.String(), "role", string(a.Role))
		default:
		}
	}
}

// hear gives a talker what there is, and does what it makes of it.
func (c *conn) hear(ctx context.Context, t hub.Taken) error {
	d := whole(t)
	c.renamed(d)
	if !d.IsZero() {
		if err := c.apply(ctx, c.talker.Hear(d)); err != nil {
			return err
		}
	}
	c.tell(t.Replies)
	if t.Bye != nil {
		return errEnded
	}
	return nil
}

// whole returns a delivery with the events of the batches in it.
func whole(t hub.Taken) chatnet.Delivery {
	d := t.Delivery
	for _, b := range t.Batches {
		d.Events = append(d.Events, b.Events()...)
	}
	return d
}

// deliverWhole lets the dialect encode everything for this peer.
func (c *conn) deliverWhole(t hub.Taken) error {
	d := whole(t)
	if d.IsZero() {
		return nil
	}
	return c.write(c.conv.Deliver(d))
}

// deliverShared writes events as the bytes that every connection of this
// dialect shares, between what is this peer's alone.
func (c *conn) deliverShared(t hub.Taken) error {
	w := c.s.borrow()
	defer c.s.giveBack(w)
	head := chatnet.Delivery{Replies: t.Replies, Entered: t.Entered}
	if !head.IsZero() {
		w.head = append(w.head, c.conv.Deliver(head)...) // valid until the next Deliver only
		w.pieces = append(w.pieces, w.head)
	}
	for _, b := range t.Batches {
		w.pieces = append(w.pieces, b.Encoded(c.dialect.Name(), c.shared.AppendEvent))
	}
	tail := chatnet.Delivery{Exited: t.Exited, Signals: t.Signals, Bye: t.Bye}
	if !tail.IsZero() {
		w.pieces = append(w.pieces, c.conv.Deliver(tail))
	}
	return c.write(w.pieces...)
}

// scratch is what one delivery needs for a moment.
type scratch struct {
	head   []byte   // what goes before events
	pieces [][]byte // what is written, in order
	all    []byte   // the same in one
}

// maxScratch is from which size on a scratch is not kept for others.
const maxScratch = 256 << 10

// borrow returns an empty scratch.
func (s *Server) borrow() *scratch {
	if w, ok := s.scratch.Get().(*scratch); ok {
		return w
	}
	return &scratch{}
}

// giveBack takes a scratch back, without the pieces: they would keep old
// chunks of logs alive.
func (s *Server) giveBack(w *scratch) {
	clear(w.pieces)
	w.head, w.pieces, w.all = w.head[:0], w.pieces[:0], w.all[:0]
	if cap(w.head)+cap(w.all) <= maxScratch {
		s.scratch.Put(w)
	}
}
