package command

import "tchat/chatnet"

func leave() Command {
	c := Command{
		Name:    "leave",
		Aliases: []string{"quit"},
		Args:    []Arg{{Name: "WORDS", Kind: KindWords, Optional: true}},
		Brief:   "leave the server; the others are told",
		Long:    "/part leaves only the room.",
	}
	c.run = func(_ Input, args string) (Action, error) {
		why, err := c.short(args, "a reason", chatnet.MaxReason)
		if err != nil {
			return nil, err
		}
		return Leave{Reason: why}, nil
	}
	return c
}
