package room

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"tchat/chatnet"
)

// join makes an open room that does not exist.
func (p proposal) join(r chatnet.Join) ([]chatnet.Event, error) {
	if p.d.names.has(r.Name) {
		return nil, nil
	}
	return p.room(r.Name, chatnet.KindOpen)
}

// Lobby returns the events by which the server makes the room that everybody
// enters first; none when it is there.
func (d *Directory) Lobby(at time.Time) []chatnet.Event {
	if d.names.has(chatnet.Lobby()) {
		return nil
	}
	p := proposal{d: d, at: at.UTC().Truncate(time.Millisecond), by: Actor{User: chatnet.OperatorID}}
	return p.made(chatnet.Lobby(), chatnet.KindOpen)
}

// create makes a room that must not exist. The maker of one that nobody could
// enter yet (a crash came between) may go on; the room decides that.
func (p proposal) create(r chatnet.Create) ([]chatnet.Event, error) {
	kind := chatnet.KindOpen
	if r.Private {
		kind = chatnet.KindPrivate
	}
	if made, ok := p.d.RoomNamed(r.Name); ok {
		if made.By == p.by.User && made.Kind == kind {
			return nil, nil
		}
		return nil, exists(r.Name)
	}
	return p.room(r.Name, kind)
}

// room makes a room with a name.
func (p proposal) room(name chatnet.RoomName, kind chatnet.RoomKind) ([]chatnet.Event, error) {
	if name.IsZero() {
		return nil, chatnet.E(chatnet.CodeBadRoom, "a room needs a name")
	}
	if err := p.by.mayEnter(); err != nil {
		return nil, err
	}
	if err := p.by.mayWrite(); err != nil {
		return nil, err
	}
	return p.made(name, kind), nil
}

func (p proposal) made(name chatnet.RoomName, kind chatnet.RoomKind) []chatnet.Event {
	return p.event(chatnet.RoomMade{New: p.newID(name), Name: name, Kind: kind})
}

// newID returns an id that no room ever had: the place in the log is part of it.
func (p proposal) newID(name chatnet.RoomName) chatnet.RoomID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d", name, p.d.head, p.at.UnixMilli()))
	return chatnet.RoomID("r-" + hex.EncodeToString(sum[:12]))
}

// direct makes the direct room with a user, unless it is there.
func (p proposal) direct(nick chatnet.Nick) ([]chatnet.Event, error) {
	u, ok := p.d.Named(nick)
	switch {
	case p.by.Nick.IsZero():
		return nil, p.by.mayEnter()
	case nick.IsZero():
		return nil, chatnet.E(chatnet.CodeBadRequest, "say where: a room or a nick is missing")
	case !ok:
		return nil, nobody(nick)
	case u.User == p.by.User:
		return nil, chatnet.E(chatnet.CodeBadRequest, "that is you; a direct chat is for two")
	case p.d.rooms.has(DirectID(p.by.User, u.User)):
		return nil, nil
	}
	if err := p.by.mayWrite(); err != nil {
		return nil, err
	}
	return p.event(chatnet.RoomMade{
		New: DirectID(p.by.User, u.User), Kind: chatnet.KindDirect, With: sorted(p.by.User, u.User),
	}), nil
}
