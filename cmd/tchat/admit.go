package main

import (
	"fmt"

	"github.com/spf13/cobra" // commands, flags, completions

	"tchat/chatnet"
)

// admitCommand lets somebody in who knocks.
func admitCommand() *cobra.Command {
	return controlled(&cobra.Command{
		Use:               "admit NICK",
		Short:             "Let somebody in who knocks",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeKnocks,
	}, func(c *cobra.Command, data string, args []string) error {
		nick, err := nickArg(args[0])
		if err != nil {
			return err
		}
		if _, err := control(c.Context(), data, chatnet.Admit{Nick: nick}); err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), nick, "is let in")
		return err
	})
}
