package room

import "tchat/chatnet"

// setNick renames the actor on the whole server.
func (p proposal) setNick(r chatnet.SetNick) ([]chatnet.Event, error) {
	if err := p.by.mayEnter(); err != nil {
		return nil, err
	}
	if r.Nick == p.by.Nick {
		return nil, nil
	}
	if owner, taken := p.d.nicks.get(r.Nick.Key()); !taken || owner != p.by.User {
		if err := p.d.Free(r.Nick); err != nil {
			return nil, err
		}
	}
	return p.event(chatnet.NickSet{User: p.by.User, Nick: r.Nick}), nil
}
