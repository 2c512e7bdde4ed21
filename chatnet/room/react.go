package room

import "tchat/chatnet"

// react puts an emoji to a message, or takes it back. What others have of it
// is not known here: doing it twice is two events, of which the last counts.
func (d decision) react(r chatnet.React) ([]chatnet.Event, error) {
	if err := d.writer(); err != nil {
		return nil, err
	}
	if r.Emoji.IsZero() {
		return nil, chatnet.E(chatnet.CodeBadRequest, "the emoji is missing")
	}
	switch gone, err := d.message(r.Target); {
	case err != nil:
		return nil, err
	case gone && r.On:
		return nil, chatnet.E(chatnet.CodeForbidden, "the message was redacted")
	}
	return []chatnet.Event{d.event(chatnet.Reacted{Target: r.Target, Emoji: r.Emoji, On: r.On})}, nil
}
