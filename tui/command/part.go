package command

import (
	"strings"

	"tchat/chatnet"
)

func part() Command {
	c := Command{
		Name:  "part",
		Args:  []Arg{{Name: "ROOM", Kind: KindRoom, Optional: true}},
		Brief: "leave this room only, or the one that is named",
		Long:  "What was said there stays. /leave leaves the whole server.",
	}
	c.run = func(in Input, args string) (Action, error) {
		s := strings.TrimSpace(args)
		if s == "" {
			id, err := in.room()
			if err != nil {
				return nil, err
			}
			return Ask{chatnet.Part{Room: id}}, nil
		}
		name, err := chatnet.ParseRoomName(s)
		if err != nil {
			return nil, err
		}
		if in.Rooms != nil {
			if id, ok := in.Rooms(name); ok {
				return Ask{chatnet.Part{Room: id}}, nil
			}
		}
		return nil, chatnet.E(chatnet.CodeNotMember, "you are not in a room called "+name.String())
	}
	return c
}
