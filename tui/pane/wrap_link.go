package pane

import (
	"fmt"
	"strings"
)

// maxLink is the length in bytes up to which an address is made a link.
const maxLink = 2000

// linkLen returns the length of the address that begins at i, 0 if none does: only
// http, https and mailto, at the beginning of a word, without the punctuation that
// belongs to the sentence around it.
func linkLen(s string, i int) int {
	rest := s[i:]
	head := ""
	for _, h := range [...]string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(rest, h) {
			head = h
		}
	}
	if head == "" || wordBefore(s, i) {
		return 0
	}
	n := strings.IndexAny(rest, " <>\"`")
	if n < 0 {
		n = len(rest)
	}
	if n > maxLink {
		return 0
	}
	n = trimLink(rest[:n])
	if n <= len(head) || !wordAt(rest, len(head)) && rest[len(head)] != '[' {
		return 0
	}
	return n
}

// trimLink returns the length of s without the punctuation at its end; a bracket
// stays when it was opened inside.
func trimLink(s string) int {
	for len(s) > 0 {
		last := s[len(s)-1]
		switch {
		case strings.IndexByte(".,;:!?'*_~", last) >= 0:
		case last == ')' && strings.Count(s, "(") < strings.Count(s, ")"):
		case last == ']' && strings.Count(s, "[") < strings.Count(s, "]"):
		default:
			return len(s)
		}
		s = s[:len(s)-1]
	}
	return 0
}

// linkURI returns an address as it may stand in an escape sequence: every byte that
// is not printable ASCII is written as %XX.
func linkURI(s string) string {
	if plainASCII(s) && !strings.Contains(s, " ") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
