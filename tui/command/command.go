package command

import (
	"strings"

	"tchat/chatnet"
)

// Command describes one slash command. Help and completion are made from it.
type Command struct {
	Name    string   // without the slash
	Aliases []string // other names for the same
	Args    []Arg    // in order; the last one may be Words
	Brief   string   // one line of help, without a full stop
	Long    string   // further lines of help, may be empty

	run func(in Input, args string) (Action, error)
}

// Arg is one argument of a command.
type Arg struct {
	Name     string // as usage shows it: "NICK"
	Kind     Kind
	Optional bool
}

// Kind says what an argument is, so that it can be completed.
type Kind string

// The kinds of argument.
const (
	KindNick    Kind = "nick"
	KindRoom    Kind = "room"
	KindColor   Kind = "color"
	KindRole    Kind = "role"
	KindCommand Kind = "command"
	KindFlag    Kind = "flag"
	KindEmoji   Kind = "emoji"
	KindKnock   Kind = "knock"  // the nick of somebody who waits to be let in
	KindWords   Kind = "words"  // the rest of the line
	KindSaying  Kind = "saying" // the rest of the line, which may begin with /color or /me
)

// Input is what a command may know of the place where it was typed.
type Input struct {
	Room  chatnet.RoomID                                // the open room; empty when there is none
	To    chatnet.Nick                                  // whom the line is meant for instead of the room; zero for the room
	Away  bool                                          // the person is away just now
	Rooms func(chatnet.RoomName) (chatnet.RoomID, bool) // the rooms that the person is in; may be nil

	Reply  chatnet.Seq // the message that the line answers, or 0
	Edits  chatnet.Seq // the message whose new text it is, or 0
	Chosen chatnet.Seq // the chosen message, or 0
	Last   chatnet.Seq // the chosen message, else the last one; 0 when there is none
	Own    chatnet.Seq // likewise of the person's own

	Reacted func(chatnet.Seq, chatnet.Emoji) bool // the person has put it to the message; may be nil
}

// Table lists every command in the order in which help shows them.
func Table() []Command {
	return []Command{
		private(),
		color(),
		me(),
		reply(),
		edit(),
		redact(),
		react(),
		join(),
		part(),
		rooms(),
		search(),
		newRoom(),
		topic(),
		invite(),
		who(),
		whois(),
		nick(),
		away(),
		knocks(),
		admit(),
		refuse(),
		role(),
		inviteLink(),
		keys(),
		help(),
		leave(),
	}
}

// Find returns the command that is called name, with or without the slash, by
// its name or an alias in any case.
func Find(name string) (Command, bool) {
	name = strings.ToLower(strings.TrimPrefix(name, "/"))
	for _, c := range Table() {
		if c.is(name) {
			return c, true
		}
	}
	return Command{}, false
}

// Usage returns how the command is typed: "/private NICK [TEXT]".
func (c Command) Usage() string {
	var b strings.Builder
	b.WriteString("/" + c.Name)
	for _, a := range c.Args {
		if a.Optional {
			b.WriteString(" [" + a.Name + "]")
		} else {
			b.WriteString(" " + a.Name)
		}
	}
	return b.String()
}

func (c Command) is(name string) bool {
	if c.Name == name {
		return true
	}
	for _, a := range c.Aliases {
		if a == name {
			return true
		}
	}
	return false
}

// usage is the error for arguments that do not fit, with what is wrong first.
func (c Command) usage(wrong string) error {
	return chatnet.E(chatnet.CodeBadRequest, wrong+"; type "+c.Usage())
}
