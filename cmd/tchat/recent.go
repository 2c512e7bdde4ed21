package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"          // two windows may leave at once
	"github.com/pelletier/go-toml/v2" // a file that people can read and edit
	"github.com/spf13/cobra"          // completions

	"tchat/chatnet"
)

// maxRecent is how many servers are remembered.
const maxRecent = 50

// visit is a server that this person was at.
type visit struct {
	Address string    `toml:"address"` // host:port, or with a scheme when it is not the usual one
	Name    string    `toml:"name"`    // what the server calls itself
	Nick    string    `toml:"nick"`    // whom one was there: a profile of this machine
	Last    time.Time `toml:"last"`
}

// recent is the file of servers that this person was at.
type recent struct{ path string }

// recentOf returns the file under home.
func recentOf(home string) recent { return recent{filepath.Join(home, "recent.toml")} }

// visits returns the servers, the last one first. A missing file is none.
func (r recent) visits() ([]visit, error) {
	text, err := os.ReadFile(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the list of recent servers cannot be read: %w", err)
	}
	var file struct {
		Server []visit `toml:"server"`
	}
	if err := toml.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("the list of recent servers %s is damaged; mend or remove it: %w", r.path, err)
	}
	slices.SortStableFunc(file.Server, func(a, b visit) int { return b.Last.Compare(a.Last) })
	return file.Server, nil
}

// nick returns whom one was at a server; no nick when one never was.
func (r recent) nick(address string) chatnet.Nick {
	visits, err := r.visits()
	if err != nil {
		return chatnet.Nick{} // the list is a comfort, the person is asked instead
	}
	for _, v := range visits {
		if n, err := chatnet.ParseNick(v.Nick); v.Address == address && err == nil {
			return n
		}
	}
	return chatnet.Nick{}
}

// note remembers a visit. Older visits beyond maxRecent are forgotten.
func (r recent) note(v visit) error {
	if err := makePrivate(filepath.Dir(r.path)); err != nil {
		return err
	}
	lock := flock.New(r.path + ".lock")
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("the list of recent servers cannot be locked: %w", err)
	}
	defer func() { _ = lock.Unlock() }() // the system does it at our end anyway
	visits, err := r.visits()
	if err != nil {
		return err
	}
	visits = slices.DeleteFunc(visits, func(o visit) bool { return o.Address == v.Address })
	visits = append([]visit{v}, visits...)
	text, err := toml.Marshal(map[string][]visit{"server": visits[:min(len(visits), maxRecent)]})
	if err != nil {
		return fmt.Errorf("the list of recent servers cannot be written: %w", err)
	}
	return replaceFile(r.path, text)
}

// replaceFile writes a private file so that it is either the old or the new
// one at any time.
func replaceFile(path string, text []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // 0600
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	_, err = tmp.Write(text)
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name()) // what is left of a failed try
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}

// completeServers offers the addresses of recent servers.
func completeServers(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	visits, err := recentOf(homePath()).visits()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	out := make([]string, 0, len(visits))
	for _, v := range visits {
		out = append(out, v.Address+"\t"+v.Name)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
