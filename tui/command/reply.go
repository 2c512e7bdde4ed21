package command

import (
	"strings"

	"tchat/chatnet"
)

func reply() Command {
	c := Command{
		Name:  "reply",
		Args:  []Arg{{Name: "TEXT", Kind: KindSaying, Optional: true}},
		Brief: "answer the chosen message, or the last one",
		Long:  "Without a text the next line that you write is the answer. Alt+M chooses a message.",
	}
	c.run = func(in Input, args string) (Action, error) {
		switch {
		case in.Last == 0:
			return nil, nothing("to answer")
		case strings.TrimSpace(args) == "":
			return Compose{Reply: in.Last}, nil
		}
		in.To, in.Reply, in.Edits = chatnet.Nick{}, in.Last, 0
		return sayRest(in, saying{}, args)
	}
	return c
}

// nothing is the answer of a command that needs a message and has none.
func nothing(what string) error {
	return chatnet.E(chatnet.CodeBadRequest, "there is no message "+what+" here")
}
