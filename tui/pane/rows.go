package pane

// Overlay puts box over base at column x and row y, changing base. The rows of box
// need not be of one width; what lies outside of base is left out, and a wide
// character that the edge of box cuts in two becomes blanks.
func Overlay(w Width, base, box []string, x, y int) {
	for i, row := range box {
		if at := y + i; at >= 0 && at < len(base) {
			base[at] = Splice(w, base[at], row, x)
		}
	}
}

// Splice returns base with its cells from column x on replaced by those of over,
// and with as many cells as before.
func Splice(w Width, base, over string, x int) string {
	all := Cells(w, base)
	if x < 0 {
		over, x = Cut(w, over, -x, Cells(w, over)), 0
	}
	n := Cells(w, over)
	if x >= all || n == 0 {
		return base
	}
	if x+n > all {
		over, n = Cut(w, over, 0, all-x), all-x
	}
	return Cut(w, base, 0, x) + reset + over + reset + Cut(w, base, x+n, all)
}

// reset ends all styles.
const reset = "\x1b[m"

// Center returns where a box of n cells begins that stands in the middle of all.
func Center(n, all int) int { return max(0, (all-n)/2) }

// Fill returns rows with exactly h rows of exactly cols cells: cut, padded, and
// filled up with blank ones. It reuses the slice.
func Fill(w Width, rows []string, cols, h int) []string {
	cols, h = max(cols, 0), max(h, 0)
	if len(rows) > h {
		rows = rows[:h]
	}
	for i := range rows {
		rows[i] = Fit(w, rows[i], cols)
	}
	for len(rows) < h {
		rows = append(rows, Blank(cols))
	}
	return rows
}

// Beside joins rows of panes that stand side by side, each row already of its
// pane's exact width. It returns as many rows as the longest has; a missing one
// counts as empty, so give panes of equal height.
func Beside(panes ...[]string) []string {
	h := 0
	for _, p := range panes {
		h = max(h, len(p))
	}
	out := make([]string, h)
	for i := range out {
		for _, p := range panes {
			if i < len(p) {
				out[i] += p[i]
			}
		}
	}
	return out
}
