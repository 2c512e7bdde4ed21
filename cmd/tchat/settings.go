package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/pflag" // the flags of cobra's commands

	"tchat/chatnet"
)

// settings are what a person can choose, whichever way they said it. The toml
// names are the flags' names.
type settings struct {
	Nick           string   `toml:"nick"`
	Room           string   `toml:"room"`
	Theme          string   `toml:"theme"`
	Log            string   `toml:"log"`
	Data           string   `toml:"data"`
	Store          string   `toml:"store"`
	Listen         []string `toml:"listen"`
	Classic        bool     `toml:"classic"`
	Approve        bool     `toml:"approve"`
	Name           string   `toml:"name"`
	MOTD           string   `toml:"motd"`
	AllowPlaintext bool     `toml:"allow-plaintext"`
	Headless       bool     `toml:"headless"`

	from map[string]string // option name -> where its value was said, for errors
}

// layers are the places that settings come from.
type layers struct {
	flags  *pflag.FlagSet               // what was typed; its values are in typed
	typed  *settings                    // where the flags write to
	lookup func(string) (string, bool)  // the environment
	read   func(string) ([]byte, error) // files
	file   string                       // the configuration file
	asked  bool                         // the person named that file, so it must exist
	check  func(s *settings) error      // looks at the values
}

// resolve lays defaults, file, environment and flags over each other, the
// later one winning, and checks the outcome. Its errors name the place where
// the bad value was said and are usage errors.
func (l layers) resolve() (settings, error) {
	s := settings{from: map[string]string{}}
	if err := l.overlayFile(&s); err != nil {
		return s, err
	}
	for _, o := range options() {
		if err := l.overlay(&s, o); err != nil {
			return s, err
		}
	}
	if l.check != nil {
		return s, l.check(&s)
	}
	return s, nil
}

// overlayFile reads the configuration file, if there is one.
func (l layers) overlayFile(s *settings) error {
	text, err := l.read(l.file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !l.asked:
		return nil
	case err != nil:
		return usagef("the configuration file cannot be read: %w", err)
	}
	return decodeConfig(l.file, text, s)
}

// overlay lays one option's environment variable, then its flag, over s.
func (l layers) overlay(s *settings, o option) error {
	if v, ok := l.lookup(o.env()); ok && v != "" {
		if err := o.parse(s, v); err != nil {
			return usagef("%s: %w", o.env(), err)
		}
		s.from[o.name] = o.env()
	}
	if f := l.flags.Lookup(o.name); f != nil && f.Changed {
		o.copy(s, l.typed)
		s.from[o.name] = "--" + o.name
	}
	return nil
}

// parse sets the option's field of s from text.
func (o option) parse(s *settings, text string) error {
	switch p := o.field(s).(type) {
	case *string:
		*p = text
	case *bool:
		on, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		*p = on
	case *[]string:
		*p = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return nil
}

// copy sets the option's field of s to that of other.
func (o option) copy(s, other *settings) {
	switch p := o.field(s).(type) {
	case *string:
		*p = *o.field(other).(*string)
	case *bool:
		*p = *o.field(other).(*bool)
	case *[]string:
		*p = *o.field(other).(*[]string)
	}
}

// said returns where the value of an option comes from, for an error's text.
func (s *settings) said(name string) string {
	if from := s.from[name]; from != "" {
		return from
	}
	return name
}

// checkValues looks at the values that have rules of their own.
func checkValues(s *settings) error {
	if s.Nick != "" {
		if _, err := chatnet.ParseNick(s.Nick); err != nil {
			return usagef("%s: %w", s.said("nick"), err)
		}
	}
	if s.Room != "" {
		if _, err := chatnet.ParseRoomName(s.Room); err != nil {
			return usagef("%s: %w", s.said("room"), err)
		}
	}
	if err := checkTheme(s); err != nil {
		return err
	}
	return checkStore(s)
}

// osLayers returns the layers of this process.
func osLayers(flags *pflag.FlagSet, typed *settings, file string) layers {
	l := layers{
		flags: flags, typed: typed, file: file, asked: file != "",
		lookup: os.LookupEnv, read: os.ReadFile, check: checkValues,
	}
	if !l.asked {
		l.file = configPath()
	}
	return l
}
