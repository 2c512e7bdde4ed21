package room

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// happenings is what takes place while somebody is here.
func happenings() []string {
	return []string{
		"bob says /exit\\n\\n200", "carol joins", "carol becomes zoë", "bob says in red 403", "bob does nothing",
		"bob says privately /exit", "bob is away for é", "somebody wants the name", "bob says " + strings.Repeat("löng ", 500),
	}
}

// FuzzVisit: whatever comes, in whatever pieces, the program gets one number
// first, at most one end, last, and in between only lines that it can take.
func FuzzVisit(f *testing.F) {
	for _, s := range []string{
		"alice_lobby", "alice_dev/go|hi", "alice", "_", "bob_lobby|x", "a\x1b_b|\xff|\xc3|\xa9", "zo\xc3|\xab_x|a",
		"alice_lobby|/help|/who|/more|/rooms", "alice_lobby|/exit|x", "alice_dev|/part|/topic é|/nick zoë|/me is|/quit é",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, in string, approve bool) {
		var pieces [][]byte
		for p := range strings.SplitSeq(in, "|") {
			pieces = append(pieces, []byte(p))
		}
		hub := wiretest.NewHub()
		hub.Approve = approve
		all := (wiretest.Player{Dialect: New(), Hub: hub}).Visit(pieces, happenings()...)
		for i, shown := range all {
			if why := wrong(i, len(all), shown); why != "" {
				t.Fatalf("%q: write %d is %q: %s", in, i, shown, why)
			}
		}
	})
}

// wrong says what is wrong with a write.
func wrong(i, n int, shown string) string {
	word, alone := strings.CutPrefix(shown, "[alone] ")
	word = strings.TrimPrefix(word, "[quiet 250ms] ")
	switch {
	case i == 0:
		if !alone || !slices.Contains([]string{"200", "400", "401", "403"}, word) || (word != "200" && n > 1) {
			return "no number comes first, or something behind a refusal"
		}
	case alone && word == "/exit" && i == n-1:
	case alone && i == n-2 && strings.HasPrefix(word, "* "):
	case alone || !strings.HasPrefix(word, "* ") && !strings.Contains(word, " - "):
		return "the program takes this for something else"
	case len(word) > wire.MaxWrite:
		return "too long"
	case !utf8.ValidString(word) || strings.ContainsFunc(word, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }):
		return "the program cannot show this"
	}
	return ""
}

// FuzzRecognizes: what is recognized gets no 400 for its form.
func FuzzRecognizes(f *testing.F) {
	for _, s := range []string{"a_b", "a_b\r\n", "", "_", "a_b_c", "NICK a_b", "{\"do\":\"a_b\"}", "GET /a_b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		h := wiretest.Hear(New(), [][]byte{p})
		if New().Recognizes(p) != (len(h.Hellos) == 1) && !strings.Contains(string(p), "\n") && utf8.Valid(p) && !strings.Contains(string(p), "\t") {
			t.Errorf("%q is recognized %v, and %d hellos came of it", p, New().Recognizes(p), len(h.Hellos))
		}
	})
}
