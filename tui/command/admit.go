package command

import "tchat/chatnet"

func admit() Command {
	c := Command{
		Name:  "admit",
		Args:  []Arg{{Name: "NICK", Kind: KindKnock}},
		Brief: "let somebody in who knocked",
	}
	c.run = func(_ Input, args string) (Action, error) {
		n, err := c.only(args)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.Admit{Nick: n}}, nil
	}
	return c
}
