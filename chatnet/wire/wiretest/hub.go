package wiretest

import (
	"fmt"
	"time"

	"tchat/chatnet"
)

// Hub stands in for the real one in a dialect's tests: one session, everything
// in memory, every id and time the same in each run. It judges little; what
// may happen in a room is not a dialect's affair.
//
// It begins with one room, the lobby r1, in which bob has said hello, and a
// clock that stands at 10:00:00 and moves a second an event.
type Hub struct {
	Approve bool // a newcomer waits; Happen "the host says yes"

	now    time.Time
	server chatnet.ServerInfo
	self   chatnet.Member
	hello  chatnet.Hello
	rooms  []*room
	knocks []chatnet.Knock
	stored map[chatnet.Origin]chatnet.Stored
}

// room is one room of the Hub.
type room struct {
	info    chatnet.RoomInfo
	members []chatnet.Member
	events  []chatnet.Event
	in      bool // the session's user is in it
}

// NewHub returns a hub with bob in its lobby.
func NewHub() *Hub {
	h := &Hub{
		now: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC),
		server: chatnet.ServerInfo{
			Name: chatnet.CleanLine("example"), Version: "tchat 1.0", Durability: "disk",
		},
		stored: map[chatnet.Origin]chatnet.Stored{},
	}
	lobby := h.make(chatnet.Lobby(), chatnet.KindOpen)
	bob := h.member("bob", chatnet.RoleMember)
	lobby.members = append(lobby.members, bob)
	h.record(lobby, bob, chatnet.Joined{User: bob.User, Nick: bob.Nick, Role: bob.Role})
	h.record(lobby, bob, chatnet.Said{Text: chatnet.Clean("hello")})
	return h
}

// member makes a user who is here.
func (h *Hub) member(nick string, role chatnet.Role) chatnet.Member {
	return chatnet.Member{
		User: chatnet.UserID("g-" + nick), Nick: chatnet.MustNick(nick), Role: role, Presence: chatnet.Here,
	}
}

// make makes a room; its number is its place.
func (h *Hub) make(name chatnet.RoomName, kind chatnet.RoomKind) *room {
	n := len(h.rooms) + 1
	r := &room{info: chatnet.RoomInfo{
		ID: chatnet.RoomID(fmt.Sprintf("r%d", n)), Name: name, Kind: kind, Epoch: chatnet.Epoch(fmt.Sprintf("e%d", n)),
	}}
	h.rooms = append(h.rooms, r)
	return r
}

// record appends an event to a room's log.
func (h *Hub) record(r *room, by chatnet.Member, b chatnet.Body) chatnet.Event {
	ev := chatnet.Event{
		Room: r.info.ID, Seq: r.info.Head + 1, Prev: r.info.Head, At: h.now,
		By: by.User, Nick: by.Nick, Body: b,
	}
	r.info.Head++
	h.now = h.now.Add(time.Second)
	r.events = append(r.events, ev)
	return ev
}

// find returns the room that ok is true for, nil when there is none.
func (h *Hub) find(ok func(r *room) bool) *room {
	for _, r := range h.rooms {
		if ok(r) {
			return r
		}
	}
	return nil
}

func (h *Hub) byID(id chatnet.RoomID) *room {
	return h.find(func(r *room) bool { return r.info.ID == id })
}

// seen is a room as the session's user sees it.
func (r *room) seen() chatnet.RoomInfo {
	info := r.info
	info.Count = len(r.members)
	return info
}

// Enter begins the session, or lets it wait.
func (h *Hub) Enter(hello chatnet.Hello) chatnet.Delivery {
	h.hello = hello
	h.self = chatnet.Member{User: "g-" + chatnet.UserID(hello.Nick.String()), Nick: hello.Nick, Role: chatnet.RoleMember, Presence: chatnet.Here}
	if hello.Nick == chatnet.MustNick("bob") {
		return chatnet.Delivery{Bye: chatnet.E(chatnet.CodeNickTaken, "the nick bob is taken; choose another")}
	}
	if h.Approve {
		return chatnet.Delivery{Replies: []chatnet.Reply{{Answer: chatnet.Waiting{Server: h.server}}}}
	}
	return h.welcome()
}

// welcome lets the user in, into the room that the hello asks for too. One with
// a cursor in the lobby was there before.
func (h *Hub) welcome() chatnet.Delivery {
	lobby := h.rooms[0]
	lobby.in = true
	lobby.members = append(lobby.members, h.self)
	if len(h.hello.Cursors) == 0 {
		h.record(lobby, h.self, chatnet.Joined{User: h.self.User, Nick: h.self.Nick, Role: h.self.Role})
	}
	info := lobby.seen()
	for _, c := range h.hello.Cursors {
		if c.Room != info.ID {
			continue
		}
		if info.After = c.Seq; c.Epoch != info.Epoch || c.Seq > info.Head {
			info.After, info.Reset = 0, true
		}
	}
	rooms, events := []chatnet.RoomInfo{info}, lobby.events[info.After:]
	if name := h.hello.Room; !name.IsZero() && name != chatnet.Lobby() {
		d, _, _ := h.join(name, chatnet.KindOpen) // it cannot fail
		for _, info := range d.Entered {
			info.Head = d.Events[0].Seq
			rooms = append(rooms, info)
		}
		events = append(events[:len(events):len(events)], d.Events...)
	}
	return chatnet.Delivery{
		Replies: []chatnet.Reply{{Answer: chatnet.Welcome{
			Server: h.server, User: h.self.User, Nick: h.self.Nick, Role: h.self.Role, Rooms: rooms,
		}}},
		Events: events,
	}
}
