package pane

import (
	"strings"
	"unicode"
)

// fuzzy tells how well the letters of want are found in s in their order, in
// any case; ok is false when they are not. Letters that follow each other, and
// those at the beginning of a word, count more.
func fuzzy(want, s string) (score int, ok bool) {
	w := []rune(strings.ToLower(want))
	if len(w) == 0 {
		return 0, true
	}
	at, run, prev := 0, 0, ' '
	for i, r := range []rune(strings.ToLower(s)) {
		if at < len(w) && r == w[at] {
			at++
			run++
			score += run * 2
			if !unicode.IsLetter(prev) && !unicode.IsDigit(prev) {
				score += 4
			}
			if i == 0 {
				score += 4
			}
		} else {
			run = 0
		}
		prev = r
	}
	return score*8 - len(s)/4, at == len(w)
}

// contains reports whether s holds want, in any case.
func contains(s, want string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(strings.TrimSpace(want)))
}
