package tui

import (
	"slices"
	"time"

	"tchat/chatnet"
	"tchat/tui/pane"
)

// took applies what the link brought, in order, and waits for more.
func (a *App) took(m updatesMsg) {
	if m.link != a.link {
		return // of a link that was given up
	}
	for _, u := range m.updates {
		a.apply(u)
	}
	if !m.closed {
		a.later(wait(m.link))
		return
	}
	if a.chat.link.State == chatnet.LinkUp || a.chat.link.State == chatnet.LinkDialling {
		a.linkChanged(chatnet.LinkChanged{State: chatnet.LinkRefused, Since: a.now(), Err: a.chat.link.Err})
	}
}

// apply is the switch over updates: a case is a method call.
func (a *App) apply(u chatnet.Update) {
	switch u := u.(type) {
	case chatnet.LinkChanged:
		a.linkChanged(u)
	case chatnet.Welcomed:
		a.welcomed(u.Welcome)
	case chatnet.RoomEntered:
		a.roomEntered(u.Info)
	case chatnet.RoomExited:
		a.roomExited(u.Room)
	case chatnet.RoomReset:
		a.roomReset(u.Room)
	case chatnet.Arrived:
		a.arrived(u)
	case chatnet.PageLoaded:
		a.pageLoaded(u)
	case chatnet.Queued:
		a.queued(u.Say)
	case chatnet.Settled:
		a.settled(u)
	case chatnet.Answered:
		a.answered(u)
	case chatnet.Signalled:
		a.signalled(u.Signal)
	}
}

// welcomed replaces what is known of rooms by what the server has.
func (a *App) welcomed(u chatnet.Welcome) {
	c := &a.chat
	c.self, c.nick, c.role, c.server, c.welcome = u.User, u.Nick, u.Role, u.Server, true
	a.nick = u.Nick
	a.input.SetTo(a.input.To())
	keep := map[chatnet.RoomID]bool{}
	for _, info := range u.Rooms {
		keep[info.ID] = true
		a.roomEntered(info)
	}
	for id := range c.rooms {
		if !keep[id] {
			a.roomExited(id)
		}
	}
	for _, r := range c.rooms {
		r.list.SetSelf(c.self, c.nick)
		r.stale = true
	}
	if c.role.AtLeast(chatnet.RoleModerator) {
		a.ask(chatnet.ListKnocks{})
	}
	if c.open == nil {
		a.openFirst()
	}
}

// roomEntered takes up a room, or what is new about one.
func (a *App) roomEntered(info chatnet.RoomInfo) {
	c := &a.chat
	r := c.rooms[info.ID]
	if r == nil {
		r = &room{list: pane.NewMessages(a.look.Styles, a.look.Width)}
		r.list.SetNow(a.now().In(a.opts.Zone))
		r.list.SetSelf(c.self, c.nick)
		c.rooms[info.ID] = r
	}
	r.info = info
	if r.direct() {
		r.list.SetDirect(info.With.Nick)
	}
	r.list.SetHint(r.hint())
	r.readTo(info.Read)
	r.told = max(r.told, info.Read)
	r.stale = true
	c.sort()
	switch {
	case c.want == info.ID:
		a.openRoom(info.ID)
	case c.open == nil && (info.Name == a.firstRoom() || info.Name == chatnet.Lobby()):
		a.openRoom(info.ID)
	case c.open != nil && c.open.info.Name == chatnet.Lobby() && info.Name == a.firstRoom() && a.untouched():
		a.openRoom(info.ID)
	}
}

// hint is what an empty room says.
func (r *room) hint() string {
	if r.direct() {
		return "Only you and " + r.info.With.Nick.String() + " can read what is written here."
	}
	return "Nothing was said here yet. Write something, or bring somebody in: /invite NICK"
}

// firstRoom is the room that the person wants to see first.
func (a *App) firstRoom() chatnet.RoomName {
	if a.opts.Room.IsZero() {
		return chatnet.Lobby()
	}
	return a.opts.Room
}

// untouched reports whether the person has not done anything yet, so that
// another room may be opened without taking something away.
func (a *App) untouched() bool { return a.typedAt.IsZero() && a.input.Empty() }

// openFirst opens the wanted room, else the first.
func (a *App) openFirst() {
	c := &a.chat
	if id, ok := c.named(a.firstRoom()); ok {
		a.openRoom(id)
	} else if len(c.order) > 0 {
		a.openRoom(c.order[0].info.ID)
	}
}

func (a *App) roomExited(id chatnet.RoomID) {
	c := &a.chat
	r := c.rooms[id]
	if r == nil {
		return
	}
	delete(c.rooms, id)
	c.sort()
	if c.open == r {
		c.open = nil
		a.input.Restore(pane.Draft{})
		a.openFirst()
		a.say = "you are not in " + r.title() + " any more"
	}
}

func (a *App) roomReset(id chatnet.RoomID) {
	if r := a.chat.rooms[id]; r != nil {
		r.list.Reset()
		r.unread, r.head = nil, 0
	}
}

// arrived takes events of one room.
func (a *App) arrived(u chatnet.Arrived) {
	r := a.chat.rooms[u.Room]
	if r == nil {
		return
	}
	news := chatnet.Event{}
	for _, ev := range u.Events {
		if ev.Seq <= r.head {
			continue
		}
		r.head = ev.Seq
		if a.notable(r, ev) && !u.Cached {
			news = ev
		}
		a.fact(r, ev, u.Cached)
	}
	r.list.Add(u.Events...)
	if news.Seq > 0 {
		a.ring(r, news)
	}
}

