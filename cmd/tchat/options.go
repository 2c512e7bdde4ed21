package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag" // the flags of cobra's commands
)

// The groups that --help shows its flags in.
const (
	groupCommon  = "common flags"
	groupHosting = "hosting flags"
)

// option is one thing a person can choose: --name on the command line,
// TCHAT_NAME in the environment, name in the configuration file.
type option struct {
	name  string
	group string
	help  string // one sentence for --help
	field func(*settings) any
}

// options lists every option, in the order of --help.
func options() []option {
	return []option{
		{"nick", groupCommon, "The name that others see, from 1 to 32 letters, digits and - _ .", func(s *settings) any { return &s.Nick }},
		{"room", groupCommon, "The room to open beside the lobby", func(s *settings) any { return &s.Room }},
		{"theme", groupCommon, "The colours: dark, light, or another theme's name (default: as the terminal's background asks)", func(s *settings) any { return &s.Theme }},
		{"log", groupCommon, "Write the log to this file", func(s *settings) any { return &s.Log }},
		{"listen", groupHosting, "A door to open, SCHEME://HOST:PORT, repeatable; schemes: auto, tchat, tchat+insecure, nick, prompt, room (default: auto://:24280)", func(s *settings) any { return &s.Listen }},
		{"classic", groupHosting, "Also open nick://:55555, prompt://:1234 and room://:8888 for the old Python clients", func(s *settings) any { return &s.Classic }},
		{"headless", groupHosting, "Serve without a screen, with the log on standard error", func(s *settings) any { return &s.Headless }},
		{"approve", groupHosting, "Let every newcomer knock and wait for the host's yes", func(s *settings) any { return &s.Approve }},
		{"data", groupHosting, "The folder of the server's database and key (default: the XDG data folder)", func(s *settings) any { return &s.Data }},
		{"store", groupHosting, "What keeps the log: sqlite, or memory, which forgets everything at the end (default: sqlite)", func(s *settings) any { return &s.Store }},
		{"name", groupHosting, "What the server calls itself (default: the machine's name)", func(s *settings) any { return &s.Name }},
		{"motd", groupHosting, "The greeting that everybody gets on entering", func(s *settings) any { return &s.MOTD }},
		{"allow-plaintext", groupHosting, "Let doors in clear accept peers from other than loopback and private networks", func(s *settings) any { return &s.AllowPlaintext }},
	}
}

// env returns the option's environment variable.
func (o option) env() string {
	return "TCHAT_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
}

// optionsIn returns the names of a group's options.
func optionsIn(group string) []string {
	var names []string
	for _, o := range options() {
		if o.group == group {
			names = append(names, o.name)
		}
	}
	return names
}

// register adds the named options to flags, writing into s.
func register(flags *pflag.FlagSet, s *settings, names ...string) {
	flags.SortFlags = false
	for _, o := range options() {
		if !slices.Contains(names, o.name) {
			continue
		}
		switch p := o.field(s).(type) {
		case *string:
			flags.StringVar(p, o.name, "", o.help)
		case *bool:
			flags.BoolVar(p, o.name, false, o.help)
		case *[]string:
			flags.StringArrayVar(p, o.name, nil, o.help)
		}
	}
}
