package room

import "tchat/chatnet"

// create lets a new room's maker in, who alone is sent here (see
// Directory.create). It fails when the room has been in use since.
func (d decision) create() ([]chatnet.Event, error) {
	if d.s.head > 0 {
		return nil, exists(d.s.made.Name)
	}
	if err := d.by.mayEnter(); err != nil {
		return nil, err
	}
	return []chatnet.Event{d.joined(d.by)}, nil
}

func exists(name chatnet.RoomName) error {
	return chatnet.E(chatnet.CodeExists, "there is a room "+name.String()+" already")
}
