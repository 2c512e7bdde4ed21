package room

import (
	"time"

	"tchat/chatnet"
)

// part ends the actor's membership.
func (d decision) part() ([]chatnet.Event, error) {
	if err := d.member(); err != nil {
		return nil, err
	}
	if err := d.open(); err != nil {
		return nil, err
	}
	return []chatnet.Event{d.event(chatnet.Parted{User: d.by.User})}, nil
}

// Leave returns the events by which a user who is gone for good leaves the
// room; none when they are not in it.
func (s *State) Leave(at time.Time, user chatnet.UserID, reason chatnet.Text) []chatnet.Event {
	f, ok := s.members.get(user)
	if !ok {
		return nil
	}
	d := decision{s: s, at: at.UTC().Truncate(time.Millisecond), by: Actor{User: user, Nick: f.nick}}
	return []chatnet.Event{d.event(chatnet.Parted{User: user, Reason: reason})}
}
