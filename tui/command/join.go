package command

import (
	"strings"

	"tchat/chatnet"
)

func join() Command {
	c := Command{
		Name:  "join",
		Args:  []Arg{{Name: "ROOM", Kind: KindRoom}},
		Brief: "go into a room; it is made if there is none of that name",
		Long:  "A room's name has letters, digits and / - _ . in it. /rooms lists those that exist.",
	}
	c.run = func(_ Input, args string) (Action, error) {
		name, rest := word(args)
		switch {
		case name == "":
			return nil, c.usage("the room's name is missing")
		case strings.TrimSpace(rest) != "":
			return nil, c.usage("a room's name has no blanks in it")
		}
		room, err := chatnet.ParseRoomName(name)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.Join{Name: room}}, nil
	}
	return c
}
