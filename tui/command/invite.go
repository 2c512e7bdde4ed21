package command

import "tchat/chatnet"

func invite() Command {
	c := Command{
		Name:  "invite",
		Args:  []Arg{{Name: "NICK", Kind: KindNick}},
		Brief: "bring somebody of this server into this room",
		Long:  "For people who are not on this server yet, /invite-link shows what they can type.",
	}
	c.run = func(in Input, args string) (Action, error) {
		id, err := in.room()
		if err != nil {
			return nil, err
		}
		n, err := c.only(args)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.Invite{Room: id, Nick: n}}, nil
	}
	return c
}
