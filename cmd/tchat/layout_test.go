package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// The rooms of the house and who may look into which: ARCHITECTURE's table of
// imports. A package is judged by the longest pattern that fits; "/*" stands
// for every package below.

// rule says what packages that fit may import of ours, and what they must not
// import at all.
type rule struct {
	fits  string
	ours  []string // patterns
	never []ban
}

// ban is a prefix of import paths, and why it is banned.
type ban struct{ prefix, why string }

func rules() []rule {
	pure := []ban{
		{"net", "bytes in, values out: the server owns the connection"},
		{"os", "no I/O: the caller reads and writes"},
		{"sync", "one goroutine at a time by contract, so there is nothing to lock"},
	}
	noScreen := []ban{{"charm.land", "only the front end knows a screen"}}
	return []rule{
		{"tchat/chatnet", nil, append(slices.Clone(pure),
			ban{"context", "the vocabulary is values and waits for nothing"},
			ban{"charm.land", "the vocabulary knows no screen"})},
		{"tchat/chatnet/room", []string{"tchat/chatnet"}, append(slices.Clone(pure), noScreen...)},
		{"tchat/chatnet/store", []string{"tchat/chatnet"}, []ban{{"database/sql", "the contract knows no database"}}},
		{"tchat/chatnet/store/*", []string{"tchat/chatnet", "tchat/chatnet/store", "tchat/chatnet/store/*"}, noScreen},
		{"tchat/chatnet/wire", []string{"tchat/chatnet"}, append(slices.Clone(pure), noScreen...)},
		{"tchat/chatnet/wire/*", []string{"tchat/chatnet", "tchat/chatnet/wire", "tchat/chatnet/wire/line", "tchat/chatnet/wire/wiretest", "tchat/tui/command"}, append(slices.Clone(pure), noScreen...)},
		// Dialects do not import each other; what those of plain lines have in common is a package of its own.
		{"tchat/chatnet/wire/line", []string{"tchat/chatnet", "tchat/chatnet/wire", "tchat/tui/command"}, append(slices.Clone(pure), noScreen...)},
		{"tchat/chatnet/wire/wiretest", []string{"tchat/chatnet", "tchat/chatnet/wire"}, noScreen},
		{"tchat/chatnet/hub", []string{"tchat/chatnet", "tchat/chatnet/room", "tchat/chatnet/store"}, append(slices.Clone(noScreen),
			ban{"net", "the hub has sessions; connections are the server's"})},
		{"tchat/chatnet/server", []string{"tchat/chatnet", "tchat/chatnet/hub", "tchat/chatnet/wire", "tchat/chatnet/identity"}, noScreen},
		{"tchat/chatnet/identity", []string{"tchat/chatnet"}, noScreen},
		{"tchat/chatnet/client", []string{"tchat/chatnet", "tchat/chatnet/wire", "tchat/chatnet/wire/native", "tchat/chatnet/identity"}, noScreen},
		// A whole chat in one process: only tests and tools import it, so it may see both ends.
		{"tchat/chatnet/sim", []string{"tchat/chatnet", "tchat/chatnet/store", "tchat/chatnet/wire", "tchat/chatnet/wire/native", "tchat/chatnet/hub", "tchat/chatnet/server", "tchat/chatnet/identity", "tchat/chatnet/client"}, noScreen},
		{"tchat/styles", nil, []ban{
			{"charm.land/bubbletea", "styles are Lip Gloss only"},
			{"charm.land/bubbles", "styles are Lip Gloss only"},
		}},
		{"tchat/tui/command", []string{"tchat/chatnet"}, []ban{{"charm.land", "line dialects parse commands too, without a screen"}}},
		{"tchat/tui/pane", []string{"tchat/chatnet", "tchat/styles"}, nil},
		{"tchat/tui", []string{"tchat/chatnet", "tchat/chatnet/client", "tchat/styles", "tchat/tui/pane", "tchat/tui/command"}, nil},
		{"tchat/tui/sshtui", []string{"tchat/tui", "tchat/chatnet", "tchat/chatnet/client", "tchat/chatnet/server", "tchat/chatnet/identity"}, nil},
		{"tchat/cmd/tchat", []string{"tchat/*"}, []ban{{"charm.land/lipgloss", "styles are in styles"}}},
	}
}

