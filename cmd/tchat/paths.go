package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/adrg/xdg" // where each system keeps a program's files
)

// configPath returns the configuration file's place. It need not exist.
func configPath() string { return filepath.Join(xdg.ConfigHome, "tchat", "config.toml") }

// homePath returns the place of what tchat keeps for this person: profiles,
// known servers, and, unless --data says otherwise, a server's data.
func homePath() string { return filepath.Join(xdg.DataHome, "tchat") }

// dataPath returns the server's folder as an absolute path.
func (s *settings) dataPath() (string, error) {
	dir := s.Data
	if dir == "" {
		return homePath(), nil
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", usagef("%s: %w", s.said("data"), err)
	}
	return abs, nil
}

// makePrivate makes a folder that only this user may look into, with its
// parents.
func makePrivate(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w", dir, err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("the folder %s cannot be closed to others: %w", dir, err)
	}
	return nil
}
