package command

import "tchat/chatnet"

func redact() Command {
	c := Command{
		Name:  "redact",
		Args:  []Arg{{Name: "REASON", Kind: KindWords, Optional: true}},
		Brief: "take back what the chosen message says, or your last one",
		Long:  "The text is gone for everybody, for good; a mark stays. Moderators may redact what others said.",
	}
	c.run = func(in Input, args string) (Action, error) {
		target := in.Own
		if in.Chosen != 0 {
			target = in.Chosen
		}
		if target == 0 {
			return nil, nothing("of yours to redact")
		}
		reason, err := c.short(args, "a reason", chatnet.MaxReason)
		if err != nil {
			return nil, err
		}
		return Ask{chatnet.Redact{Room: in.Room, Target: target, Reason: reason}}, nil
	}
	return c
}
