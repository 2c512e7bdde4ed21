package room

import "tchat/chatnet"

// setRole gives another user a role on the server.
func (p proposal) setRole(r chatnet.SetRole) ([]chatnet.Event, error) {
	if p.by.Role != chatnet.RoleOwner {
		return nil, chatnet.E(chatnet.CodeForbidden, "only an owner gives roles")
	}
	if _, err := chatnet.ParseRole(string(r.Role)); err != nil {
		return nil, err
	}
	u, ok := p.d.Named(r.Nick)
	switch {
	case !ok:
		return nil, nobody(r.Nick)
	case u.Role == r.Role:
		return nil, nil
	case u.Role == chatnet.RoleOwner && p.d.owners == 1:
		return nil, chatnet.E(chatnet.CodeForbidden, u.Nick.String()+" is the last owner; make another one first")
	}
	return p.event(chatnet.RoleSet{User: u.User, Role: r.Role}), nil
}
