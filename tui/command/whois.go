package command

import "tchat/chatnet"

func whois() Command {
	c := Command{
		Name:  "whois",
		Args:  []Arg{{Name: "NICK", Kind: KindNick}},
		Brief: "tell what the server knows about somebody",
	}
	c.run = func(_ Input, args string) (Action, error) {
		n, err := c.only(args)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.Whois{Nick: n}}, nil
	}
	return c
}
