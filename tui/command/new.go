package command

import (
	"strings"

	"tchat/chatnet"
)

func newRoom() Command {
	c := Command{
		Name:  "new",
		Args:  []Arg{{Name: "ROOM", Kind: KindRoom}, {Name: "--private", Kind: KindFlag, Optional: true}},
		Brief: "make a room that does not exist yet",
		Long:  "--private makes one that nobody finds; people come in by /invite NICK.",
	}
	c.run = func(_ Input, args string) (Action, error) {
		var r chatnet.Create
		for _, f := range strings.Fields(args) {
			switch {
			case f == "--private":
				r.Private = true
			case strings.HasPrefix(f, "-"):
				return nil, c.usage("there is no " + chatnet.CleanLine(f).String() + " here")
			case !r.Name.IsZero():
				return nil, c.usage("a room's name has no blanks in it")
			default:
				name, err := chatnet.ParseRoomName(f)
				if err != nil {
					return nil, err
				}
				r.Name = name
			}
		}
		if r.Name.IsZero() {
			return nil, c.usage("the room's name is missing")
		}
		return Ask{r}, nil
	}
	return c
}
