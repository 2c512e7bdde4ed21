package line

import (
	"fmt"

	"tchat/chatnet"
)

func newRoom(info chatnet.RoomInfo) *room {
	return &room{info: info, last: info.Head, oldest: info.Head + 1, settled: info.After >= info.Head}
}

// entered takes a room that the user is in from now on.
func (t *Talk) entered(info chatnet.RoomInfo) {
	r := newRoom(info)
	t.rooms[info.ID] = r
	switch {
	case t.going == info.ID:
		t.arrive(r)
	case info.Kind == chatnet.KindPrivate:
		t.Tell("you are a member of " + info.Name.String() + " now; /join " + info.Name.String() + " goes there")
	}
}

// head to a room that a Join or Create was granted for: at once if it is known.
func (t *Talk) head(id chatnet.RoomID) {
	t.going = id
	if r := t.rooms[id]; r != nil {
		t.arrive(r)
		return
	}
	t.alone = true // lines behind the command are for the new room
}

// arrive ends the way to a room.
func (t *Talk) arrive(r *room) {
	t.going, t.alone = "", false
	if r == t.here {
		t.Tell("you are in " + r.info.Name.String() + " already")
		return
	}
	old := t.here
	t.goTo(r)
	t.Tell(where(r))
	if old != nil && old.info.Kind == chatnet.KindOpen && old.info.Name != chatnet.Lobby() {
		t.ask(call{request: chatnet.Part{Room: old.info.ID}, quiet: true})
	}
}

// where tells of a room.
func where(r *room) string {
	text := "you are in " + r.info.Name.String()
	if n := r.info.Count; n > 1 {
		text += fmt.Sprintf(" with %d others", n-1)
		if n == 2 {
			text = "you are in " + r.info.Name.String() + " with one other"
		}
	}
	if !r.info.Topic.IsZero() {
		text += "; " + r.info.Topic.String()
	}
	return text
}

// goTo makes a room the one that lines go to.
func (t *Talk) goTo(r *room) {
	if t.here != nil {
		t.here.members = nil
	}
	t.here = r
	r.oldest = r.last + 1
	t.ask(call{request: chatnet.ListMembers{Room: r.info.ID}, quiet: true})
	t.backlog()
}

// exited takes a room that the user is no longer in.
func (t *Talk) exited(id chatnet.RoomID) {
	r := t.rooms[id]
	delete(t.rooms, id)
	if id == t.going {
		t.going, t.alone = "", false
	}
	if r == nil || r != t.here {
		return
	}
	t.here = nil
	text := "you left " + r.info.Name.String()
	if lobby, ok := t.find(chatnet.Lobby()); ok {
		t.goTo(t.rooms[lobby])
		t.Tell(text + " and are in the lobby")
		return
	}
	t.Tell(text + "; /rooms lists others, /join ROOM goes there, /leave leaves the server")
}
