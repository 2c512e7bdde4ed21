package command

import "tchat/chatnet"

func topic() Command {
	c := Command{
		Name:  "topic",
		Args:  []Arg{{Name: "TEXT", Kind: KindWords}},
		Brief: "say what this room is about",
		Long:  "/topic -  takes the topic away.",
	}
	c.run = func(in Input, args string) (Action, error) {
		id, err := in.room()
		if err != nil {
			return nil, err
		}
		t, err := c.short(args, "a topic", chatnet.MaxTopic)
		switch {
		case err != nil:
			return nil, err
		case t.IsZero():
			return nil, c.usage("the text is missing")
		case t.String() == "-":
			t = chatnet.Text{}
		}
		return Ask{chatnet.SetTopic{Room: id, Topic: t}}, nil
	}
	return c
}
