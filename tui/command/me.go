package command

import "strings"

func me() Command {
	c := Command{
		Name:  "me",
		Args:  []Arg{{Name: "TEXT", Kind: KindSaying}},
		Brief: "tell what you do, in the third person",
		Long:  "/me waves  is shown as: * ada waves",
	}
	c.run = func(in Input, args string) (Action, error) {
		if strings.TrimSpace(args) == "" {
			return nil, c.usage("the text is missing")
		}
		return sayRest(in, saying{me: true}, args)
	}
	return c
}
