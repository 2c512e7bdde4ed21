package command

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest returns at most three names of commands that name may have been
// meant for, the nearest first.
func Nearest(name string) []string {
	name = strings.ToLower(strings.TrimPrefix(name, "/"))
	if utf8.RuneCountInString(name) > 32 {
		return nil
	}
	type hit struct {
		name string
		far  int
	}
	var hits []hit
	for _, c := range Table() {
		best := hit{c.Name, distance(name, c.Name)}
		for _, a := range c.Aliases {
			if d := distance(name, a); d < best.far {
				best = hit{a, d}
			}
		}
		limit := max(1, utf8.RuneCountInString(name)/3)
		switch {
		case best.far <= min(limit, 3):
			hits = append(hits, best)
		case len(name) > 1 && strings.HasPrefix(c.Name, name):
			hits = append(hits, hit{c.Name, limit})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.far - b.far })
	var out []string
	for _, h := range hits[:min(3, len(hits))] {
		out = append(out, h.name)
	}
	return out
}

// distance counts the insertions, removals, changes and swaps of neighbours
// that make a into b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(s)][len(t)]
}

// tooLong says that a limit was passed, and by how much.
func tooLong(what string, limit, have int) string {
	return fmt.Sprintf("%s has at most %d bytes and this one has %d", what, limit, have)
}
