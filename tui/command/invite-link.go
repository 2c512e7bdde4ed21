package command

func inviteLink() Command {
	c := Command{Name: "invite-link", Brief: "show the lines that guests can type to come here"}
	c.run = func(_ Input, args string) (Action, error) {
		if err := c.none(args); err != nil {
			return nil, err
		}
		return InviteLink{}, nil
	}
	return c
}
