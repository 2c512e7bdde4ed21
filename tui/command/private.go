package command

import (
	"strings"

	"tchat/chatnet"
)

func private() Command {
	c := Command{
		Name:    "private",
		Aliases: []string{"msg", "dm"},
		Args:    []Arg{{Name: "NICK", Kind: KindNick}, {Name: "TEXT", Kind: KindSaying, Optional: true}},
		Brief:   "write to one person; without text, open the chat with them",
		Long: "Nobody else can read it. The other one need not be here: the message waits for them.\n" +
			"/private bob /color red hi  sends it in colour.",
	}
	c.run = func(in Input, args string) (Action, error) {
		to, rest, err := c.nickArg(args)
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(rest) == "" {
			return Ask{chatnet.OpenDirect{With: to}}, nil
		}
		return sayRest(in, saying{to: to}, rest)
	}
	return c
}
