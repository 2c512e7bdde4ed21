package command

import (
	"strings"

	"tchat/chatnet"
)

// word cuts the first word off s. Of the white space behind it one run of
// blanks, or one line break, goes too, so that indentation survives.
func word(s string) (first, rest string) {
	s = strings.TrimLeft(s, " ")
	i := strings.IndexAny(s, " \n\t")
	if i < 0 {
		return s, ""
	}
	first, rest = s[:i], s[i:]
	if trimmed := strings.TrimLeft(rest, " \t"); !strings.HasPrefix(trimmed, "\n") {
		return first, trimmed
	}
	_, rest, _ = strings.Cut(rest, "\n")
	return first, rest
}

// nickArg reads a nick, with or without "@" before and ":" or "," behind it,
// and gives back the rest of the line.
func (c Command) nickArg(args string) (chatnet.Nick, string, error) {
	s, rest := word(args)
	if s == "" {
		return chatnet.Nick{}, "", c.usage("the nick is missing")
	}
	n, err := chatnet.ParseNick(strings.TrimRight(strings.TrimPrefix(s, "@"), ":,"))
	if err != nil {
		return chatnet.Nick{}, "", err
	}
	return n, rest, nil
}

// only is nickArg for commands that take a nick and nothing else.
func (c Command) only(args string) (chatnet.Nick, error) {
	n, rest, err := c.nickArg(args)
	if err == nil && strings.TrimSpace(rest) != "" {
		err = c.usage("there is more behind the nick than this command takes")
	}
	return n, err
}

// none fails when there are arguments.
func (c Command) none(args string) error {
	if strings.TrimSpace(args) != "" {
		return c.usage("/" + c.Name + " takes nothing behind it")
	}
	return nil
}

// short cleans a text of one line and at most limit bytes.
func (c Command) short(args, what string, limit int) (chatnet.Text, error) {
	t := chatnet.CleanLine(args)
	if t.Len() > limit {
		return chatnet.Text{}, chatnet.E(chatnet.CodeTooLong, tooLong(what, limit, t.Len()))
	}
	return t, nil
}

// room fails when no room is open.
func (in Input) room() (chatnet.RoomID, error) {
	if in.Room == "" {
		return "", chatnet.E(chatnet.CodeNoRoom, "no room is open; /join ROOM opens one")
	}
	return in.Room, nil
}
