package room

import "tchat/chatnet"

// say stores a message. In a direct room the other one is let in with the
// first message to them.
func (d decision) say(r chatnet.Say, whom Actor) ([]chatnet.Event, error) {
	if err := d.writer(); err != nil {
		return nil, err
	}
	if err := checkText(r); err != nil {
		return nil, err
	}
	if err := d.s.checkOrigin(d.by, r); err != nil {
		return nil, err
	}
	var evs []chatnet.Event
	if other := d.s.Other(d.by.User); other != "" && !d.s.Has(other) {
		if whom.User != other {
			return nil, chatnet.E(chatnet.CodeNoUser, "the other one is gone for good")
		}
		evs = append(evs, d.joined(whom))
	}
	ev := d.event(saidOf(r))
	ev.Origin = r.Origin
	return append(evs, ev), nil
}

func saidOf(r chatnet.Say) chatnet.Said {
	return chatnet.Said{Text: r.Text, Color: r.Color, Me: r.Me}
}

func checkText(r chatnet.Say) error {
	switch {
	case r.Text.IsZero():
		return chatnet.E(chatnet.CodeBadRequest, "the message is empty")
	case r.Text.Len() > chatnet.MaxText:
		return tooLong("a message", chatnet.MaxText)
	case r.Color == "":
		return nil
	}
	c, err := chatnet.ParseColor(string(r.Color))
	if err == nil && c != r.Color {
		err = chatnet.E(chatnet.CodeBadRequest, "colours are in lower case")
	}
	return err
}
