package main

import (
	"slices"
	"strings"

	"tchat/styles"
)

// themeNames returns the names for --theme.
func themeNames() []string {
	names := []string{"auto"}
	for _, t := range styles.Themes() {
		names = append(names, t.Name)
	}
	return names
}

// checkTheme fails when no theme is called as --theme says.
func checkTheme(s *settings) error {
	names := themeNames()
	if s.Theme == "" || slices.Contains(names, s.Theme) {
		return nil
	}
	if near := nearest(s.Theme, names); near != "" {
		return usagef("%s: there is no theme %q; did you mean %q?", s.said("theme"), s.Theme, near)
	}
	return usagef("%s: there is no theme %q; the themes are %s", s.said("theme"), s.Theme, strings.Join(names, ", "))
}
