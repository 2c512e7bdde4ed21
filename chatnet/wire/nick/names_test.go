package nick

import (
	"strings"
	"testing"

	"tchat/chatnet"
)

func TestNickFor(t *testing.T) {
	long := strings.Repeat("x", chatnet.MaxNick)
	for _, c := range []struct {
		name string
		n    int
		want string
	}{
		{"alice", 1, "alice"},
		{"alice", 2, "alice2"},
		{"alice", 12, "alice12"},
		{"Alice B.", 1, "AliceB."},
		{"a:l/i c*e", 1, "alice"},
		{"", 1, "guest"},
		{"", 2, "guest2"},
		{"***", 3, "guest3"},
		{"admin", 1, "admin2"},
		{"admin", 3, "admin3"},
		{long + "yyy", 1, long},
		{long, 10, long[2:] + "10"},
		{"zo\u00eb", 1, "zoë"},
		{"\uFFFD", 1, "guest"},
		{"\u0628a", 1, "guest"}, // letters that read from both sides make no nick
	} {
		if got := nickFor(c.name, c.n).String(); got != c.want {
			t.Errorf("nickFor(%q, %d) = %q, want %q", c.name, c.n, got, c.want)
		}
	}
}

func FuzzNickFor(f *testing.F) {
	f.Add("alice", 1)
	f.Add("\u0628a\u0301", 2)
	f.Add(strings.Repeat("é", 40), 999)
	f.Fuzz(func(t *testing.T, name string, n int) {
		if got := nickFor(name, n&0xffff); got.IsZero() {
			t.Errorf("nickFor(%q, %d) gives no nick", name, n)
		}
	})
}
