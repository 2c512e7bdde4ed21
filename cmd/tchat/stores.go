package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"tchat/chatnet/store"
	"tchat/chatnet/store/memory"
	"tchat/chatnet/store/sqlite"
)

// storeKind is a line of the table of what keeps a server's log.
type storeKind struct {
	name string // of --store
	open func(ctx context.Context, data string) (store.Store, error)
}

// stores lists where a server can keep its log, the usual one first.
func stores() []storeKind {
	return []storeKind{
		{"sqlite", func(ctx context.Context, data string) (store.Store, error) {
			return sqlite.Open(ctx, filepath.Join(data, "tchat.db"))
		}},
		{"memory", func(context.Context, string) (store.Store, error) { return memory.New(), nil }},
	}
}

// storeNames returns the names for --store.
func storeNames() []string {
	var names []string
	for _, k := range stores() {
		names = append(names, k.name)
	}
	return names
}

// checkStore fails when no store is called as --store says.
func checkStore(s *settings) error {
	if s.Store == "" || slices.Contains(storeNames(), s.Store) {
		return nil
	}
	return usagef("%s: there is no store %q; this build has %s", s.said("store"), s.Store, strings.Join(storeNames(), ", "))
}

// openStore opens the store that the settings name.
func openStore(ctx context.Context, s *settings, data string) (store.Store, error) {
	kind := stores()[0]
	for _, k := range stores() {
		if k.name == s.Store {
			kind = k
		}
	}
	return kind.open(ctx, data)
}
