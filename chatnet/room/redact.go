package room

import "tchat/chatnet"

// redact takes a message's text away: one's own, or as a moderator anybody's,
// but not in direct rooms, where nobody is above the other.
func (d decision) redact(r chatnet.Redact) ([]chatnet.Event, error) {
	if err := d.writer(); err != nil {
		return nil, err
	}
	if r.Reason.Len() > chatnet.MaxReason {
		return nil, tooLong("a reason", chatnet.MaxReason)
	}
	gone, err := d.message(r.Target)
	switch {
	case err != nil:
		return nil, err
	case d.target.By == d.by.User:
	case d.s.made.Kind == chatnet.KindDirect:
		return nil, chatnet.E(chatnet.CodeForbidden, "in a direct chat each redacts only what is their own")
	case !d.by.Role.AtLeast(chatnet.RoleModerator):
		return nil, chatnet.E(chatnet.CodeForbidden, "only who wrote a message, owners and moderators may redact it")
	}
	if gone {
		return nil, nil
	}
	return []chatnet.Event{d.event(chatnet.Redacted{Target: r.Target, Reason: r.Reason})}, nil
}
