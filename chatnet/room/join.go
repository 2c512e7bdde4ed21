package room

import "tchat/chatnet"

// join lets a user into an open room.
func (d decision) join() ([]chatnet.Event, error) {
	switch {
	case d.s.Has(d.by.User):
		return nil, nil
	case d.s.made.Kind != chatnet.KindOpen:
		return nil, noRoom()
	}
	if err := d.by.mayEnter(); err != nil {
		return nil, err
	}
	return []chatnet.Event{d.joined(d.by)}, nil
}
