package room

import "tchat/chatnet"

// topic says what the room is about.
func (d decision) topic(r chatnet.SetTopic) ([]chatnet.Event, error) {
	if err := d.writer(); err != nil {
		return nil, err
	}
	if err := d.open(); err != nil {
		return nil, err
	}
	switch {
	case r.Topic.Len() > chatnet.MaxTopic:
		return nil, tooLong("a topic", chatnet.MaxTopic)
	case r.Topic == d.s.topic:
		return nil, nil
	}
	return []chatnet.Event{d.event(chatnet.TopicSet{Topic: r.Topic})}, nil
}
