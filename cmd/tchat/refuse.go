package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra" // commands, flags, completions

	"tchat/chatnet"
)

// refuseCommand sends somebody away who knocks.
func refuseCommand() *cobra.Command {
	return controlled(&cobra.Command{
		Use:               "refuse NICK [REASON]",
		Short:             "Send somebody away who knocks",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeKnocks,
	}, func(c *cobra.Command, data string, args []string) error {
		nick, err := nickArg(args[0])
		if err != nil {
			return err
		}
		reason := chatnet.CleanLine(strings.Join(args[1:], " "))
		if reason.Len() > chatnet.MaxReason {
			return usagef("a reason has at most %d bytes, this one has %d", chatnet.MaxReason, reason.Len())
		}
		if _, err := control(c.Context(), data, chatnet.Refuse{Nick: nick, Reason: reason}); err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), nick, "is refused")
		return err
	})
}
