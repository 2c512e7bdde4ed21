package room

import (
	"strings"

	"tchat/chatnet"
)

// first is what a client says first: who it is and where it goes.
type first struct {
	given string // the name, byte for byte
	nick  chatnet.Nick
	room  chatnet.RoomName
}

// parseFirst reads NAME_ROOM (DOORS 3.1): exactly one underscore and something
// on both sides of it. It reports false for what is no such thing, and for
// names that nobody may have.
func parseFirst(chunk string) (first, bool) {
	name, place, ok := strings.Cut(strings.Trim(chunk, "\r\n"), "_")
	if !ok || strings.ContainsAny(place, "_#") {
		return first{}, false
	}
	nick, err := chatnet.ParseNick(name)
	if err != nil {
		return first{}, false
	}
	room, err := chatnet.ParseRoomName(place)
	if err != nil {
		return first{}, false
	}
	return first{given: name, nick: nick, room: room}, true
}
