package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra" // commands, flags, completions

	"tchat/chatnet"
)

// knocksCommand lists who waits to be let in.
func knocksCommand() *cobra.Command {
	return controlled(&cobra.Command{
		Use:               "knocks",
		Short:             "List who waits to be let in",
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
	}, func(c *cobra.Command, data string, _ []string) error {
		answer, err := control(c.Context(), data, chatnet.ListKnocks{})
		if err != nil {
			return err
		}
		list, ok := answer.(chatnet.KnockList)
		if !ok {
			return fmt.Errorf("the server answered with a %T instead of a list", answer)
		}
		return printKnocks(c.OutOrStdout(), list.Knocks, time.Now())
	})
}

// printKnocks writes one line a knock.
func printKnocks(w io.Writer, knocks []chatnet.Knock, now time.Time) error {
	if len(knocks) == 0 {
		_, err := fmt.Fprintln(w, "nobody is waiting")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, k := range knocks {
		waits := max(0, now.Sub(k.Since).Round(time.Second))
		if _, err := fmt.Fprintf(t, "%s\t%s\t%s\twaits %s\n", k.Nick, k.Addr, k.Door, waits); err != nil {
			return err
		}
	}
	return t.Flush()
}

// completeKnocks offers the nicks of those who wait.
func completeKnocks(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	data, err := c.Flags().GetString("data")
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if data == "" {
		data = homePath()
	}
	answer, err := control(c.Context(), data, chatnet.ListKnocks{})
	list, ok := answer.(chatnet.KnockList)
	if err != nil || !ok {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	out := make([]string, 0, len(list.Knocks))
	for _, k := range list.Knocks {
		out = append(out, k.Nick.String()+"\t"+k.Addr)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
