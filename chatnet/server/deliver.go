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
	if c.shared == nil || len(t.Batches) == 0 {
		err = c.deliverWhole(t)
	} else {
		err = c.deliverShared(t)
	}
	if err != nil {
		return c.failed(err)
	}
	if t.Bye != nil {
		return errEnded
	}
	return nil
}

// deliverWhole lets the dialect encode everything for this peer.
func (c *conn) deliverWhole(t hub.Taken) error {
	d := t.Delivery
	for _, b := range t.Batches {
		d.Events = append(d.Events, b.Events()...)
	}
	if d.IsZero() {
		return nil
	}
	return c.write(c.conv.Deliver(d))
}

// deliverShared writes events as the bytes that every connection of this
// dialect shares, between what is this peer's alone.
func (c *conn) deliverShared(t hub.Taken) error {
	c.pieces, c.head = c.pieces[:0], c.head[:0]
	head := chatnet.Delivery{Replies: t.Replies, Entered: t.Entered}
	if !head.IsZero() {
		c.head = append(c.head, c.conv.Deliver(head)...)
		c.pieces = append(c.pieces, c.head)
	}
	for _, b := range t.Batches {
		c.pieces = append(c.pieces, b.Encoded(c.door.Dialect.Name(), c.shared.AppendEvent))
	}
	tail := chatnet.Delivery{Exited: t.Exited, Signals: t.Signals, Bye: t.Bye}
	if !tail.IsZero() {
		c.pieces = append(c.pieces, c.conv.Deliver(tail))
	}
	err := c.write(c.pieces...)
	clear(c.pieces) // they would keep old chunks of logs alive
	return err
}
