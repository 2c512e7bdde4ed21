package room

import (
	"time"

	"tchat/chatnet"
)

// Register returns the events that make who a user of the server, let in by
// an actor (who themselves, where nobody is asked). A known user keeps their
// nick; only a role of owner is raised. The nick must be given and free.
func (d *Directory) Register(at time.Time, by, who Actor) ([]chatnet.Event, error) {
	p := proposal{d: d, at: at.UTC().Truncate(time.Millisecond), by: by}
	if known, ok := d.users.get(who.User); ok {
		if who.Role == chatnet.RoleOwner && known.Role != chatnet.RoleOwner {
			return p.event(chatnet.RoleSet{User: who.User, Role: who.Role}), nil
		}
		return nil, nil
	}
	if err := d.Free(who.Nick); err != nil {
		return nil, err
	}
	return p.event(chatnet.Registered{User: who.User, Nick: who.Nick, Role: who.Role}), nil
}

// Free fails when a newcomer cannot have a nick.
func (d *Directory) Free(nick chatnet.Nick) error {
	switch {
	case nick.IsZero():
		return chatnet.E(chatnet.CodeBadNick, "say what you want to be called: a nick is missing")
	case d.nicks.has(nick.Key()):
		return NickTaken(nick)
	}
	return nil
}

// NickTaken is the error for a nick that somebody else has or asked for.
func NickTaken(nick chatnet.Nick) error {
	return chatnet.E(chatnet.CodeNickTaken, "somebody else is called "+nick.String()+"; choose another nick")
}

// Forget returns the events that free the nick of a user who will not come
// again.
func (d *Directory) Forget(at time.Time, id chatnet.UserID) []chatnet.Event {
	u, ok := d.users.get(id)
	if !ok {
		return nil
	}
	p := proposal{d: d, at: at.UTC().Truncate(time.Millisecond), by: u.Actor}
	return p.event(chatnet.Forgotten{User: id})
}
