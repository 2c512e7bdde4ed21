package room

import (
	"iter"
	"time"

	"tchat/chatnet"
)

// Directory is what the log chatnet.HubRoom has made: who is registered, and
// which rooms there are.
type Directory struct {
	head   chatnet.Seq
	owners int
	users  table[chatnet.UserID, User]
	nicks  table[string, chatnet.UserID] // by Nick.Key
	rooms  table[chatnet.RoomID, Made]
	names  table[chatnet.RoomName, chatnet.RoomID]
}

// User is a registered user.
type User struct {
	Actor
	Since time.Time // of the registration
}

// Made is a room and who made it.
type Made struct {
	chatnet.RoomMade
	By chatnet.UserID
}

// NewDirectory returns the directory of an empty log.
func NewDirectory() *Directory { return &Directory{} }

// Draft returns a tentative copy that costs next to nothing: it reads through
// to d, which must not change while the draft is in use.
func (d *Directory) Draft() *Directory {
	c := *d
	c.users, c.nicks, c.rooms, c.names = d.users.draft(), d.nicks.draft(), d.rooms.draft(), d.names.draft()
	return &c
}

// Apply takes one stored event. An event of a kind that the log does not have
// changes only the head.
func (d *Directory) Apply(ev chatnet.Event) {
	d.head = max(d.head, ev.Seq)
	switch b := ev.Body.(type) {
	case chatnet.Registered:
		d.put(User{Actor: Actor{User: b.User, Nick: b.Nick, Role: b.Role}, Since: ev.At})
	case chatnet.NickSet:
		if u, ok := d.users.get(b.User); ok {
			u.Nick = b.Nick
			d.put(u)
		}
	case chatnet.RoleSet:
		if u, ok := d.users.get(b.User); ok {
			u.Role = b.Role
			d.put(u)
		}
	case chatnet.RoomMade:
		d.rooms.set(b.New, Made{RoomMade: b, By: ev.By})
		if !b.Name.IsZero() {
			d.names.set(b.Name, b.New)
		}
	case chatnet.Forgotten:
		d.remove(b.User)
		d.users.drop(b.User)
	case chatnet.Said, chatnet.Edited, chatnet.Redacted, chatnet.Reacted, chatnet.Joined, chatnet.Parted,
		chatnet.Renamed, chatnet.TopicSet:
	}
}

// put takes a user as they are now.
func (d *Directory) put(u User) {
	d.remove(u.User)
	d.users.set(u.User, u)
	d.nicks.set(u.Nick.Key(), u.User)
	if u.Role == chatnet.RoleOwner {
		d.owners++
	}
}

// remove takes a user's nick and role out of the books.
func (d *Directory) remove(id chatnet.UserID) {
	old, ok := d.users.get(id)
	if !ok {
		return
	}
	if user, _ := d.nicks.get(old.Nick.Key()); user == id {
		d.nicks.drop(old.Nick.Key())
	}
	if old.Role == chatnet.RoleOwner {
		d.owners--
	}
}

// Head returns the seq of the last event that was applied.
func (d *Directory) Head() chatnet.Seq { return d.head }

// User returns a registered user.
func (d *Directory) User(id chatnet.UserID) (User, bool) { return d.users.get(id) }

// Named returns the user who has a nick, in any case.
func (d *Directory) Named(nick chatnet.Nick) (User, bool) {
	id, ok := d.nicks.get(nick.Key())
	if !ok {
		return User{}, false
	}
	return d.users.get(id)
}

// Users yields every registered user, in no order.
func (d *Directory) Users() iter.Seq2[chatnet.UserID, User] { return d.users.all() }

// Room returns a room by id.
func (d *Directory) Room(id chatnet.RoomID) (Made, bool) { return d.rooms.get(id) }

// RoomNamed returns a room by name.
func (d *Directory) RoomNamed(name chatnet.RoomName) (Made, bool) {
	id, ok := d.names.get(name)
	if !ok {
		return Made{}, false
	}
	return d.rooms.get(id)
}

// Rooms yields every room, in no order.
func (d *Directory) Rooms() iter.Seq2[chatnet.RoomID, Made] { return d.rooms.all() }
