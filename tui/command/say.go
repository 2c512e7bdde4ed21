package command

import (
	"fmt"
	"strings"

	"tchat/chatnet"
)

// saying is a message while its commands are being read.
type saying struct {
	to    chatnet.Nick
	color chatnet.Color
	me    bool
	text  string
}

// say makes the request for s. Text that begins with two slashes loses one.
func say(in Input, s saying) (Action, error) {
	if strings.HasPrefix(s.text, "//") {
		s.text = s.text[1:]
	}
	text := chatnet.Clean(s.text)
	if text.Len() > chatnet.MaxText {
		return nil, chatnet.E(chatnet.CodeTooLong,
			fmt.Sprintf("a message has at most %d bytes and this one has %d; shorten it or send it in parts", chatnet.MaxText, text.Len()))
	}
	r := chatnet.Say{Room: in.Room, To: s.to, Text: text, Color: s.color, Me: s.me}
	switch {
	case text.IsZero():
		return nil, nil
	case !s.to.IsZero():
		r.Room = ""
	case !in.To.IsZero():
		r.Room, r.To = "", in.To
	case in.Room == "":
		return nil, chatnet.E(chatnet.CodeNoRoom, "no room is open; /join ROOM opens one")
	case in.Edits != 0 && (s.color != "" || s.me):
		return nil, chatnet.E(chatnet.CodeBadRequest, "an edit changes the text and nothing else; Esc leaves it")
	default:
		r.Reply, r.Edits = in.Reply, in.Edits
	}
	return Ask{r}, nil
}

// sayRest says rest, in which /color NAME and /me may stand in front of the
// text, each once: "/private bob /color red hi".
func sayRest(in Input, s saying, rest string) (Action, error) {
	for strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, "//") {
		name, args := word(rest[1:])
		c, ok := Find(name)
		switch {
		case !ok:
			return nil, unknown(name)
		case c.Name == "color" && s.color == "":
			col, more, err := colorArg(args)
			if err != nil {
				return nil, err
			}
			s.color, rest = col, more
		case c.Name == "me" && !s.me:
			s.me, rest = true, args
		default:
			return nil, chatnet.E(chatnet.CodeBadRequest, "/"+c.Name+" cannot stand inside of another command; to say it, begin with //")
		}
	}
	s.text = rest
	return say(in, s)
}

// colorArg reads a palette name and gives back the rest of the line.
func colorArg(args string) (chatnet.Color, string, error) {
	name, rest := word(args)
	if name == "" {
		return "", "", color().usage("the colour is missing")
	}
	col, err := chatnet.ParseColor(name)
	if err != nil {
		return "", "", err
	}
	if strings.TrimSpace(rest) == "" {
		return "", "", color().usage("the text is missing")
	}
	return col, rest, nil
}
