package command

import "tchat/chatnet"

func away() Command {
	c := Command{
		Name:  "away",
		Args:  []Arg{{Name: "TEXT", Kind: KindWords, Optional: true}},
		Brief: "tell others that you are not at the screen; once more to be back",
	}
	c.run = func(in Input, args string) (Action, error) {
		t, err := c.short(args, "an away text", chatnet.MaxAway)
		if err != nil {
			return nil, err
		}
		on := !in.Away || !t.IsZero()
		return Ask{chatnet.SetAway{Away: on, Text: t}}, nil
	}
	return c
}
