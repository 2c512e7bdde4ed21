package tui

import (
	"cmp"
	"slices"
	"time"

	"tchat/chatnet"
	"tchat/tui/pane"
)

// room is what is known of one room.
type room struct {
	info       chatnet.RoomInfo
	list       *pane.Messages
	draft      pane.Draft
	members    []chatnet.Member
	typists    []typist
	unread     []unread
	head       chatnet.Seq // the newest event that arrived
	read       chatnet.Seq // up to which the person has read
	told       chatnet.Seq // up to which the server was told so
	stale      bool        // the members may have changed
	asked      bool        // they are being asked for
	who        int         // answers that the person asked for with /who
	pageFailed time.Time   // when older messages could not be had
}

// unread is a message that the person has not read.
type unread struct {
	seq     chatnet.Seq
	mention bool
}

// typist is somebody who is writing.
type typist struct {
	user  chatnet.UserID
	nick  chatnet.Nick
	until time.Time
}

// title is what people call the room.
func (r *room) title() string {
	if r.info.Kind == chatnet.KindDirect {
		return r.info.With.Nick.String()
	}
	return r.info.Name.String()
}

func (r *room) direct() bool { return r.info.Kind == chatnet.KindDirect }

// mentions counts the unread messages that are meant for the person.
func (r *room) mentions() int {
	n := 0
	for _, u := range r.unread {
		if u.mention || r.direct() {
			n++
		}
	}
	return n
}

// readTo moves the person's read mark, never back.
func (r *room) readTo(seq chatnet.Seq) {
	if seq <= r.read {
		return
	}
	r.read = seq
	i := 0
	for i < len(r.unread) && r.unread[i].seq <= seq {
		i++
	}
	r.unread = slices.Delete(r.unread, 0, i)
}

// here counts who is in the room just now.
func (r *room) here() int {
	n := 0
	for _, m := range r.members {
		if m.Presence == chatnet.Here {
			n++
		}
	}
	return n
}

// chat is what is known through the link.
type chat struct {
	self    chatnet.UserID
	nick    chatnet.Nick
	role    chatnet.Role
	away    bool
	server  chatnet.ServerInfo
	link    chatnet.LinkChanged
	welcome bool // the server has said who the person is, on this link
	rooms   map[chatnet.RoomID]*room
	order   []*room
	open    *room
	want    chatnet.RoomID // to be opened when it is there
	refused []chatnet.Say  // for good, until they are sent again or dropped
}

func newChat(self chatnet.UserID) chat {
	return chat{self: self, rooms: map[chatnet.RoomID]*room{}, link: chatnet.LinkChanged{State: chatnet.LinkDialling}}
}

// up reports whether requests reach the server just now.
func (c *chat) up() bool { return c.link.State == chatnet.LinkUp }

// sort brings the rooms into the order of the list: the lobby, rooms by name,
// direct chats by nick.
func (c *chat) sort() {
	c.order = c.order[:0]
	for _, r := range c.rooms {
		c.order = append(c.order, r)
	}
	rank := func(r *room) int {
		switch {
		case r.info.Name == chatnet.Lobby():
			return 0
		case r.direct():
			return 2
		}
		return 1
	}
	slices.SortFunc(c.order, func(a, b *room) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.title(), b.title()), cmp.Compare(a.info.ID, b.info.ID))
	})
}

// named finds a room by its name.
func (c *chat) named(n chatnet.RoomName) (chatnet.RoomID, bool) {
	for _, r := range c.order {
		if r.info.Name == n && !r.direct() {
			return r.info.ID, true
		}
	}
	return "", false
}

// directWith finds the direct room with somebody.
func (c *chat) directWith(n chatnet.Nick) (*room, bool) {
	for _, r := range c.order {
		if r.direct() && r.info.With.Nick.Key() == n.Key() {
			return r, true
		}
	}
	return nil, false
}

// entries are the rooms as the pane shows them.
func (c *chat) entries() []pane.RoomEntry {
	out := make([]pane.RoomEntry, 0, len(c.order))
	for _, r := range c.order {
		out = append(out, pane.RoomEntry{
			ID: r.info.ID, Name: r.title(), Direct: r.direct(), Open: r == c.open,
			Unread: len(r.unread), Mentions: r.mentions(),
		})
	}
	return out
}

// total counts what is unread in all rooms, and what of it is meant for the
// person.
func (c *chat) total() (all, mine int) {
	for _, r := range c.order {
		all += len(r.unread)
		mine += r.mentions()
	}
	return all, mine
}
