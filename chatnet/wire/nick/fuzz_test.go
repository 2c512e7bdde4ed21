package nick

import (
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// happenings is what takes place while somebody is here.
func happenings() []string {
	return []string{
		"bob says “hi” \\n\\nNICK", "carol joins", "carol becomes zoë", "bob says in red /color red", "bob does nothing",
		"bob says privately 日本", "bob is away for é", "somebody wants the name", "bob says " + strings.Repeat("long ", 500),
	}
}

// FuzzVisit: whatever comes, in whatever pieces, what the program gets is
// something that it can take.
func FuzzVisit(f *testing.F) {
	for _, s := range []string{
		"alice", "alice: hi", ": ", "alicealice: a", "alice|alice: /private bob hi", "bob|bob: x", "a\x1b[31m|\xff|\xc3|\xa9",
		"alice|alice: /help|alice: /who|alice: /more|alice: /rooms", "alice|alice: l1alice: l2|3alice: l4|alice: /leave|x",
		"alice|alice: /join dev|alice: /part|alice: /topic é|alice: /nick zoë|alice: /me is|alice: /quit é",
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
		for i, shown := range (wiretest.Player{Dialect: New(), Hub: hub}).Visit(pieces, happenings()...) {
			why := ""
			switch {
			case i == 0 && shown != "[alone] NICK":
				why = "the word does not come first"
			case i > 0 && (shown == "" || shown == "NICK" || strings.HasPrefix(shown, "[alone]") || strings.HasPrefix(shown, "[quiet")):
				why = "the program takes this for something else"
			case len(shown) > wire.MaxWrite:
				why = "too long"
			case !isASCII(shown):
				why = "not ASCII"
			case strings.ContainsFunc(shown, func(r rune) bool { return r < ' ' || r == 0x7f }):
				why = "control characters"
			case i > 0 && !strings.HasPrefix(shown, "* ") && !strings.Contains(shown, ": "):
				why = "nobody's line"
			}
			if why != "" {
				t.Fatalf("%q: write %d is %q: %s", in, i, shown, why)
			}
		}
	})
}

// TestUnderstoodIsSafe: nothing that the hub gets has control characters.
func TestUnderstoodIsSafe(t *testing.T) {
	h := wiretest.Hear(New(), [][]byte{[]byte("al\x1b[2Jice"), []byte("al\x1b[2Jice: \x1b]0;x\x07hi\x00\u202e")})
	if len(h.Hellos) != 1 || h.Hellos[0].Nick != chatnet.MustNick("alice") {
		t.Errorf("%+v", h.Hellos)
	}
}
