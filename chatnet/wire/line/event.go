package line

import (
	"fmt"
	"strings"

	"tchat/chatnet"
)

// event shows what happened, if it is for this peer.
func (t *Talk) event(ev chatnet.Event) {
	r := t.rooms[ev.Room]
	if r == nil {
		return
	}
	direct := r.info.Kind == chatnet.KindDirect
	r.last = max(r.last, ev.Seq)
	switch {
	case direct && ev.Seq <= r.info.Read:
	case !direct && ev.Seq <= r.info.Head:
		t.behind(r, ev)
	case direct || r == t.here:
		t.show(r, ev)
	}
}

// behind takes an event of before the peer's coming was told. What was said
// since it came in is no history: others saw it in the room. That is known at
// the end, because it may have come and gone before.
func (t *Talk) behind(r *room, ev chatnet.Event) {
	switch j, ok := ev.Body.(chatnet.Joined); {
	case ok && j.User == t.user:
		r.since, r.held = ev.Seq, nil
	case r.since > 0:
		r.held = append(r.held, ev)
	}
	if ev.Seq < r.info.Head {
		return
	}
	held := r.held
	r.held, r.settled = nil, true
	if r.since > 0 {
		r.oldest = r.since
	}
	if r != t.here {
		return
	}
	t.backlog()
	for _, ev := range held {
		t.show(r, ev)
	}
}

// show shows what happened.
func (t *Talk) show(r *room, ev chatnet.Event) {
	switch b := ev.Body.(type) {
	case chatnet.Said:
		t.Write(t.voice.Said(t.message(ev, b, false))...)
	case chatnet.Edited, chatnet.Redacted, chatnet.Reacted:
		t.amended(r, ev)
	default:
		if r.info.Kind != chatnet.KindDirect {
			t.happened(r, ev)
		}
	}
}

// message describes a said event.
func (t *Talk) message(ev chatnet.Event, said chatnet.Said, old bool) Message {
	m := Message{
		At: ev.At, From: ev.Nick, Text: fewer(said.Text.String()), Color: said.Color, Me: said.Me,
		Own: ev.By == t.user, Old: old,
	}
	if said.Redacted() {
		m.Text = "(taken back)"
	}
	if r := t.rooms[ev.Room]; r != nil {
		if r.info.Kind == chatnet.KindDirect {
			m.Private, m.To = true, r.info.With.Nick
		}
		m.Text = r.quoted(said.Reply) + m.Text
		r.remember(ev, said)
	}
	return m
}

// maxShown is how many lines of one message are shown. Each carries its
// sender, so that a message of nothing but line breaks would be many times its
// size on the wire.
const maxShown = 100

// fewer returns the first lines of a text, and says how many are missing.
func fewer(text string) string {
	if strings.Count(text, "\n") < maxShown {
		return text
	}
	lines := strings.Split(text, "\n")
	missing := fmt.Sprintf("(%d more lines)", len(lines)-maxShown)
	return strings.Join(append(lines[:maxShown:maxShown], missing), "\n")
}

// happened tells of what is no message, in the open room.
func (t *Talk) happened(r *room, ev chatnet.Event) {
	switch b := ev.Body.(type) {
	case chatnet.Joined:
		if b.User != t.user {
			r.note(chatnet.Member{User: b.User, Nick: b.Nick, Role: b.Role, Presence: chatnet.Here})
			t.Tell(b.Nick.String() + " joined")
		}
	case chatnet.Parted:
		m, known := r.members[b.User]
		delete(r.members, b.User)
		if b.User == t.user || known && m.Presence == chatnet.Gone {
			return // the peer knows already
		}
		nick := ev.Nick
		if known {
			nick = m.Nick
		}
		t.Tell(nick.String() + " left" + because(b.Reason))
	case chatnet.Renamed:
		t.renamed(r, ev, b)
	case chatnet.TopicSet:
		r.info.Topic = b.Topic
		if b.Topic.IsZero() {
			t.Tell(ev.Nick.String() + " took the topic away")
			return
		}
		t.Tell(ev.Nick.String() + " set the topic: " + b.Topic.String())
	default: // a message, or what is about one: told elsewhere
	}
}

func (t *Talk) renamed(r *room, ev chatnet.Event, b chatnet.Renamed) {
	if b.User == t.user {
		return // SelfChanged tells
	}
	m, ok := r.members[b.User]
	old := ev.Nick
	if ok {
		old = m.Nick
		m.Nick = b.Nick
		r.members[b.User] = m
	}
	if old != b.Nick && !old.IsZero() {
		t.Tell(old.String() + " is called " + b.Nick.String() + " now")
	}
}

// note remembers a member, while the room is small enough for it.
func (r *room) note(m chatnet.Member) {
	if r.members != nil && len(r.members) < maxKnown {
		r.members[m.User] = m
	}
}

func because(why chatnet.Text) string {
	if why.IsZero() {
		return ""
	}
	return " (" + why.String() + ")"
}

// signal tells of what is fleeting: who goes and comes among those who are in
// the open room, a new name, who waits to be let in.
func (t *Talk) signal(s chatnet.Signal) {
	switch s := s.(type) {
	case chatnet.PresenceChanged:
		t.presence(s)
	case chatnet.SelfChanged:
		if s.Nick != t.nick && !s.Nick.IsZero() {
			t.nick = s.Nick
			t.Tell("you are called " + s.Nick.String() + " now")
		}
	case chatnet.KnocksChanged:
		for _, k := range s.Knocks {
			t.Tell(k.Nick.String() + " asks to be let in, by " + k.Door + "; /admit " + k.Nick.String() + " or /refuse " + k.Nick.String())
		}
	case chatnet.Typing, chatnet.ReadMoved: // lines are no place for it
	}
}

func (t *Talk) presence(s chatnet.PresenceChanged) {
	if t.here == nil || s.User == t.user {
		return
	}
	m, ok := t.here.members[s.User]
	if !ok || m.Presence == s.Presence && m.Away == s.Away {
		return
	}
	was := m.Presence
	m.Presence, m.Away = s.Presence, s.Away
	t.here.members[s.User] = m
	switch {
	case s.Presence == chatnet.Gone:
		t.Tell(s.Nick.String() + " left")
	case s.Presence == chatnet.Away:
		t.Tell(s.Nick.String() + " is away" + because(s.Away))
	case was != chatnet.Here:
		t.Tell(s.Nick.String() + " is back")
	}
}
