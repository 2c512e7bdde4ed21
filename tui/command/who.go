package command

import "tchat/chatnet"

func who() Command {
	c := Command{Name: "who", Brief: "list who is in this room"}
	c.run = func(in Input, args string) (Action, error) {
		if err := c.none(args); err != nil {
			return nil, err
		}
		id, err := in.room()
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.ListMembers{Room: id}}, nil
	}
	return c
}
