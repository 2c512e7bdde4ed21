package command

import "tchat/chatnet"

func rooms() Command {
	c := Command{Name: "rooms", Brief: "list the rooms that you can join"}
	c.run = func(_ Input, args string) (Action, error) {
		if err := c.none(args); err != nil {
			return nil, err
		}
		return Ask{chatnet.ListRooms{}}, nil
	}
	return c
}