// notable counts an event that the person has not read, and reports whether it is
// meant for them.
func (a *App) notable(r *room, ev chatnet.Event) bool {
	said, ok := ev.Body.(chatnet.Said)
	if !ok || ev.Seq <= r.read || ev.By == a.chat.self || said.Redacted() {
		return false
	}
	u := unread{seq: ev.Seq, mention: pane.Mentioned(said.Text, a.chat.nick)}
	r.unread = append(r.unread, u)
	return u.mention || r.direct()
}

// fact keeps what an event says about the room itself.
func (a *App) fact(r *room, ev chatnet.Event, cached bool) {
	switch b := ev.Body.(type) {
	case chatnet.Said:
		r.typists = slices.DeleteFunc(r.typists, func(t typist) bool { return t.user == ev.By })
	case chatnet.TopicSet:
		r.info.Topic = b.Topic
	case chatnet.Joined, chatnet.Parted:
		r.stale = r.stale || !cached
	case chatnet.Renamed:
		r.stale = r.stale || !cached
		if b.User == a.chat.self && !cached {
			a.selfChanged(b.Nick, a.chat.role)
		}
		if r.direct() && b.User == r.info.With.User {
			r.info.With.Nick = b.Nick
			r.list.SetDirect(b.Nick)
			a.chat.sort()
		}
	case chatnet.Redacted:
		r.unread = slices.DeleteFunc(r.unread, func(u unread) bool { return u.seq == b.Target })
	case chatnet.Edited, chatnet.Reacted, chatnet.Registered, chatnet.NickSet,
		chatnet.RoleSet, chatnet.RoomMade, chatnet.Forgotten:
	}
}

func (a *App) pageLoaded(u chatnet.PageLoaded) {
	r := a.chat.rooms[u.Room]
	if r == nil {
		return
	}
	if u.Err != nil {
		r.list.SetLoading(false)
		r.pageFailed = a.now()
		if r == a.chat.open {
			a.say = "older messages: " + u.Err.Text
		}
		return
	}
	r.pageFailed = time.Time{}
	r.list.Prepend(u.Events, u.More)
}

// queued shows a message that is safe in the outbox.
func (a *App) queued(s chatnet.Say) {
	if r := a.roomOf(s); r != nil {
		r.list.AddPending(s)
	}
}

// roomOf finds where a message belongs, nil when that room is not there yet.
func (a *App) roomOf(s chatnet.Say) *room {
	if s.Room != "" {
		return a.chat.rooms[s.Room]
	}
	if r, ok := a.chat.directWith(s.To); ok {
		return r
	}
	return nil
}

// settled ends the wait of a message: stored, or refused for good.
func (a *App) settled(u chatnet.Settled) {
	r := a.roomOf(u.Say)
	if u.Err == nil {
		if r != nil {
			r.list.Settle(u.Say.Origin, u.Seq)
		}
		return
	}
	a.chat.refused = append(a.chat.refused, u.Say)
	if n := len(a.chat.refused); n > 50 {
		a.chat.refused = slices.Delete(a.chat.refused, 0, n-50)
	}
	if r != nil {
		r.list.Fail(u.Say.Origin, u.Err)
	}
	if r == nil || r != a.chat.open || u.Say.Edits != 0 {
		to := "a message"
		if !u.Say.To.IsZero() {
			to = "the message to " + u.Say.To.String()
		} else if u.Say.Edits != 0 {
			to = "an edit"
		} else if r != nil {
			to = "a message to " + r.title()
		}
		a.problem(to + " was refused: " + u.Err.Text + " (" + a.keyOf("resend") + " sends it again, " + a.keyOf("edit") + " edits it)")
	}
}

// signalled takes a fleeting fact.
func (a *App) signalled(s chatnet.Signal) {
	switch s := s.(type) {
	case chatnet.PresenceChanged:
		a.presence(s)
	case chatnet.Typing:
		a.typist(s)
	case chatnet.ReadMoved:
		if r := a.chat.rooms[s.Room]; r != nil {
			r.readTo(s.Seq)
			r.told = max(r.told, s.Seq)
		}
	case chatnet.KnocksChanged:
		a.setKnocks(s.Knocks)
	case chatnet.SelfChanged:
		a.selfChanged(s.Nick, s.Role)
	}
}

func (a *App) selfChanged(n chatnet.Nick, role chatnet.Role) {
	a.chat.nick, a.chat.role, a.nick = n, role, n
	for _, r := range a.chat.rooms {
		r.list.SetSelf(a.chat.self, n)
	}
}

// presence keeps the member lists right without asking again.
func (a *App) presence(s chatnet.PresenceChanged) {
	for _, r := range a.chat.rooms {
		for i, m := range r.members {
			if m.User == s.User {
				r.members[i].Presence, r.members[i].Away, r.members[i].Nick = s.Presence, s.Away, s.Nick
				if r == a.chat.open {
					a.members.Set(r.members, a.chat.self)
				}
				break
			}
		}
	}
}

// typist shows for a while that somebody is writing.
func (a *App) typist(s chatnet.Typing) {
	r := a.chat.rooms[s.Room]
	if r == nil || s.User == a.chat.self {
		return
	}
	r.typists = slices.DeleteFunc(r.typists, func(t typist) bool { return t.user == s.User })
	if s.On && len(r.typists) < 16 {
		r.typists = append(r.typists, typist{s.User, s.Nick, a.now().Add(typingFor)})
		a.after(typingFor, timerTyping)
	}
}
