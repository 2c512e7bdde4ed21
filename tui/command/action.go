package command

import "tchat/chatnet"

// Action is what a line asks for. The set is closed.
//
//sumtype:decl
type Action interface{ action() }

type (
	// Ask is a request for the server.
	Ask struct{ Request chatnet.Request }

	// Help shows help, about one command when Name is not empty.
	Help struct{ Name string }

	// Compose makes the next line an answer to a message, or the new text of one.
	Compose struct{ Reply, Edits chatnet.Seq }

	// Keys shows the keys.
	Keys struct{}

	// InviteLink shows the lines that guests can type.
	InviteLink struct{}

	// Leave ends the program, in the person's own words.
	Leave struct{ Reason chatnet.Text }
)

func (Ask) action()        {}
func (Help) action()       {}
func (Compose) action()    {}
func (Keys) action()       {}
func (InviteLink) action() {}
func (Leave) action()      {}
