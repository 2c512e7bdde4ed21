package main

import (
	"bufio"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra" // commands, flags, completions

	"tchat/chatnet"
	"tchat/chatnet/store/sqlite"
)

// dbCommand looks after the file in which a server keeps everything.
func dbCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "db",
		Short:   "Check, back up and restore the server's database",
		GroupID: groupControl,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usagef("say what to do: check, backup or restore; see tchat db --help")
		},
	}
	c.AddCommand(dbCheck(), dbBackup(), dbRestore())
	return c
}

// onDatabase is controlled for a command below db, which is in no group.
func onDatabase(c *cobra.Command, run func(c *cobra.Command, path string, args []string) error) *cobra.Command {
	c = controlled(c, func(c *cobra.Command, data string, args []string) error {
		return run(c, filepath.Join(data, "tchat.db"), args)
	})
	c.GroupID = ""
	return c
}

func dbCheck() *cobra.Command {
	return onDatabase(&cobra.Command{
		Use:               "check",
		Short:             "Read the whole database and say whether it is sound; a server may run meanwhile",
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
	}, func(c *cobra.Command, path string, _ []string) error {
		report, err := sqlite.Check(c.Context(), path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.OutOrStdout(), "%s is sound: %d events in %d logs, epoch %s\n", path, report.Events, report.Rooms, report.Epoch)
		return err
	})
}

func dbBackup() *cobra.Command {
	return onDatabase(&cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the database as it is at this moment into FILE; a server may run meanwhile",
		Args:  cobra.ExactArgs(1),
	}, func(c *cobra.Command, path string, args []string) error {
		if err := sqlite.Backup(c.Context(), path, args[0]); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.OutOrStdout(), "the backup is "+args[0])
		return err
	})
}

func dbRestore() *cobra.Command {
	var replace bool
	c := onDatabase(&cobra.Command{
		Use:   "restore FILE",
		Short: "Check the backup FILE and put a copy in the database's place; the server must not run",
		Long: "Check the backup FILE and put a copy in the place of the server's database, which must not be open. " +
			"A database that is there is replaced only after a yes, or with --replace, and is kept beside it under another name. " +
			"Clients notice that the log has another life and fetch it anew; nothing that waits in their outboxes is lost.",
		Args: cobra.ExactArgs(1),
	}, func(c *cobra.Command, path string, args []string) error {
		kept, err := sqlite.Restore(c.Context(), args[0], path, replace)
		if chatnet.CodeOf(err) == chatnet.CodeExists && interactive() && agreed(c, err.Error()+". Replace it?") {
			kept, err = sqlite.Restore(c.Context(), args[0], path, true)
		} else if chatnet.CodeOf(err) == chatnet.CodeExists {
			return chatnet.E(chatnet.CodeExists, err.Error()+"; to replace it give --replace, and it is kept under another name")
		}
		if err != nil {
			return err
		}
		if kept != "" {
			kept = "; what was there is " + kept + " now"
		}
		_, err = fmt.Fprintf(c.OutOrStdout(), "%s is restored from %s%s\n", path, args[0], kept)
		return err
	})
	c.Flags().BoolVar(&replace, "replace", false, "Replace the database that is there without asking")
	return c
}

// agreed asks a person, who has to write yes.
func agreed(c *cobra.Command, question string) bool {
	_, _ = fmt.Fprint(c.OutOrStdout(), question+" [yes/no] ")  // if nobody sees it nobody says yes
	line, _ := bufio.NewReader(c.InOrStdin()).ReadString('\n') // an end of input is no yes
	return strings.EqualFold(strings.TrimSpace(line), "yes")
}
