package command

import (
	"strings"

	"tchat/chatnet"
)

func edit() Command {
	c := Command{
		Name:  "edit",
		Args:  []Arg{{Name: "TEXT", Kind: KindWords, Optional: true}},
		Brief: "correct the chosen message of yours, or your last one",
		Long:  "Without a text the message is put into the input. Up in an empty input does the same.",
	}
	c.run = func(in Input, args string) (Action, error) {
		switch {
		case in.Own == 0:
			return nil, nothing("of yours to edit")
		case strings.TrimSpace(args) == "":
			return Compose{Edits: in.Own}, nil
		}
		in.To, in.Reply, in.Edits = chatnet.Nick{}, 0, in.Own
		return say(in, saying{text: args})
	}
	return c
}
