package pane

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// look is how a piece of a message is set off from its neighbours.
type look uint8

// The looks; a piece may have several.
const (
	lookBold look = 1 << iota
	lookItalic
	lookStrike
	lookCode
	lookLink
	lookMention
	lookQuote
	lookNote // the program's own words behind a text
)

// run is a piece of a line with one look: from where the one before it ends up to
// end. Ref is 1 + the index of what it points to, or 0.
type run struct {
	end  int
	look look
	ref  int
}

// inline reads the marks in one line of a message: `code`, *bold*, _italic_,
// ~~strike~~, links, and nicks. What it cannot read as a mark stays as it was written.
type inline struct {
	self string // one's own nick, to be highlighted
	keep bool   // leave the marks of code standing, because there is no colour to show it
	out  []byte
	runs []run
	refs []Target
}

// reset makes p ready for another line, in the same room.
func (p *inline) reset(keep bool) {
	*p = inline{keep: keep, out: p.out[:0], runs: p.runs[:0], refs: p.refs[:0]}
}

// parse reads s, all of which has the look lk.
func (p *inline) parse(s string, lk look) {
	var none [3]bool // no mark of this kind ends after here
	start := 0
	for i := 0; i < len(s); {
		n, inner, add := 0, "", look(0)
		switch c := s[i]; c {
		case '`':
			n, inner = codeSpan(s[i:])
			add = lookCode
		case '*', '_', '~':
			k := strings.IndexByte("*_~", c)
			if !none[k] {
				n, inner = emphasis(s, i, c)
				none[k] = n == 0 && opens(s, i, c)
			}
			add = [3]look{lookBold, lookItalic, lookStrike}[k]
		case 'h', 'm':
			if n = linkLen(s, i); n > 0 {
				inner, add = s[i:i+n], lookLink
			}
		}
		if n == 0 || add != lookLink && lk&add != 0 {
			i++
			continue
		}
		p.plain(s[start:i], lk)
		p.marked(s[i:i+n], inner, lk, add)
		i += n
		start = i
	}
	p.plain(s[start:], lk)
}

// marked writes a piece that marks enclose.
func (p *inline) marked(whole, inner string, lk, add look) {
	switch add {
	case lookCode:
		if p.keep {
			inner = whole
		}
		p.emit(inner, lk|lookCode, 0)
	case lookLink:
		p.refs = append(p.refs, Target{Kind: TargetLink, URL: inner})
		p.emit(inner, lk|lookLink, len(p.refs))
	default:
		p.parse(inner, lk|add)
	}
}

// emit appends text of one look.
func (p *inline) emit(s string, lk look, ref int) {
	if s == "" {
		return
	}
	p.out = append(p.out, s...)
	if n := len(p.runs); n > 0 && p.runs[n-1].look == lk && p.runs[n-1].ref == ref {
		p.runs[n-1].end = len(p.out)
		return
	}
	p.runs = append(p.runs, run{len(p.out), lk, ref})
}

// codeSpan returns the length of the `code` that s begins with, and its inside.
func codeSpan(s string) (n int, inner string) {
	end := strings.IndexByte(s[1:], '`')
	if end <= 0 {
		return 0, ""
	}
	return end + 2, s[1 : 1+end]
}

// emphasis returns the length of what the mark c at i encloses together with its
// closing mark, and its inside; 0 if it encloses nothing. Tilde and the star may be
// doubled; the tilde must be.
func emphasis(s string, i int, c byte) (n int, inner string) {
	if !opens(s, i, c) {
		return 0, ""
	}
	mark := string(c)
	if c == '~' || c == '*' && strings.HasPrefix(s[i:], "**") {
		mark += mark
	}
	from := i + len(mark)
	for j := from + 1; j <= len(s)-len(mark); j++ {
		if s[j] == c && s[j:j+len(mark)] == mark && s[j-1] != ' ' && !wordAt(s, j+len(mark)) {
			return j + len(mark) - i, s[from:j]
		}
	}
	return 0, ""
}

// opens reports whether the mark c at i can begin something: not inside a word, and
// with a character right behind it.
func opens(s string, i int, c byte) bool {
	if i > 0 && (wordBefore(s, i) || s[i-1] == c) {
		return false
	}
	j := i + 1
	switch {
	case c == '~':
		if j >= len(s) || s[j] != '~' {
			return false
		}
		j++
	case c == '*' && j < len(s) && s[j] == '*':
		j++
	}
	return j < len(s) && s[j] != ' ' && s[j] != c
}

// wordAt reports whether a letter or digit stands at i.
func wordAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// wordBefore reports whether a letter or digit stands right before i.
func wordBefore(s string, i int) bool {
	r, n := utf8.DecodeLastRuneInString(s[:i])
	return n > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
