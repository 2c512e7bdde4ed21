package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra" // commands, flags, completions
)

// groupControl is the group of --help for the commands that talk to a server
// on this machine.
const groupControl = "control"

// rootCommand makes the whole command line, with its help going to out.
func rootCommand(out io.Writer) *cobra.Command {
	var typed settings
	var host bool
	var config string
	c := &cobra.Command{
		Use:   "tchat [ADDRESS]",
		Short: "A chat among yourselves, in the terminal",
		Long: "Chat at ADDRESS, which is host[:port] or an invite tchat://host:port/room#fingerprint. " +
			"Without one, the start screen shows the servers you know.",
		Example: "tchat --host\ntchat 192.168.1.7\ntchat tchat://ada.local:24280/lobby --nick bob",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			s, err := osLayers(c.Flags(), &typed, config).resolve()
			if err != nil {
				return err
			}
			switch {
			case host && len(args) > 0:
				return usagef("--host serves on this machine and takes no address; to choose the port use --listen tchat://:PORT")
			case host:
				return runHost(c.Context(), &s)
			case len(args) == 0:
				return runStart(c.Context(), &s)
			}
			return runOpen(c.Context(), &s, args[0])
		},
		ValidArgsFunction: completeServers,
	}
	rootFlags(c, &typed, &host, &config)
	c.SetOut(out)
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	c.AddGroup(&cobra.Group{ID: groupControl, Title: "a server on this machine"})
	for _, sub := range commands() {
		c.AddCommand(sub())
	}
	return c
}

// rootFlags adds the flags of tchat itself.
func rootFlags(c *cobra.Command, typed *settings, host *bool, config *string) {
	flags := c.Flags()
	flags.SortFlags = false
	register(flags, typed, optionsIn(groupCommon)...)
	flags.StringVar(config, "config", "", "Read this configuration file (default: the XDG config folder's tchat/config.toml)")
	c.Version = version()
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	flags.BoolVar(host, "host", false, "Serve on this machine; on a terminal the host is in the chat, too")
	register(flags, typed, optionsIn(groupHosting)...)
	if err := c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(themeNames(), cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic("tchat: " + err.Error()) // only for a flag that is not there
	}
}

// usageArgs makes the errors of a check of arguments usage errors.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{errors.New(err.Error() + "; see " + c.CommandPath() + " --help")}
		}
		return nil
	}
}
