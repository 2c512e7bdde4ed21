package line

import (
	"fmt"
	"strings"

	"tchat/chatnet"
)

// answer turns a granted request into a sentence.
func (t *Talk) answer(c call, a chatnet.Answer) {
	switch a := a.(type) {
	case chatnet.Done:
		t.done(c)
	case chatnet.Entered:
		t.head(a.Room)
	case chatnet.MemberList:
		t.memberList(c, a)
	case chatnet.RoomList:
		t.Tell(roomList(a))
	case chatnet.UserInfo:
		t.Tell(userInfo(a))
	case chatnet.Hits:
		t.Tell(t.hits(a))
	case chatnet.KnockList:
		t.Tell(knockList(a))
	case chatnet.Page:
		t.page(c, a)
	case chatnet.Stored, chatnet.Welcome, chatnet.Waiting: // come by other ways
	}
}

// done says that something is so now, where no event or signal will.
func (t *Talk) done(c call) {
	switch r := c.request.(type) {
	case chatnet.SetAway:
		t.away = r.Away
		if r.Away {
			t.Tell("you are away" + because(r.Text) + "; /away once more when you are back")
			return
		}
		t.Tell("you are back")
	case chatnet.Invite:
		t.Tell(r.Nick.String() + " is in this room now")
	case chatnet.SetRole:
		t.Tell(r.Nick.String() + " is " + string(r.Role) + " now")
	case chatnet.Admit:
		t.Tell(r.Nick.String() + " was let in")
	case chatnet.Refuse:
		t.Tell(r.Nick.String() + " was sent away")
	default: // an event or a signal tells of it
	}
}

// memberList shows who is in a room, or remembers it.
func (t *Talk) memberList(c call, l chatnet.MemberList) {
	if r := t.rooms[l.Room]; c.quiet {
		if r != nil && r == t.here && len(l.Members) <= maxKnown {
			r.members = make(map[chatnet.UserID]chatnet.Member, len(l.Members))
			for _, m := range l.Members {
				r.members[m.User] = m
			}
		}
		return
	}
	var here, away, gone []string
	for _, m := range l.Members {
		switch m.Presence {
		case chatnet.Away:
			away = append(away, m.Nick.String()+because(m.Away))
		case chatnet.Gone:
			gone = append(gone, m.Nick.String())
		default:
			here = append(here, m.Nick.String())
		}
	}
	lines := []string{fmt.Sprintf("here %d: %s", len(here), strings.Join(here, ", "))}
	if len(away) > 0 {
		lines = append(lines, fmt.Sprintf("away %d: %s", len(away), strings.Join(away, ", ")))
	}
	if len(gone) > 0 {
		lines = append(lines, fmt.Sprintf("not here %d: %s", len(gone), strings.Join(gone, ", ")))
	}
	t.Tell(strings.Join(lines, "\n"))
}

func roomList(l chatnet.RoomList) string {
	if len(l.Rooms) == 0 {
		return "there are no rooms; /join ROOM makes one"
	}
	lines := []string{"rooms, and how many are in them:"}
	for _, r := range l.Rooms {
		s := fmt.Sprintf("%s %d", r.Name, r.Count)
		if !r.Topic.IsZero() {
			s += ", " + r.Topic.String()
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n")
}

func userInfo(u chatnet.UserInfo) string {
	s := u.Nick.String() + ", " + string(u.Role) + ", "
	switch u.Presence {
	case chatnet.Away:
		s += "away" + because(u.Away)
	case chatnet.Gone:
		s += "not here"
	default:
		s += "here"
	}
	var names []string
	for _, n := range u.Rooms {
		names = append(names, n.String())
	}
	if len(names) > 0 {
		s += "; in " + strings.Join(names, ", ")
	}
	return s
}

func knockList(l chatnet.KnockList) string {
	if len(l.Knocks) == 0 {
		return "nobody waits to be let in"
	}
	var lines []string
	for _, k := range l.Knocks {
		lines = append(lines, k.Nick.String()+" waits, by "+k.Door+" from "+k.Addr)
	}
	return strings.Join(lines, "\n")
}
