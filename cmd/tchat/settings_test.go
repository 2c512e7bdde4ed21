package main

import (
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/pflag"
)

// resolveFrom resolves a command line, an environment and a file's text; no
// file when the text is empty.
func resolveFrom(t *testing.T, args []string, env map[string]string, text string) (settings, error) {
	t.Helper()
	var typed settings
	flags := pflag.NewFlagSet("tchat", pflag.ContinueOnError)
	register(flags, &typed, append(optionsIn(groupCommon), optionsIn(groupHosting)...)...)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return layers{
		flags: flags, typed: &typed, file: "config.toml", check: checkValues,
		lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		read: func(string) ([]byte, error) {
			if text == "" {
				return nil, fs.ErrNotExist
			}
			return []byte(text), nil
		},
	}.resolve()
}

func TestSettingsLayers(t *testing.T) {
	tests := []struct {
		name string
		args []string
		env  map[string]string
		file string
		want settings
	}{
		{name: "nothing said"},
		{name: "the file", file: "nick = 'ada'\nlisten = ['tchat://:1', 'tchat://:2']\napprove = true",
			want: settings{Nick: "ada", Listen: []string{"tchat://:1", "tchat://:2"}, Approve: true}},
		{name: "the environment over the file", file: "nick = 'ada'\nroom = 'dev'",
			env: map[string]string{"TCHAT_NICK": "bob"}, want: settings{Nick: "bob", Room: "dev"}},
		{name: "flags over all", file: "nick = 'ada'", env: map[string]string{"TCHAT_NICK": "bob"},
			args: []string{"--nick", "carol"}, want: settings{Nick: "carol"}},
		{name: "a flag that says no", file: "approve = true", args: []string{"--approve=false"}},
		{name: "a variable that says no", file: "approve = true", env: map[string]string{"TCHAT_APPROVE": "false"}},
		{name: "an empty variable is none", file: "nick = 'ada'", env: map[string]string{"TCHAT_NICK": ""}, want: settings{Nick: "ada"}},
		{name: "lists", env: map[string]string{"TCHAT_LISTEN": "tchat://:1, tchat://:2"}, args: []string{"--motd", "hi"},
			want: settings{Listen: []string{"tchat://:1", "tchat://:2"}, MOTD: "hi"}},
		{name: "a repeated flag", env: map[string]string{"TCHAT_LISTEN": "tchat://:9"}, args: []string{"--listen", "tchat://:1", "--listen", "tchat://:2"},
			want: settings{Listen: []string{"tchat://:1", "tchat://:2"}}},
		{name: "names with hyphens", env: map[string]string{"TCHAT_ALLOW_PLAINTEXT": "1"}, want: settings{AllowPlaintext: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := resolveFrom(t, tt.args, tt.env, tt.file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreUnexported(settings{})); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSettingsErrors(t *testing.T) {
	tests := []struct {
		name string
		args []string
		env  map[string]string
		file string
		want string
	}{
		{name: "an unknown key, nearly right", file: "# mine\nnik = 'ada'\n", want: `config.toml:2: there is no key "nik"; did you mean "nick"?`},
		{name: "an unknown key", file: "colour = 'red'\n", want: `config.toml:1: there is no key "colour"; the keys are nick, room,`},
		{name: "a key in a table", file: "[server]\nname = 'x'\n", want: `there is no key "server"`},
		{name: "a wrong type", file: "nick = 'ada'\napprove = 'yes'\n", want: "config.toml:2:11: "},
		{name: "no TOML", file: "nick = \n", want: "config.toml:1:8: "},
		{name: "twice", file: "nick = 'a'\nnick = 'b'\n", want: "config.toml:2:1: "},
		{name: "a bad variable", env: map[string]string{"TCHAT_APPROVE": "maybe"}, want: `TCHAT_APPROVE: "maybe" is neither true nor false`},
		{name: "a bad nick in the file", file: "nick = 'a b'", want: "config.toml: nick: a nick has 1 to 32"},
		{name: "a bad nick in the environment", file: "nick = 'ada'", env: map[string]string{"TCHAT_NICK": "a b"}, want: "TCHAT_NICK: a nick has 1 to 32"},
		{name: "a theme that is not there", file: "theme = 'darc'", want: `config.toml: theme: there is no theme "darc"; did you mean "dark"?`},
		{name: "a store that is not there", args: []string{"--store", "tape"}, want: `--store: there is no store "tape"; this build has sqlite, memory`},
		{name: "a bad room on the command line", args: []string{"--room", "a//b"}, want: "--room: a room name has 1 to 64"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := resolveFrom(t, tt.args, tt.env, tt.file)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q in it", err, tt.want)
			}
			if exitCode(err) != exitUsage {
				t.Errorf("exit code %d, want %d", exitCode(err), exitUsage)
			}
		})
	}
}

func TestNamedConfigFileMustExist(t *testing.T) {
	l := layers{
		flags: pflag.NewFlagSet("tchat", pflag.ContinueOnError), typed: &settings{}, file: "there.toml", asked: true,
		lookup: func(string) (string, bool) { return "", false },
		read:   func(string) ([]byte, error) { return nil, fs.ErrNotExist },
	}
	if _, err := l.resolve(); !errors.Is(err, fs.ErrNotExist) || exitCode(err) != exitUsage {
		t.Errorf("error %v, want one that the file is not there", err)
	}
}

// TestEveryOptionHasAKey keeps flags, variables and keys the same.
func TestEveryOptionHasAKey(t *testing.T) {
	var keys, names []string
	typ := reflect.TypeFor[settings]()
	for i := range typ.NumField() {
		if f := typ.Field(i); f.IsExported() {
			keys = append(keys, f.Tag.Get("toml"))
		}
	}
	for _, o := range options() {
		names = append(names, o.name)
		if o.help == "" || o.field(&settings{}) == nil {
			t.Errorf("%s has no help or no field", o.name)
		}
	}
	slices.Sort(keys)
	slices.Sort(names)
	if diff := cmp.Diff(keys, names); diff != "" {
		t.Errorf("keys of settings and names of options differ (-keys +names):\n%s", diff)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"nick", "listen", "allow-plaintext", "approve"}
	tests := []struct{ word, want string }{
		{"nik", "nick"}, {"nikc", "nick"}, {"Nick", "nick"}, {"lisen", "listen"}, {"allow_plaintext", "allow-plaintext"},
		{"aprove", "approve"}, {"zzz", ""}, {"", ""}, {"completely-other", ""},
	}
	for _, tt := range tests {
		if got := nearest(tt.word, known); got != tt.want {
			t.Errorf("nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
