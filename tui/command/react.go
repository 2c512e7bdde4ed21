package command

import (
	"strings"

	"tchat/chatnet"
)

func react() Command {
	c := Command{
		Name:  "react",
		Args:  []Arg{{Name: "EMOJI", Kind: KindEmoji}},
		Brief: "put an emoji to the chosen message, or the last one",
		Long:  "EMOJI is a picture or a name like :thumbsup: . Once more takes it back.",
	}
	c.run = func(in Input, args string) (Action, error) {
		if strings.TrimSpace(args) == "" {
			return nil, c.usage("the emoji is missing")
		}
		e, err := ParseEmoji(strings.TrimSpace(args))
		switch {
		case err != nil:
			return nil, err
		case in.Last == 0:
			return nil, nothing("to react to")
		}
		on := in.Reacted == nil || !in.Reacted(in.Last, e)
		return Ask{chatnet.React{Room: in.Room, Target: in.Last, Emoji: e, On: on}}, nil
	}
	return c
}
