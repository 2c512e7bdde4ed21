package room

import (
	"time"

	"tchat/chatnet"
)

// Decide says which events r by an actor is, or why it may not be. Events have
// neither Seq nor Prev yet; there are none when r changes nothing. For requests
// that only read, it says whether that is allowed.
//
// Whom is the user that r names by nick, or the other one of a direct room, as
// the directory knows them; zero when there is none. Target is the stored event
// that r names by its seq; zero when there is none. It may be somewhat older
// than the state.
//
// The error is a *chatnet.Error, a *Repeat or an *Old.
func (s *State) Decide(at time.Time, by Actor, r chatnet.Request, whom Actor, target chatnet.Event) ([]chatnet.Event, error) {
	d := decision{s: s, at: at.UTC().Truncate(time.Millisecond), by: by, target: target}
	switch r := r.(type) {
	case chatnet.Say:
		return d.say(r, whom)
	case chatnet.Redact:
		return d.redact(r)
	case chatnet.React:
		return d.react(r)
	case chatnet.Join:
		return d.join()
	case chatnet.Create:
		return d.create()
	case chatnet.OpenDirect:
		return d.openDirect()
	case chatnet.Invite:
		return d.invite(r, whom)
	case chatnet.Part:
		return d.part()
	case chatnet.SetTopic:
		return d.topic(r)
	case chatnet.History:
		return nil, d.history(r)
	case chatnet.MarkRead:
		return nil, d.markRead(r)
	case chatnet.ListMembers, chatnet.Type:
		return nil, d.member()
	case chatnet.SetNick, chatnet.SetRole, chatnet.SetAway, chatnet.ListRooms, chatnet.Whois,
		chatnet.ListKnocks, chatnet.Admit, chatnet.Refuse, chatnet.Search, chatnet.Quit:
	}
	return nil, misplaced(r)
}

// decision is one request being decided.
type decision struct {
	s      *State
	at     time.Time
	by     Actor
	target chatnet.Event
}

// event is what the actor does.
func (d decision) event(b chatnet.Body) chatnet.Event {
	return chatnet.Event{Room: d.s.made.New, At: d.at, By: d.by.User, Nick: d.by.Nick, Body: b}
}

// joined lets a user in.
func (d decision) joined(who Actor) chatnet.Event {
	return d.event(chatnet.Joined{User: who.User, Nick: who.Nick, Role: who.Role})
}

// member fails for those who are not in the room. Of rooms that are not open
// they are not told that they exist.
func (d decision) member() error {
	switch {
	case d.s.Has(d.by.User):
		return nil
	case d.s.made.Kind != chatnet.KindOpen:
		return noRoom()
	}
	return chatnet.E(chatnet.CodeNotMember, "you are not in "+d.s.made.Name.String()+"; join it first")
}

// writer fails for those who may not change the room.
func (d decision) writer() error {
	if err := d.member(); err != nil {
		return err
	}
	return d.by.mayWrite()
}

// open fails in direct rooms, where two are alone for ever.
func (d decision) open() error {
	if d.s.made.Kind == chatnet.KindDirect {
		return chatnet.E(chatnet.CodeForbidden, "a direct chat is for exactly two, for ever")
	}
	return nil
}
