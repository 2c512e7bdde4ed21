package chatnet

import "strings"

// Color is a palette name that a message carries; the front end decides how it
// looks. The empty Color is the reader's normal text.
type Color string

// Colors lists the palette in the order in which it is shown.
func Colors() []Color {
	return []Color{"red", "green", "yellow", "blue", "magenta", "cyan", "white"}
}

// ParseColor reads a palette name in any case. "megenta" is magenta, because
// an old client family writes it so.
func ParseColor(s string) (Color, error) {
	s = strings.ToLower(s)
	if s == "megenta" {
		s = "magenta"
	}
	for _, c := range Colors() {
		if string(c) == s {
			return c, nil
		}
	}
	return "", E(CodeBadRequest, "a colour is one of red, green, yellow, blue, magenta, cyan, white")
}
