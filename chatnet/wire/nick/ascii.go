package nick

import (
	"strings"

	"golang.org/x/text/unicode/norm" // takes accents off letters
)

// ascii returns s in the only characters that an old client can take: one byte
// above 0x7F ends its receiving for good (DOORS 1.6). Accents go, typographic
// signs become the plain ones, letters with a usual spelling get it, and every
// other character becomes a question mark.
func ascii(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		n := norm.NFKD.NextBoundaryInString(s, true) // a base with its marks
		spell(&b, s[:n])
		s = s[n:]
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// spell writes one character: as the table has it, else what its decomposition
// has of ASCII.
func spell(b *strings.Builder, char string) {
	lost, before := false, b.Len()
	for _, r := range char {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		if word := spelling(r); word != "" {
			b.WriteString(word)
			continue
		}
		for _, part := range norm.NFKD.String(string(r)) {
			word := spelling(part)
			switch {
			case part < 0x80:
				b.WriteRune(part)
			case word != "":
				b.WriteString(word)
			case !silent(part):
				lost = true
			}
		}
	}
	if lost && b.Len() == before {
		b.WriteByte('?')
	}
}

// silent reports whether r only changes how its neighbour looks: an accent, a
// joiner, a variation.
func silent(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r == 0x200d || r == 0xfe0e || r == 0xfe0f
}

// spelling is the table of what a decomposition leaves as it is, or would turn
// into something odd.
func spelling(r rune) string {
	const (
		from = "‘’‚‛′‹›“”„‟″«»‐‑‒–−·•\u00a0\u2009\u202f\u3000øØđĐðÐłŁıħĦ×÷⁄"
		to   = "'''''<>\"\"\"\"\"\"\"-----.*    oOdDdDlLihHx//"
	)
	if i := strings.IndexRune(from, r); i >= 0 {
		n := len([]rune(from[:i]))
		return to[n : n+1]
	}
	return map[rune]string{
		'—': "--", '―': "--", '…': "...", 'ß': "ss", 'ẞ': "SS", 'æ': "ae", 'Æ': "AE", 'œ': "oe", 'Œ': "OE",
		'þ': "th", 'Þ': "Th", '€': "EUR", '£': "GBP", '→': "->", '←': "<-", '⇒': "=>", '≤': "<=", '≥': ">=",
		'≠': "!=", '°': " deg", '©': "(c)", '®': "(R)", '👍': "+1", '👎': "-1", '❤': "<3", '🙂': ":)", '😀': ":)",
		'😊': ":)", '😉': ";)", '😂': ":D", '😢': ":(",
	}[r]
}
