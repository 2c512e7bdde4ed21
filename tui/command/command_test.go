package command_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"tchat/tui/command"
)

// plumbing are the files of this package that are no command.
var plumbing = []string{"doc", "command", "action", "parse", "say", "args", "nearest", "complete", "emoji"}

func TestEveryFileIsInTheTable(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		name, isGo := strings.CutSuffix(f.Name(), ".go")
		if isGo && !strings.HasSuffix(name, "_test") && !slices.Contains(plumbing, name) {
			names = append(names, name)
		}
	}
	var table []string
	for _, c := range command.Table() {
		table = append(table, c.Name)
	}
	slices.Sort(names)
	slices.Sort(table)
	if !slices.Equal(names, table) {
		t.Errorf("files %v\ntable %v", names, table)
	}
}

func TestTableIsComplete(t *testing.T) {
	seen := map[string]string{}
	for _, c := range command.Table() {
		if c.Brief == "" || strings.HasSuffix(c.Brief, ".") || len(c.Brief) > 72 {
			t.Errorf("/%s: brief help %q", c.Name, c.Brief)
		}
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if other, twice := seen[name]; twice {
				t.Errorf("%s is both /%s and /%s", name, other, c.Name)
			}
			seen[name] = c.Name
			if got, ok := command.Find("/" + strings.ToUpper(name)); !ok || got.Name != c.Name {
				t.Errorf("Find(/%s) = %q, %v", strings.ToUpper(name), got.Name, ok)
			}
		}
		optional := false
		for i, a := range c.Args {
			if optional && !a.Optional {
				t.Errorf("/%s: %s must be given behind something that need not", c.Name, a.Name)
			}
			optional = a.Optional
			if rest := a.Kind == command.KindWords || a.Kind == command.KindSaying; rest && i < len(c.Args)-1 {
				t.Errorf("/%s: %s takes the rest but is not last", c.Name, a.Name)
			}
		}
	}
	if _, ok := command.Find("nothing"); ok {
		t.Error("found a command that is not there")
	}
}

func TestUsage(t *testing.T) {
	want := map[string]string{
		"private": "/private NICK [TEXT]",
		"rooms":   "/rooms",
		"new":     "/new ROOM [--private]",
		"color":   "/color NAME TEXT",
	}
	for name, usage := range want {
		c, _ := command.Find(name)
		if c.Usage() != usage {
			t.Errorf("Usage of %s = %q, want %q", name, c.Usage(), usage)
		}
	}
}

func TestNearest(t *testing.T) {
	cases := []struct {
		typed string
		want  []string
	}{
		{"jion", []string{"join"}},
		{"priv", []string{"private"}},
		{"colro", []string{"color"}},
		{"/hlep", []string{"help"}},
		{"roms", []string{"rooms", "role", "me"}},
		{"completely-else", nil},
		{strings.Repeat("x", 4000), nil},
	}
	for _, c := range cases {
		got := command.Nearest(c.typed)
		if c.typed == "roms" {
			got, c.want = got[:1], c.want[:1]
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Nearest(%.20q) = %v, want %v", c.typed, got, c.want)
		}
	}
}
