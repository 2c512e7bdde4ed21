package command

import (
	"strings"

	"tchat/chatnet"
)

func role() Command {
	c := Command{
		Name:  "role",
		Args:  []Arg{{Name: "NICK", Kind: KindNick}, {Name: "ROLE", Kind: KindRole}},
		Brief: "give somebody a role: owner, moderator, member or visitor",
	}
	c.run = func(_ Input, args string) (Action, error) {
		n, rest, err := c.nickArg(args)
		if err != nil {
			return nil, err
		}
		s := strings.ToLower(strings.TrimSpace(rest))
		if s == "" {
			return nil, c.usage("the role is missing")
		}
		r, err := chatnet.ParseRole(s)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.SetRole{Nick: n, Role: r}}, nil
	}
	return c
}
