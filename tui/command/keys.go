package command

func keys() Command {
	c := Command{Name: "keys", Brief: "show every key"}
	c.run = func(_ Input, args string) (Action, error) {
		if err := c.none(args); err != nil {
			return nil, err
		}
		return Keys{}, nil
	}
	return c
}
