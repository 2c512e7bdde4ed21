package main

import (
	"bytes"
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2" // its errors carry the exact position
)

// decodeConfig reads the text of a configuration file into s and notes that
// its values come from there. An unknown key is an error with its line and the
// nearest known key; so is a value of the wrong type.
func decodeConfig(file string, text []byte, s *settings) error {
	dec := toml.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(s)
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		return unknownKey(file, &unknown.Errors[0])
	case errors.As(err, &bad):
		row, col := bad.Position()
		return usagef("%s:%d:%d: %s", file, row, col, strings.TrimPrefix(bad.Error(), "toml: "))
	case err != nil:
		return usagef("%s: %w", file, err)
	}
	return noteKeys(file, text, s)
}

// unknownKey makes the error for a key that no option has.
func unknownKey(file string, e *toml.DecodeError) error {
	row, _ := e.Position()
	key := strings.Join(e.Key(), ".")
	var names []string
	for _, o := range options() {
		names = append(names, o.name)
	}
	if near := nearest(key, names); near != "" {
		return usagef("%s:%d: there is no key %q; did you mean %q?", file, row, key, near)
	}
	return usagef("%s:%d: there is no key %q; the keys are %s", file, row, key, strings.Join(names, ", "))
}

// noteKeys remembers for each key of the file that its value stands there.
func noteKeys(file string, text []byte, s *settings) error {
	var keys map[string]any
	if err := toml.Unmarshal(text, &keys); err != nil {
		return usagef("%s: %w", file, err)
	}
	for key := range keys {
		s.from[key] = file + ": " + key
	}
	return nil
}
