package room

import "tchat/chatnet"

// invite makes another user a member.
func (d decision) invite(r chatnet.Invite, whom Actor) ([]chatnet.Event, error) {
	if err := d.writer(); err != nil {
		return nil, err
	}
	if err := d.open(); err != nil {
		return nil, err
	}
	switch {
	case whom.User == "":
		return nil, nobody(r.Nick)
	case d.s.Has(whom.User):
		return nil, nil
	}
	return []chatnet.Event{d.joined(whom)}, nil
}
