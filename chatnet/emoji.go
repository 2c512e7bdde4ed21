package chatnet

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg" // what a person sees as one character
)

// Emoji is one pictograph, as it is put to a message. Only ParseEmoji makes
// one, so it is safe to show and never a word.
type Emoji struct{ s string }

// ParseEmoji takes a foreign string as an emoji: exactly one character as
// people see it, at most MaxEmoji bytes, that is a picture, a flag or a keycap.
// The error has CodeBadRequest.
func ParseEmoji(s string) (Emoji, error) {
	s = CleanLine(s).String()
	if len(s) > MaxEmoji || uniseg.GraphemeClusterCount(s) != 1 || !picture(s) {
		return Emoji{}, E(CodeBadRequest, fmt.Sprintf("%.20q is no emoji; one picture is wanted", s))
	}
	return Emoji{s}, nil
}

// MustEmoji is ParseEmoji for emoji in programs and tests. It panics on others.
func MustEmoji(s string) Emoji {
	e, err := ParseEmoji(s)
	if err != nil {
		panic(err)
	}
	return e
}

// picture reports whether a character is drawn and not written.
func picture(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	const keycap = 0x20e3
	switch {
	case first < utf8.RuneSelf:
		return last == keycap
	case unicode.Is(unicode.So, first), first == 0x203c, first == 0x2049, first == 0x3030, first == 0x303d:
		return true
	}
	return pictorial(first) && !unicode.IsLetter(first)
}

// String returns the emoji.
func (e Emoji) String() string { return e.s }

// IsZero reports whether there is none.
func (e Emoji) IsZero() bool { return e.s == "" }
