// Command tchat is a chat for people among themselves: `tchat --host` serves,
// `tchat ADDRESS` chats. This package is the wiring: flags, files, and which
// parts of the house talk to each other. Nothing imports it.
//
// One file is one subcommand; commands lists them. dialects.go and stores.go
// are the tables of what a server can speak and where it can keep its log.
// host.go runs a server, open.go a client, control.go the conversation of the
// small commands with a server that runs on this machine.
package main

import (
	"context"
	"os"

	"charm.land/fang/v2"     // the look of help and errors, the manual page
	"github.com/spf13/cobra" // commands, flags, completions
)

// commands lists the subcommands, in the order of --help.
func commands() []func() *cobra.Command {
	return []func() *cobra.Command{
		knocksCommand,
		admitCommand,
		refuseCommand,
		roleCommand,
		dbCommand,
	}
}

func main() { os.Exit(run()) }

// run is main with an exit code.
func run() int {
	err := fang.Execute(context.Background(), rootCommand(newGroupedOut(os.Stdout)),
		fang.WithVersion(version()), fang.WithErrorHandler(showError))
	return exitCode(err)
}
