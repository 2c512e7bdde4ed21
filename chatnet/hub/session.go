package hub

import (
	"context"

	"tchat/chatnet"
)

// Session is a user's live attachment. Take is called by one goroutine; the
// other methods by any.
type Session struct{ ready chan struct{} }

// Taken is what a session has for its connection, in the order: Replies,
// Entered, Batches, Exited, Signals, Bye. Events is empty: they are in Batches.
type Taken struct {
	chatnet.Delivery
	Batches []Batch // per room in order and without a gap
}

// Submit passes a call to the hub.
func (s *Session) Submit(_ chatnet.Call) error { return nil }

// Ready has a value when Take has something.
func (s *Session) Ready() <-chan struct{} { return s.ready }

// Take returns what there is, at most about limit bytes of events.
func (s *Session) Take(_ context.Context, _ int) (Taken, error) { return Taken{}, nil }

// Close ends the session: the connection is gone. It is idempotent.
func (s *Session) Close() {}
