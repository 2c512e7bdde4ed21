package command

import "strings"

func help() Command {
	return Command{
		Name:  "help",
		Args:  []Arg{{Name: "COMMAND", Kind: KindCommand, Optional: true}},
		Brief: "list the commands, or tell about one",
		run: func(_ Input, args string) (Action, error) {
			name := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(args)), "/")
			if name == "" {
				return Help{}, nil
			}
			c, ok := Find(name)
			if !ok {
				return nil, unknown(name)
			}
			return Help{Name: c.Name}, nil
		},
	}
}
