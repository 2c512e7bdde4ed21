package room

import (
	"time"

	"tchat/chatnet"
)

// Rename returns the events by which the room learns a member's nick; none
// when it knows it, or the user is no member. The event's own Nick is the one
// from before, so that a reader who never saw that can tell of both.
func (s *State) Rename(at time.Time, user chatnet.UserID, nick chatnet.Nick) []chatnet.Event {
	f, ok := s.members.get(user)
	if !ok || f.nick == nick || nick.IsZero() {
		return nil
	}
	d := decision{s: s, at: at.UTC().Truncate(time.Millisecond), by: Actor{User: user, Nick: f.nick}}
	return []chatnet.Event{d.event(chatnet.Renamed{User: user, Nick: nick})}
}
