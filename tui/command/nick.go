package command

import "tchat/chatnet"

func nick() Command {
	c := Command{
		Name:  "nick",
		Args:  []Arg{{Name: "NAME", Kind: KindWords}},
		Brief: "change the name that others see",
		Long:  "A nick has 1 to 32 letters, digits and - _ . in it.",
	}
	c.run = func(_ Input, args string) (Action, error) {
		n, err := c.only(args)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.SetNick{Nick: n}}, nil
	}
	return c
}
