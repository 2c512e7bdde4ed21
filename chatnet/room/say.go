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
	if r.Edits != 0 {
		return d.edit(r)
	}
	if r.Reply != 0 {
		if _, err := d.message(r.Reply); err != nil {
			return nil, err
		}
	}
	var evs []chatnet.Event
	if other := d.s.Other(d.by.User); other != "" && !d.s.Has(other) {
		if whom.User != other {
			return nil, chatnet.E(chatnet.CodeNoUser, "the other one is gone for good")
		}
		evs = append(evs, d.joined(whom))
	}
	ev := d.event(bodyOf(r))
	ev.Origin = r.Origin
	return append(evs, ev), nil
}

// bodyOf returns what a message is stored as.
func bodyOf(r chatnet.Say) chatnet.Body {
	if r.Edits != 0 {
		return chatnet.Edited{Target: r.Edits, Text: r.Text}
	}
	return chatnet.Said{Text: r.Text, Color: r.Color, Me: r.Me, Reply: r.Reply}
}

func checkText(r chatnet.Say) error {
	switch {
	case r.Text.IsZero():
		return chatnet.E(chatnet.CodeBadRequest, "the message is empty")
	case r.Text.Len() > chatnet.MaxText:
		return tooLong("a message", chatnet.MaxText)
	case r.Room == "" && (r.Reply != 0 || r.Edits != 0):
		return chatnet.E(chatnet.CodeBadRequest, "a reply and an edit name their room, not a nick")
	case r.Edits != 0 && (r.Reply != 0 || r.Color != "" || r.Me):
		return chatnet.E(chatnet.CodeBadRequest, "an edit changes the text and nothing else")
	case r.Color == "":
		return nil
	}
	c, err := chatnet.ParseColor(string(r.Color))
	if err == nil && c != r.Color {
		err = chatnet.E(chatnet.CodeBadRequest, "colours are in lower case")
	}
	return err
}
