package pane

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi" // measures and steps over escape sequences
)

// Width is how a terminal counts cells: ansi.WcWidth until it has confirmed mode
// 2027, ansi.GraphemeWidth from then on.
type Width = ansi.Method

// Cells returns how many cells s takes, escape sequences not counted.
func Cells(w Width, s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return w.StringWidth(s)
}

// Fit returns s with exactly n cells: cut off, with the styles and links that it
// opened still closed, or padded with blanks.
func Fit(w Width, s string, n int) string { return FitTail(w, s, n, "") }

// FitTail is Fit with a tail, "…" say, that marks a cut.
func FitTail(w Width, s string, n int, tail string) string {
	have := Cells(w, s)
	if have > n {
		t := Cells(w, tail)
		if t > n {
			tail, t = "", 0
		}
		s = Cut(w, s, 0, n-t)
		have = Cells(w, s) + t
		s += tail
	}
	return s + Blank(n-have)
}

// FitLeft is Fit with the text at the right edge.
func FitLeft(w Width, s string, n int) string {
	if have := Cells(w, s); have <= n {
		return Blank(n-have) + s
	}
	return Fit(w, s, n)
}

// Cut returns the cells of s from x to before end, with all its escape sequences,
// so that styles and links inside stay as they were. A wide character that an edge
// cuts in two becomes blanks. Nothing is added when s is shorter.
func Cut(w Width, s string, x, end int) string {
	if x <= 0 && Cells(w, s) <= end {
		return s
	}
	if plainASCII(s) {
		x, end = min(max(x, 0), len(s)), min(max(end, 0), len(s))
		return s[x:max(x, end)]
	}
	var b strings.Builder
	b.Grow(len(s))
	at, state := 0, byte(0)
	for len(s) > 0 {
		seq, cells, n, next := w.DecodeSequenceInString(s, state, nil)
		s, state = s[n:], next
		switch {
		case cells == 0:
			if isSequence(seq) || at > x && at <= end {
				b.WriteString(seq)
			}
		case at >= x && at+cells <= end:
			b.WriteString(seq)
		default: // outside, or half inside
			b.WriteString(Blank(min(at+cells, end) - max(at, x)))
		}
		at += cells
	}
	return b.String()
}

// isSequence reports whether seq is an escape sequence and not a character.
func isSequence(seq string) bool { return seq[0] == 0x1b }

const blanks = "                                                                                                                                "

// Blank returns n blanks, none for n below 1.
func Blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// plainASCII reports whether s is printable ASCII: one byte, one cell.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Degrade makes text safe to measure by w: while the terminal counts each character
// of an emoji cluster on its own (families, skin tones, keycaps), such a cluster is
// drawn as its first character. Keycaps are drawn so in any case, because no two
// programs agree on them. The text must not hold escape sequences.
func Degrade(w Width, s string) string {
	if !joins(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		cluster, cells := ansi.FirstGraphemeCluster(s, w)
		s = s[len(cluster):]
		if disputed(w, cluster, cells) {
			_, n := utf8.DecodeRuneInString(cluster)
			cluster = cluster[:n]
		}
		b.WriteString(cluster)
	}
	return b.String()
}

// disputed reports whether a cluster takes other cells on the screen than w says.
func disputed(w Width, cluster string, cells int) bool {
	keycap := cluster[0] < utf8.RuneSelf && len(cluster) > 1
	if !keycap && (w != ansi.WcWidth || !joins(cluster)) {
		return false
	}
	_, g := ansi.FirstGraphemeCluster(cluster, ansi.GraphemeWidth)
	return g != cells || keycap && g != 1
}

// joins reports whether s holds a character that makes one emoji out of several.
func joins(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xe2 { // nothing below U+2000 does
			return strings.ContainsFunc(s[i:], joiner)
		}
	}
	return false
}

func joiner(r rune) bool {
	switch {
	case r == 0x200d, r == 0xfe0f, r == 0xfe0e, r == 0x20e3: // joiner, variation, keycap
		return true
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return true
	case r >= 0x1f1e6 && r <= 0x1f1ff: // flags
		return true
	}
	return r >= 0xe0020 && r <= 0xe007f
}
