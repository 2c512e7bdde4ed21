package tui

import (
	"fmt"
	"strings"

	"tchat/chatnet"
)

// answered takes the reply to a request, and says what people need to know.
func (a *App) answered(u chatnet.Answered) {
	if l, ok := u.Request.(chatnet.ListMembers); ok {
		a.membersAnswered(l, u.Reply)
		return
	}
	if u.Reply.Err != nil {
		a.requestFailed(u.Request, u.Reply.Err)
		return
	}
	switch ans := u.Reply.Answer.(type) {
	case chatnet.Entered:
		a.openRoom(ans.Room)
	case chatnet.RoomList:
		a.notice(roomLines(ans.Rooms))
	case chatnet.UserInfo:
		a.notice(a.userLines(ans))
	case chatnet.Hits:
		a.notice(a.hitLines(ans))
	case chatnet.KnockList:
		a.setKnocks(ans.Knocks)
		if a.knocksAsked {
			a.knocksAsked = false
			a.notice(knockLines(ans.Knocks))
		}
	case chatnet.Done:
		a.done(u.Request)
	case chatnet.MemberList, chatnet.Stored, chatnet.Page, chatnet.Welcome, chatnet.Waiting:
	}
}

// done says what has been done, where nothing else shows it.
func (a *App) done(r chatnet.Request) {
	switch r := r.(type) {
	case chatnet.SetAway:
		a.chat.away = r.Away
		if r.Away {
			a.notice("You are away now; /away once more and you are back.")
		} else {
			a.notice("You are back.")
		}
	case chatnet.SetRole:
		a.notice(r.Nick.String() + " is " + string(r.Role) + " now.")
		a.stale()
	case chatnet.Admit:
		a.notice(r.Nick.String() + " was let in.")
	case chatnet.Refuse:
		a.notice(r.Nick.String() + " was sent away.")
	case chatnet.Invite:
		a.notice(r.Nick.String() + " was brought in.")
	default:
	}
}

// stale asks anew who is in the open room.
func (a *App) stale() {
	if a.chat.open != nil {
		a.chat.open.stale = true
	}
}

// requestFailed says why something was not done.
func (a *App) requestFailed(r chatnet.Request, err *chatnet.Error) {
	switch r.(type) {
	case chatnet.Type, chatnet.MarkRead:
		return
	case chatnet.ListKnocks:
		if !a.knocksAsked {
			return
		}
		a.knocksAsked = false
	default:
	}
	a.problem(err.Text)
}

// membersAnswered takes who is in a room.
func (a *App) membersAnswered(l chatnet.ListMembers, reply chatnet.Reply) {
	r := a.chat.rooms[l.Room]
	if r == nil {
		return
	}
	r.asked = false
	list, ok := reply.Answer.(chatnet.MemberList)
	if !ok {
		if reply.Err != nil && r.who > 0 {
			a.problem(reply.Err.Text)
		}
		r.who = 0
		return
	}
	r.members = list.Members
	if r == a.chat.open {
		a.members.Set(r.members, a.chat.self)
	}
	if r.who > 0 {
		r.who--
		a.notice(memberLines(r.title(), list.Members))
	}
}

func roomLines(all []chatnet.Listing) string {
	if len(all) == 0 {
		return "There is no room to join; /new ROOM makes one."
	}
	var b strings.Builder
	b.WriteString("Rooms that you can join:")
	for _, r := range all {
		fmt.Fprintf(&b, "\n  %s  %s", r.Name, plural(r.Count, "member"))
		if !r.Topic.IsZero() {
			b.WriteString("  " + r.Topic.String())
		}
	}
	return b.String()
}

func memberLines(room string, all []chatnet.Member) string {
	var b strings.Builder
	fmt.Fprintf(&b, "In %s:", room)
	for _, m := range all {
		fmt.Fprintf(&b, "\n  %s  %s", m.Nick, m.Presence)
		if m.Role != chatnet.RoleMember {
			b.WriteString(", " + string(m.Role))
		}
		if !m.Away.IsZero() {
			b.WriteString(", " + m.Away.String())
		}
	}
	return b.String()
}

func (a *App) userLines(u chatnet.UserInfo) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s, %s", u.Nick, u.Presence, u.Role)
	if !u.Away.IsZero() {
		b.WriteString(", " + u.Away.String())
	}
	if !u.Since.IsZero() {
		b.WriteString("\n  first came " + u.Since.In(a.opts.Zone).Format("2 Jan 2006 15:04"))
	}
	if len(u.Rooms) > 0 {
		b.WriteString("\n  in")
		for _, r := range u.Rooms {
			b.WriteString(" " + r.String())
		}
	}
	b.WriteString("\n  " + string(u.User))
	return b.String()
}

func knockLines(all []chatnet.Knock) string {
	if len(all) == 0 {
		return "Nobody waits to be let in."
	}
	var b strings.Builder
	b.WriteString("Waiting to be let in:")
	for _, k := range all {
		fmt.Fprintf(&b, "\n  %s from %s via %s", k.Nick, k.Addr, k.Door)
	}
	b.WriteString("\n/admit NICK and /refuse NICK answer.")
	return b.String()
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
