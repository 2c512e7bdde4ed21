package room

import (
	"fmt"

	"tchat/chatnet"
)

// Actor is a user as the directory knows them at the moment of a decision. The
// operator has no nick; a zero Actor is nobody.
type Actor struct {
	User chatnet.UserID
	Nick chatnet.Nick
	Role chatnet.Role // on the server
}

// mayWrite fails for those who may only read.
func (a Actor) mayWrite() error {
	if !a.Role.AtLeast(chatnet.RoleMember) {
		return chatnet.E(chatnet.CodeForbidden, "a visitor may read, not change anything; ask a moderator")
	}
	return nil
}

// mayEnter fails for those who cannot be a member of anything.
func (a Actor) mayEnter() error {
	if a.Nick.IsZero() {
		return chatnet.E(chatnet.CodeForbidden, "the operator is in no room; come in with a nick")
	}
	return nil
}

// mayModerate fails for those who are neither owner nor moderator.
func (a Actor) mayModerate() error {
	if !a.Role.AtLeast(chatnet.RoleModerator) {
		return chatnet.E(chatnet.CodeForbidden, "only owners and moderators may do that")
	}
	return nil
}

// tooLong names a limit.
func tooLong(what string, limit int) error {
	return chatnet.E(chatnet.CodeTooLong, fmt.Sprintf("%s has at most %d bytes", what, limit))
}

// nobody says that a nick is not there.
func nobody(nick chatnet.Nick) error {
	return chatnet.E(chatnet.CodeNoUser, fmt.Sprintf("nobody here is called %q", nick.String()))
}

// noRoom is also the answer to those who may not know of a room.
func noRoom() error {
	return chatnet.E(chatnet.CodeNoRoom, "there is no such room, or it is not open to you")
}

// misplaced is a defect of the caller: the request is decided elsewhere.
func misplaced(r chatnet.Request) error {
	return chatnet.E(chatnet.CodeInternal, fmt.Sprintf("%T is not decided here", r))
}
