package pane

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tchat/chatnet"
)

// Mentioned reports whether text names nick, as a word of its own, in any case, with
// or without an @ before it.
func Mentioned(text chatnet.Text, nick chatnet.Nick) bool {
	found := false
	if !nick.IsZero() {
		names(text.String(), nick.String(), func(_, _ int, self bool) { found = found || self })
	}
	return found
}

// plain writes text without marks, in which nicks may stand.
func (p *inline) plain(s string, lk look) {
	at := 0
	names(s, p.self, func(from, to int, self bool) {
		nick, err := chatnet.ParseNick(strings.TrimPrefix(s[from:to], "@"))
		if err != nil {
			return
		}
		p.emit(s[at:from], lk, 0)
		if self {
			p.emit(s[from:to], lk|lookMention, 0)
		} else {
			p.refs = append(p.refs, Target{Kind: TargetNick, Nick: nick})
			p.emit(s[from:to], lk|lookBold, len(p.refs))
		}
		at = to
	})
	p.emit(s[at:], lk, 0)
}

// names calls yield for each word of s that is written as a nick: behind an @, or
// equal to self, which is told.
func names(s, self string, yield func(from, to int, self bool)) {
	if strings.IndexByte(s, '@') < 0 && !mayHold(s, self) {
		return
	}
	for i := 0; i < len(s); {
		from, at := i, s[i] == '@'
		if at {
			i++
		}
		word := i
		for i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !nickRune(r) {
				break
			}
			i += n
		}
		end := word + len(strings.TrimRight(s[word:i], ".-"))
		switch {
		case end == word:
			if i == from {
				_, n := utf8.DecodeRuneInString(s[i:])
				i += n
			}
		case self != "" && strings.EqualFold(s[word:end], self):
			yield(from, end, true)
		case at && !wordBefore(s, from):
			yield(from, end, false)
		}
	}
}

func nickRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' || r == '.'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// mayHold is a quick look whether s could name self: it is never wrong when it says no.
func mayHold(s, self string) bool {
	if self == "" {
		return false
	}
	c := self[0]
	if !plainASCII(self) || !plainASCII(s) && strings.ContainsAny(s, "\u017f\u212a") { // these fold to s and k
		return true
	}
	for i := 0; i+len(self) <= len(s); i++ {
		if (s[i] == c || s[i]^0x20 == c) && strings.EqualFold(s[i:i+len(self)], self) {
			return true
		}
	}
	return false
}
