package chatnet

// Delivery is what a session has for its connection, to be written in the
// order of the fields (DELIVERY C4: replies go before backlog).
type Delivery struct {
	Replies []Reply
	Entered []RoomInfo // rooms that the user is in from now on; their events follow
	Events  []Event    // per room in order and without a gap
	Exited  []RoomID   // rooms that the user is no longer in
	Signals []Signal
	Bye     *Error // the session is over, and why; nothing follows
}

// IsZero reports whether there is nothing to write.
func (d Delivery) IsZero() bool {
	return len(d.Replies) == 0 && len(d.Entered) == 0 && len(d.Events) == 0 &&
		len(d.Exited) == 0 && len(d.Signals) == 0 && d.Bye == nil
}
