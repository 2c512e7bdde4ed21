package hub

import (
	"context"
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// directory is the writer of @hub.
type directory struct {
	writer[*room.Directory]
	todo chores
}

func newDirectory(h *Hub) *directory {
	d := &directory{}
	d.writer = writer[*room.Directory]{
		h: h, id: chatnet.HubRoom, state: room.NewDirectory(),
		chores: d.tidy, applied: d.apply, told: func() {},
		shot: func() ([]byte, error) { return d.state.Marshal() }, restore: d.unmarshal,
	}
	return d
}

// tidy returns the events that nobody asked for: guests who are gone.
func (d *directory) tidy(at time.Time, draft *room.Directory) []chatnet.Event {
	return d.todo.do(func(id chatnet.UserID, _ chore) []chatnet.Event {
		return draft.Forget(at, id)
	})
}

// forget frees the nick of a user who will not come again.
func (d *directory) forget(id chatnet.UserID) {
	d.todo.add(id, chore{gone: true})
	d.poke()
}

// apply takes stored events.
func (d *directory) apply(_ context.Context, evs []chatnet.Event) {
	d.mu.Lock()
	for _, ev := range evs {
		d.state.Apply(ev)
	}
	d.mu.Unlock()
	for _, ev := range evs {
		switch b := ev.Body.(type) {
		case chatnet.RoomMade:
			d.h.addRoom(b)
		case chatnet.NickSet:
			d.h.renamed(b.User, b.Nick)
		case chatnet.RoleSet:
			d.h.selfChanged(b.User)
		case chatnet.Registered, chatnet.Forgotten, chatnet.Said, chatnet.Edited, chatnet.Redacted,
			chatnet.Reacted, chatnet.Joined,
			chatnet.Parted, chatnet.Renamed, chatnet.TopicSet:
		}
	}
}

// user returns a registered user, zero when there is none.
func (d *directory) user(id chatnet.UserID) room.User {
	var u room.User
	d.read(func(state *room.Directory) { u, _ = state.User(id) })
	return u
}

// named returns who has a nick, zero when nobody has.
func (d *directory) named(nick chatnet.Nick) room.User {
	var u room.User
	d.read(func(state *room.Directory) { u, _ = state.Named(nick) })
	return u
}

// roomNamed returns the id of a room, empty when there is none.
func (d *directory) roomNamed(name chatnet.RoomName) chatnet.RoomID {
	var made room.Made
	d.read(func(state *room.Directory) { made, _ = state.RoomNamed(name) })
	return made.New
}

// may reports whether an actor may do what leaves no event.
func (d *directory) may(by room.Actor, r chatnet.Request) error {
	var err error
	d.read(func(state *room.Directory) { _, err = state.Decide(d.h.cfg.Now(), by, r) })
	return err
}

// passerPrefix marks the ids of guests without a token, who are forgotten when
// they leave. The hash of a token has no dot.
const passerPrefix = "g-."

// passing reports whether a user is a guest without a token.
func passing(id chatnet.UserID) bool { return strings.HasPrefix(string(id), passerPrefix) }

// passers returns all registered guests without a token.
func (d *directory) passers() []chatnet.UserID {
	var ids []chatnet.UserID
	d.read(func(state *room.Directory) {
		for id := range state.Users() {
			if passing(id) {
				ids = append(ids, id)
			}
		}
	})
	return ids
}
