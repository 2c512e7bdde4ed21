package chatnet_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tchat/chatnet"
)

func TestCleanLineNeverBeginsWithAMark(t *testing.T) {
	for in, want := range map[string]string{
		" \u0301x":         "x",
		"\t\u0301x":        "x",
		"\u00a0\u0301x":    "x",
		"\u3164\u0301x":    "x",
		"\n\u0301x":        "x",
		" \u200b \u0301x ": "x",
		"a \u0301x":        "a \u0301x",
	} {
		if got := chatnet.CleanLine(in).String(); got != want {
			t.Errorf("CleanLine(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzClean holds Clean and CleanLine to what they promise: what is clean stays
// as it is, at whichever end it is cleaned again.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"hello", " \u0301x", "a\x1b[31mb", "\U0001F600\u200d\U0001F600", "\U0001F3F4\U000E0067", "\xff\x9b1m", "a\u202eb\u2028c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, clean := range map[string]func(string) chatnet.Text{"Clean": chatnet.Clean, "CleanLine": chatnet.CleanLine} {
			once := clean(s).String()
			if twice := clean(once).String(); twice != once {
				t.Errorf("%s(%q) = %q, and again %q", name, s, once, twice)
			}
			if !utf8.ValidString(once) || strings.ContainsAny(once, "\x1b\x00\x7f\u202e\u2028") {
				t.Errorf("%s(%q) = %q", name, s, once)
			}
		}
		if line := chatnet.CleanLine(s).String(); strings.Contains(line, "\n") {
			t.Errorf("CleanLine(%q) = %q", s, line)
		}
	})
}
