package room

import (
	"time"

	"tchat/chatnet"
)

// Decide says which events of the log chatnet.HubRoom r by an actor is, or why
// it may not be. Of requests that go on in a room (Join, say) it decides the
// first half: whether the room has to be made. For requests that leave no event
// it says whether they are allowed. The error is a *chatnet.Error.
func (d *Directory) Decide(at time.Time, by Actor, r chatnet.Request) ([]chatnet.Event, error) {
	p := proposal{d: d, at: at.UTC().Truncate(time.Millisecond), by: by}
	switch r := r.(type) {
	case chatnet.SetNick:
		return p.setNick(r)
	case chatnet.SetRole:
		return p.setRole(r)
	case chatnet.Join:
		return p.join(r)
	case chatnet.Create:
		return p.create(r)
	case chatnet.OpenDirect:
		return p.direct(r.With)
	case chatnet.Say:
		return p.direct(r.To)
	case chatnet.SetAway:
		return nil, checkAway(r)
	case chatnet.Whois:
		return nil, p.whois(r)
	case chatnet.ListKnocks, chatnet.Admit:
		return nil, by.mayModerate()
	case chatnet.Refuse:
		return nil, p.refuse(r)
	case chatnet.ListRooms, chatnet.Quit:
		return nil, nil
	case chatnet.Redact, chatnet.React, chatnet.Invite, chatnet.Part, chatnet.SetTopic, chatnet.ListMembers, chatnet.History,
		chatnet.MarkRead, chatnet.Type, chatnet.Search:
	}
	return nil, misplaced(r)
}

// proposal is one request being decided.
type proposal struct {
	d  *Directory
	at time.Time
	by Actor
}

func (p proposal) event(b chatnet.Body) []chatnet.Event {
	return []chatnet.Event{{Room: chatnet.HubRoom, At: p.at, By: p.by.User, Nick: p.by.Nick, Body: b}}
}

func (p proposal) whois(r chatnet.Whois) error {
	if _, ok := p.d.Named(r.Nick); !ok {
		return nobody(r.Nick)
	}
	return nil
}

func (p proposal) refuse(r chatnet.Refuse) error {
	if r.Reason.Len() > chatnet.MaxReason {
		return tooLong("a reason", chatnet.MaxReason)
	}
	return p.by.mayModerate()
}

func checkAway(r chatnet.SetAway) error {
	if r.Text.Len() > chatnet.MaxAway {
		return tooLong("an away text", chatnet.MaxAway)
	}
	return nil
}
