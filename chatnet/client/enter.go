package client

import (
	"tchat/chatnet"
)

// welcome takes the server's list of rooms in place of ours.
func (e *engine) welcome(w chatnet.Welcome) {
	c := e.conn
	c.greeted, c.welcomed, c.up, c.first = true, true, e.now(), nil
	e.welcomed = true
	e.c.mu.Lock()
	e.c.up = true
	if !w.Nick.IsZero() {
		e.c.nick = w.Nick
	}
	e.c.mu.Unlock()
	e.emit(chatnet.Welcomed{Welcome: w})
	listed := make(map[chatnet.RoomID]bool, len(w.Rooms))
	for _, info := range w.Rooms {
		listed[info.ID] = true
	}
	for id := range e.c.cache.rooms {
		if !listed[id] {
			e.exit(id)
		}
	}
	for _, info := range w.Rooms {
		e.place(info)
	}
	e.changed(chatnet.LinkChanged{State: chatnet.LinkUp, Secure: c.secure, Fingerprint: c.fingerprint})
}

// knocking says that the host is being asked.
func (e *engine) knocking() {
	e.conn.greeted, e.conn.first = true, nil
	e.changed(chatnet.LinkChanged{State: chatnet.LinkKnocking, Secure: e.conn.secure, Fingerprint: e.conn.fingerprint})
}

// enter takes a room that the user is in from now on.
func (e *engine) enter(info chatnet.RoomInfo) {
	e.emit(chatnet.RoomEntered{Info: info})
	e.place(info)
}

// place makes ready for the events of a room, which come from info.After on.
// What is known of it stays if that continues it, and is dropped otherwise.
func (e *engine) place(info chatnet.RoomInfo) {
	r := e.c.cache.rooms[info.ID]
	if r == nil {
		e.c.cache.enter(info)
		return
	}
	same := info.Epoch == r.info.Epoch && !info.Reset && !r.blind &&
		info.After <= r.cursor && r.cursor <= max(info.Head, info.After)
	if !same {
		e.emit(chatnet.RoomReset{Room: info.ID})
		e.c.cache.enter(info)
		return
	}
	r.info, r.dirty = info, true
}

// exit forgets a room.
func (e *engine) exit(id chatnet.RoomID) {
	e.c.cache.exit(id)
	e.emit(chatnet.RoomExited{Room: id})
}
