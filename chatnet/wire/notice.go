package wire

import "strings"

// Notice makes a text safe to be a notice of a line dialect (C9): it is none of
// the words that clients test for, which a mark in front sees to, and its
// second word is not /color.
func Notice(text string) string {
	text = "* " + text
	if second, ok := strings.CutPrefix(text, "* /color"); ok {
		return "* type /color" + second
	}
	return text
}
