package room

import (
	"crypto/sha256"
	"encoding/hex"

	"tchat/chatnet"
)

// DirectID returns the id of the direct room of two users, whichever comes
// first.
func DirectID(a, b chatnet.UserID) chatnet.RoomID {
	pair := sorted(a, b)
	sum := sha256.Sum256([]byte(string(pair[0]) + "\x00" + string(pair[1])))
	return chatnet.RoomID("d-" + hex.EncodeToString(sum[:16]))
}

func sorted(a, b chatnet.UserID) [2]chatnet.UserID {
	if b < a {
		a, b = b, a
	}
	return [2]chatnet.UserID{a, b}
}

// openDirect lets one of the two in. The other one comes in with the first
// message, so that nobody finds an empty chat.
func (d decision) openDirect() ([]chatnet.Event, error) {
	switch {
	case d.s.Other(d.by.User) == "":
		return nil, noRoom()
	case d.s.Has(d.by.User):
		return nil, nil
	}
	return []chatnet.Event{d.joined(d.by)}, nil
}
