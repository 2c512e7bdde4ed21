package chatnet_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi" // the judge: it must find nothing to strip

	"tchat/chatnet"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"plain", "hello, world", "hello, world"},
		{"line breaks stay", "a\n  b\n\nc", "a\n  b\n\nc"},
		{"the end is trimmed", "a \n \n", "a"},
		{"only blanks", " \n ", ""},
		{"blanks before stay", "  a", "  a"},
		{"a tab", "a\tb", "a    b"},
		{"carriage return", "a\r\nb\rc", "a\nbc"},
		{"bell, backspace, NUL, DEL", "a\a\b\x00\x7fb", "ab"},
		{"colour", "a\x1b[31mred\x1b[0mb", "aredb"},
		{"title", "a\x1b]0;pwned\ab", "ab"},
		{"title with ST", "a\x1b]0;pwned\x1b\\b", "ab"},
		{"link", "\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\", "text"},
		{"device control", "a\x1bPq#0;2\x1b\\b", "ab"},
		{"clear screen", "\x1b[2J\x1b[Hx", "x"},
		{"C1 CSI", "a\u009b31mb", "ab"},
		{"C1 OSC", "a\u009d0;t\u009cb", "ab"},
		{"next line", "a\u0085b", "a\nb"},
		{"line and paragraph separators", "a\u2028b\u2029c", "a\nb\nc"},
		{"bidi overrides", "a\u202eb\u202cc\u2066d\u2069", "abcd"},
		{"marks of direction", "a\u200eb\u200fc\u061cd", "abcd"},
		{"zero width", "a\u200bb\u2060c\ufeffd\u00ade", "abcde"},
		{"invalid bytes", "a\xffb\xc3", "a\ufffdb\ufffd"},
		{"a surrogate half", "a\xed\xa0\x80b", "a\ufffdb"},
		{"four marks", "e\u0301\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301x"},
		{"a mark without a base", "\u0301x", "x"},
		{"blank letters", "a\u3164b\u2800c", "a b c"},
		{"private use", "a\ue000b\U000f0000c", "abc"},
		{"family", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"},
		{"a joiner between letters", "a\u200db", "ab"},
		{"heart with its sign", "\u2764\ufe0f", "\u2764\ufe0f"},
		{"a sign alone", "\ufe0fx", "x"},
		{"tags behind a flag", "\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"},
		{"tags behind nothing", "a\U000e0067\U000e0062b", "ab"},
		{"variation selectors", "a\ufe00b\U000e0100c", "abc"},
		{"scripts", "привет שלום こんにちは", "привет שלום こんにちは"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := chatnet.Clean(tt.in)
			if got.String() != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got.Len() != len(tt.want) || got.IsZero() != (tt.want == "") {
				t.Errorf("Len %d, IsZero %v", got.Len(), got.IsZero())
			}
		})
	}
}

func TestCleanLine(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{" a \n b ", "a   b"},
		{"a\u2028b", "a b"},
		{"\x1b[1ma\r\nb", "a b"},
		{"\n", ""},
		{"a\tb", "a    b"},
	} {
		if got := chatnet.CleanLine(tt.in).String(); got != tt.want {
			t.Errorf("CleanLine(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// harmful are the characters that no clean text has, whatever came in.
func harmful(r rune) bool {
	switch {
	case r < ' ' && r != '\n', r >= 0x7f && r < 0xa0:
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
	case r == 0x200b, r == 0x2028, r == 0x2029, r == 0x2060, r == 0xfeff:
	default:
		return false
	}
	return true
}

// FuzzCleanIsHarmless looks for bytes by which a message could do more than be
// read.
func FuzzCleanIsHarmless(f *testing.F) {
	for _, s := range []string{
		"a\x1b[31mb", "\x1b]0;x\a", "\u009b2J", "a\u202eb", "\xc2", "\x1b", "\x1b\x1b[", "a\u0301\u0301\u0301\u0301\u0301",
		"\u200d\u200d", "\U0001f3f4\U000e0067", "\r\n\t", "\x1b\u009d\u0085", "\x90q\x9c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, got := range map[string]string{
			"Clean": chatnet.Clean(s).String(), "CleanLine": chatnet.CleanLine(s).String(),
		} {
			if !utf8.ValidString(got) {
				t.Errorf("%s(%q) = %q is not UTF-8", name, s, got)
			}
			if i := strings.IndexFunc(got, harmful); i >= 0 {
				t.Errorf("%s(%q) = %q is harmful at %d", name, s, got, i)
			}
			if stripped := ansi.Strip(got); stripped != got {
				t.Errorf("%s(%q) = %q has a sequence: without %q", name, s, got, stripped)
			}
			if strings.TrimRight(got, " \n") != got {
				t.Errorf("%s(%q) = %q is not trimmed", name, s, got)
			}
		}
	})
}