// everywhere are bans for all packages but those that an exception names.
func everywhere() map[ban][]string {
	return map[ban][]string{
		{"charm.land/bubbletea", "Bubble Tea is the front end's"}:         {"tchat/tui", "tchat/tui/*", "tchat/cmd/tchat"},
		{"charm.land/bubbles", "Bubbles are the front end's"}:             {"tchat/tui", "tchat/tui/*"},
		{"charm.land/lipgloss", "looks are in styles and tui"}:            {"tchat/styles", "tchat/tui", "tchat/tui/*"},
		{"modernc.org/sqlite", "a database stays under its store"}:        {"tchat/chatnet/store/sqlite"},
		{"database/sql", "a database stays under its store"}:              {"tchat/chatnet/store/sqlite"},
		{"golang.org/x/crypto/ssh", "ssh stays under sshtui"}:             {"tchat/tui/sshtui"},
		{"tchat/cmd", "nothing imports the program"}:                      nil,
		{"math/rand", "ids and jitter come from crypto/rand or rand/v2"}:  {"tchat/chatnet/client", "tchat/chatnet/store/sqlite", "tchat/chatnet/sim", "tchat/chatnet/store/storetest"},
		{"io/ioutil", "it is os and io now"}:                              nil,
		{"unsafe", "nothing here is worth it"}:                            nil,
		{"tchat/chatnet/wire/wiretest", "tests of dialects only"}:         nil,
		{"tchat/chatnet/store/storetest", "tests of stores only"}:         nil,
		{"tchat/chatnet/sim", "tests and tools only"}:                     nil,
		{"github.com/charmbracelet/x/vt", "a terminal is for tests only"}: {"tchat/tui/vttest"},
	}
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

// packages lists every package of the module.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "./...")
	cmd.Dir = top
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var pkgs []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return pkgs
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

// top is the module's folder, seen from this one.
const top = "../.."

func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		r, ok := ruleOf(p.ImportPath)
		if !ok {
			t.Errorf("%s stands where the design has no room; add it to the table of imports, with its reason, or move it", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			for _, why := range judge(p.ImportPath, imp, r) {
				t.Errorf("%s imports %s: %s", p.ImportPath, imp, why)
			}
		}
	}
}

// TestImportRules holds the judge itself to a few known cases.
func TestImportRules(t *testing.T) {
	tests := []struct {
		pkg, imp string
		ok       bool
	}{
		{"tchat/chatnet/hub", "tchat/chatnet/room", true},
		{"tchat/chatnet/hub", "tchat/chatnet/wire", false},
		{"tchat/chatnet/hub", "net", false},
		{"tchat/chatnet/hub", "net/netip", false},
		{"tchat/chatnet/wire/native", "tchat/chatnet/wire", true},
		{"tchat/chatnet/wire/irc", "tchat/chatnet/wire/native", false},
		{"tchat/chatnet/server", "tchat/chatnet/wire/native", false},
		{"tchat/chatnet/store/sqlite", "modernc.org/sqlite", true},
		{"tchat/chatnet/store/memory", "modernc.org/sqlite", false},
		{"tchat/tui", "tchat/chatnet/server", false},
		{"tchat/tui/pane", "tchat/chatnet/client", false},
		{"tchat/chatnet/client", "charm.land/bubbletea/v2", false},
		{"tchat/cmd/tchat", "tchat/chatnet/store/sqlite", true},
		{"tchat/chatnet", "strings", true},
	}
	for _, tt := range tests {
		r, found := ruleOf(tt.pkg)
		if why := judge(tt.pkg, tt.imp, r); !found || (len(why) == 0) != tt.ok {
			t.Errorf("%s imports %s: allowed %v, want %v (%v)", tt.pkg, tt.imp, len(why) == 0, tt.ok, why)
		}
	}
}

// ruleOf returns the rule with the longest fitting pattern.
func ruleOf(pkg string) (rule, bool) {
	var best rule
	for _, r := range rules() {
		if fits(r.fits, pkg) && len(r.fits) > len(best.fits) {
			best = r
		}
	}
	return best, best.fits != ""
}

// judge returns why pkg may not import imp; nothing when it may.
func judge(pkg, imp string, r rule) []string {
	var why []string
	ours := strings.HasPrefix(imp, "tchat/")
	if ours && !fitsAny(r.ours, imp) {
		why = append(why, "not in the table of what "+r.fits+" may import")
	}
	for _, b := range r.never {
		if below(b.prefix, imp) {
			why = append(why, b.why)
		}
	}
	for b, except := range everywhere() {
		if below(b.prefix, imp) && !fitsAny(except, pkg) {
			why = append(why, b.why)
		}
	}
	return why
}

// below reports whether an import path is prefix or stands under it.
func below(prefix, imp string) bool {
	return imp == prefix || strings.HasPrefix(imp, prefix+"/")
}

func fitsAny(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, pkg) })
}

func fits(pattern, pkg string) bool {
	if dir, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(pkg, dir+"/")
	}
	return path.Clean(pattern) == pkg
}
