package tui_test

import (
	"time"

	"tchat/chatnet"
)

// The people and rooms of the tests.
var (
	ada, bob, carol = chatnet.MustNick("ada"), chatnet.MustNick("bob"), chatnet.MustNick("carol")
	dave            = chatnet.MustNick("dave")
	day             = time.Date(2025, time.November, 21, 10, 0, 0, 0, time.UTC)
)

func userOf(n chatnet.Nick) chatnet.UserID { return chatnet.UserID("k-" + n.String()) }

// world makes the updates that a server would.
type world struct {
	seq   map[chatnet.RoomID]chatnet.Seq
	links chatnet.LinkChanged
}

func newWorld() *world {
	return &world{
		seq:   map[chatnet.RoomID]chatnet.Seq{},
		links: chatnet.LinkChanged{State: chatnet.LinkUp, Since: day, Secure: true},
	}
}

func room(id, name, topic string) chatnet.RoomInfo {
	return chatnet.RoomInfo{
		ID: chatnet.RoomID(id), Name: chatnet.MustRoomName(name), Kind: chatnet.KindOpen,
		Topic: chatnet.CleanLine(topic), Epoch: "e", Count: 3,
	}
}

func direct(id string, with chatnet.Nick) chatnet.RoomInfo {
	return chatnet.RoomInfo{
		ID: chatnet.RoomID(id), Kind: chatnet.KindDirect, Epoch: "e",
		With: chatnet.Member{User: userOf(with), Nick: with, Role: chatnet.RoleMember, Presence: chatnet.Here},
	}
}

func rooms() []chatnet.RoomInfo {
	return []chatnet.RoomInfo{
		room("r-lobby", "lobby", "where everyone meets"),
		room("r-dev", "dev", ""), room("r-build", "build", ""), direct("d-carol", carol),
	}
}

func (w *world) welcome(role chatnet.Role, all ...chatnet.RoomInfo) chatnet.Welcomed {
	return chatnet.Welcomed{Welcome: chatnet.Welcome{
		Server: chatnet.ServerInfo{Name: chatnet.CleanLine("ada.local"), Durability: "disk"},
		User:   userOf(ada), Nick: ada, Role: role, Rooms: all,
	}}
}

// event is the next event of a room, at so many minutes past ten.
func (w *world) event(id chatnet.RoomID, by chatnet.Nick, minute int, b chatnet.Body) chatnet.Event {
	prev := w.seq[id]
	w.seq[id] = prev + 1
	return chatnet.Event{
		Room: id, Seq: prev + 1, Prev: prev, At: day.Add(time.Duration(minute) * time.Minute),
		By: userOf(by), Nick: by, Body: b,
	}
}

func said(s string) chatnet.Said { return chatnet.Said{Text: chatnet.Clean(s)} }

func (w *world) arrived(id chatnet.RoomID, evs ...chatnet.Event) chatnet.Arrived {
	return chatnet.Arrived{Room: id, Events: evs}
}

// says is one message that arrives.
func (w *world) says(id chatnet.RoomID, by chatnet.Nick, minute int, s string) chatnet.Arrived {
	return w.arrived(id, w.event(id, by, minute, said(s)))
}

func member(n chatnet.Nick, role chatnet.Role, p chatnet.Presence) chatnet.Member {
	return chatnet.Member{User: userOf(n), Nick: n, Role: role, Presence: p}
}

func memberList(id chatnet.RoomID) chatnet.Answered {
	return chatnet.Answered{Request: chatnet.ListMembers{Room: id}, Reply: chatnet.Reply{Answer: chatnet.MemberList{
		Room: id, Members: []chatnet.Member{
			member(ada, chatnet.RoleOwner, chatnet.Here), member(bob, chatnet.RoleMember, chatnet.Here),
			member(carol, chatnet.RoleModerator, chatnet.Here), member(dave, chatnet.RoleMember, chatnet.Away),
		},
	}}}
}

// lively is what a client brings at the start of an ordinary day.
func lively() []chatnet.Update {
	w := newWorld()
	lobby, dev, build, with := chatnet.RoomID("r-lobby"), chatnet.RoomID("r-dev"), chatnet.RoomID("r-build"), chatnet.RoomID("d-carol")
	return []chatnet.Update{
		w.links, w.welcome(chatnet.RoleOwner, rooms()...), memberList(lobby),
		w.arrived(lobby,
			w.event(lobby, ada, 0, chatnet.Joined{User: userOf(ada), Nick: ada, Role: chatnet.RoleOwner}),
			w.event(lobby, bob, 1, chatnet.Joined{User: userOf(bob), Nick: bob, Role: chatnet.RoleMember}),
			w.event(lobby, carol, 1, chatnet.Joined{User: userOf(carol), Nick: carol, Role: chatnet.RoleMember}),
			w.event(lobby, ada, 2, said("hello everyone")),
			w.event(lobby, bob, 2, said("multi-line keeps\n    its indent")),
			w.event(lobby, carol, 5, chatnet.Said{Text: chatnet.Clean("red text is red"), Color: "red"}),
			w.event(lobby, carol, 6, chatnet.Said{Text: chatnet.Clean("waves"), Me: true}),
		),
		w.says(dev, bob, 3, "one"), w.says(dev, bob, 3, "two"),
		w.says(build, bob, 4, "look at this @ada"),
		w.says(with, carol, 6, "only you can read this"),
	}
}
