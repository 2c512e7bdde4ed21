package command

import "tchat/chatnet"

func knocks() Command {
	c := Command{Name: "knocks", Brief: "list who waits to be let in"}
	c.run = func(_ Input, args string) (Action, error) {
		if err := c.none(args); err != nil {
			return nil, err
		}
		return Ask{chatnet.ListKnocks{}}, nil
	}
	return c
}
