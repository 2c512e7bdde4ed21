package command

import "tchat/chatnet"

func search() Command {
	c := Command{
		Name:  "search",
		Args:  []Arg{{Name: "WORDS", Kind: KindWords}},
		Brief: "find messages: words, from:NICK in:ROOM before:DAY after:DAY has:link",
	}
	c.run = func(_ Input, args string) (Action, error) {
		if _, err := chatnet.ParseQuery(args); err != nil {
			return nil, err
		}
		return Ask{chatnet.Search{Text: chatnet.CleanLine(args), Limit: 20}}, nil
	}
	return c
}
