package native

import (
	"unicode/utf16"
	"unicode/utf8"

	"tchat/chatnet"
)

// str reads a string. The line is known to be valid UTF-8; escapes must spell
// whole characters too, so a lone half of a surrogate pair is refused.
func (d *doc) str() *chatnet.Error {
	d.pos++
	start, escaped := d.pos, false
	for d.pos < len(d.src) {
		switch c := d.src[d.pos]; {
		case c == '"':
			d.add(node{kind: isString, start: start, end: d.pos, escaped: escaped})
			d.pos++
			return nil
		case c < ' ':
			return notJSON("a control character in a string is written as an escape")
		case c == '\\':
			escaped = true
			_, n := unescape(d.src[d.pos:])
			if n == 0 {
				return notJSON("an escape in a string is not one of JSON, or half a character")
			}
			d.pos += n
		default:
			d.pos++
		}
	}
	return notJSON("a string does not end")
}

// unescape reads the escape that p begins with and returns what it stands for
// and its length, 0 when it is none.
func unescape(p []byte) (r rune, n int) {
	if len(p) < 2 {
		return 0, 0
	}
	switch p[1] {
	case '"', '\\', '/':
		return rune(p[1]), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	}
	r, ok := hex4(p)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	low, ok := hex4(p[6:])
	if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}

// hex4 reads a backslash, u and four hexadecimal digits.
func hex4(p []byte) (rune, bool) {
	if len(p) < 6 || p[0] != '\\' || p[1] != 'u' {
		return 0, false
	}
	r := rune(0)
	for _, c := range p[2:6] {
		switch {
		case c-'0' <= 9:
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// text returns what a string node spells.
func (d *doc) text(i int) string {
	raw := d.bytes(i)
	if !d.nodes[i].escaped {
		return string(raw)
	}
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		if raw[0] != '\\' {
			out, raw = append(out, raw[0]), raw[1:]
			continue
		}
		r, n := unescape(raw)
		out, raw = utf8.AppendRune(out, r), raw[n:]
	}
	return string(out)
}
