package chatnet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi" // finds whole escape sequences, so that their insides go too
)

// Text is foreign text made safe to show: valid UTF-8 without control
// sequences, C0 (but newline), DEL, C1, bidi overrides, or invisible
// characters that could hide or reorder what is read. Only Clean makes one, so
// whatever takes a Text need not think of hostile bytes again.
type Text struct{ s string }

// String returns the clean text.
func (t Text) String() string { return t.s }

// Len returns the length in bytes.
func (t Text) Len() int { return len(t.s) }

// IsZero reports whether there is no text.
func (t Text) IsZero() bool { return t.s == "" }

// maxMarks is how many combining marks may follow one base character; more is
// never writing, only a way to draw over the lines above.
const maxMarks = 4

// Clean makes s safe to show, keeping its line breaks. It is idempotent:
// cleaning what is clean changes nothing. A tab becomes four blanks; the end
// is trimmed of white space and line breaks.
func Clean(s string) Text {
	if plain(s) {
		return Text{strings.TrimRight(s, " \n")}
	}
	return Text{strings.TrimRight(clean(s, true), " \n")}
}

// CleanLine is Clean for what must stay on one line: names of servers, topics,
// reasons. Line breaks become blanks.
func CleanLine(s string) Text {
	if !plain(s) {
		s = clean(s, false)
	}
	return Text{strings.TrimSpace(strings.ReplaceAll(s, "\n", " "))}
}

// plain reports whether s is printable ASCII and line breaks only: the common
// case, which needs no work.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

func clean(s string, lines bool) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsFunc(s, func(r rune) bool { return r == 0x1b || (r >= 0x80 && r < 0xa0) }) {
		s = ansi.Strip(c1AsEscape(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	c := cleaner{out: &b, lines: lines}
	for i, r := range s {
		c.rune(r, s[i+utf8.RuneLen(r):])
	}
	return b.String()
}

// c1AsEscape writes C1 controls in their two-byte form, the one that the
// stripper knows, so that their parameters are removed with them.
func c1AsEscape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 0x80 && r < 0xa0 && r != 0x85 {
			b.WriteByte(0x1b)
			b.WriteRune(r - 0x40)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cleaner copies runes and drops those that do harm.
type cleaner struct {
	out   *strings.Builder
	lines bool
	prev  rune // the last rune written, 0 at a line's start
	marks int  // combining marks since the last base
	tags  bool // inside a flag's tag sequence
}

func (c *cleaner) rune(r rune, rest string) {
	switch {
	case r == '\n', r == 0x85, r == 0x2028, r == 0x2029:
		c.newline()
	case r == '\t':
		for range 4 {
			c.write(' ')
		}
	case r < ' ', r >= 0x7f && r < 0xa0:
	case r == 0x3164, r == 0x115f, r == 0x1160, r == 0xffa0, r == 0x2800:
		c.write(' ')
	case r == 0x200d: // joins two emoji, and nothing else
		if next, _ := utf8.DecodeRuneInString(rest); pictorial(c.prev) && pictorial(next) {
			c.out.WriteRune(r)
			c.marks = 0
		}
	case r == 0xfe0e, r == 0xfe0f:
		if c.prev != 0 && c.prev != ' ' && c.prev != 0xfe0e && c.prev != 0xfe0f {
			c.write(r)
		}
	case r >= 0xe0020 && r <= 0xe007f:
		c.tag(r)
	case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs), r >= 0xfe00 && r <= 0xfe0d, r >= 0xe0100 && r <= 0xe01ef, r == 0x034f, r == 0x180f:
	case unicode.In(r, unicode.Mn, unicode.Me):
		if c.prev != 0 && c.marks < maxMarks {
			c.marks++
			c.out.WriteRune(r)
		}
	default:
		c.write(r)
	}
}

func (c *cleaner) newline() {
	if c.lines {
		c.out.WriteByte('\n')
	} else {
		c.write(' ')
	}
	c.prev, c.marks, c.tags = 0, 0, false
}

func (c *cleaner) write(r rune) {
	if !c.lines && c.out.Len() == 0 && unicode.IsSpace(r) {
		return // it will be trimmed; a mark behind it must not become the first
	}
	c.out.WriteRune(r)
	c.prev, c.marks, c.tags = r, 0, r == 0x1f3f4
}

// tag keeps the tag characters behind a black flag: they spell a region.
func (c *cleaner) tag(r rune) {
	if c.tags {
		c.out.WriteRune(r)
		c.tags = r != 0xe007f
	}
}

// pictorial reports whether r may stand beside a joiner: an emoji, its skin
// tone or variation sign, or one of the older symbols that emoji took over.
func pictorial(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r == 0xfe0f
}
