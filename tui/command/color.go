package command

func color() Command {
	return Command{
		Name:    "color",
		Aliases: []string{"colour"},
		Args:    []Arg{{Name: "NAME", Kind: KindColor}, {Name: "TEXT", Kind: KindSaying}},
		Brief:   "say something in a colour",
		Long:    "The colours are red, green, yellow, blue, magenta, cyan and white.\n/color red /me waves  works too.",
		run: func(in Input, args string) (Action, error) {
			col, rest, err := colorArg(args)
			if err != nil {
				return nil, err
			}
			return sayRest(in, saying{color: col}, rest)
		},
	}
}
