package command

import "tchat/chatnet"

func refuse() Command {
	c := Command{
		Name:  "refuse",
		Args:  []Arg{{Name: "NICK", Kind: KindKnock}, {Name: "REASON", Kind: KindWords, Optional: true}},
		Brief: "send somebody away who knocked",
	}
	c.run = func(_ Input, args string) (Action, error) {
		n, rest, err := c.nickArg(args)
		if err != nil {
			return nil, err
		}
		why, err := c.short(rest, "a reason", chatnet.MaxReason)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.Refuse{Nick: n, Reason: why}}, nil
	}
	return c
}
