package nick

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestASCII(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"plain ~ text!":        "plain ~ text!",
		"é":                    "e",
		"e\u0301":              "e",
		"naïve café, Ångström": "naive cafe, Angstrom",
		"“quoted” and ‘so’ – or — so…":        `"quoted" and 'so' - or -- so...`,
		"Größe, œuvre, Łódź, smørrebrød, Þór": "Grosse, oeuvre, Lodz, smorrebrod, Thor",
		"½ € 5 × 3 → 15":                      "1/2 EUR 5 x 3 -> 15",
		"ﬁne":                                 "fine",
		"ｗｉｄｅ":                                "wide",
		"日本":                                  "??",
		"привет":                              "??????",
		"a😀b😱":                                "a:)b?",
		"❤️":                                  "<3",
		"a\u00a0b":                            "a b",
		"\uFFFD":                              "?",
		"Việt Nam":                            "Viet Nam",
		"e\u0301\u0302\u0303":                 "e",
		"‘":                                   "'",
		"⁄÷":                                  "//",
	} {
		if got := ascii(in); got != want {
			t.Errorf("ascii(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzASCII(f *testing.F) {
	for _, s := range []string{"é", "‘’ …", "日本 ½", "\u0301", "a\u0301\u0301\u0301\u0301\u0301", "👩‍🚀", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := ascii(s)
		if !isASCII(got) {
			t.Errorf("ascii(%q) = %q", s, got)
		}
		if isASCII(s) && got != s {
			t.Errorf("ascii(%q) = %q changes what is plain", s, got)
		}
		if utf8.ValidString(s) && strings.TrimSpace(s) != "" && strings.ContainsAny(got, "\x1b\n") && !strings.ContainsAny(s, "\x1b\n") {
			t.Errorf("ascii(%q) = %q makes control characters", s, got)
		}
	})
}
