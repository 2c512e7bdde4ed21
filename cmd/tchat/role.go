package main

import (
	"fmt"

	"github.com/spf13/cobra" // commands, flags, completions

	"tchat/chatnet"
)

// roleCommand gives somebody a role on the server.
func roleCommand() *cobra.Command {
	return controlled(&cobra.Command{
		Use:   "role NICK ROLE",
		Short: "Make somebody owner, moderator, member or visitor",
		Args:  cobra.ExactArgs(2),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return []string{"owner", "moderator", "member", "visitor"}, cobra.ShellCompDirectiveNoFileComp
		},
	}, func(c *cobra.Command, data string, args []string) error {
		nick, err := nickArg(args[0])
		if err != nil {
			return err
		}
		role, err := chatnet.ParseRole(args[1])
		if err != nil {
			return usageError{err}
		}
		if _, err := control(c.Context(), data, chatnet.SetRole{Nick: nick, Role: role}); err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), nick, "is", role, "now")
		return err
	})
}
