package chatnet_test

import (
	"testing"

	"tchat/chatnet"
)

// FuzzNames holds the names to what both ends rely on: a name that one end
// accepted, the other accepts as the same.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"ada", "Ünal", "ﬁ", "ａｄａ", "Straße", "İ", "ʼn", "אב1", "#dev/go", "a\u0301", "\u1e9e", "\u0345a", "ΐ", "가", "ᾳ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := chatnet.ParseNick(s); err == nil {
			again, err := chatnet.ParseNick(n.String())
			if err != nil || again != n || again.Key() != n.Key() {
				t.Errorf("the nick %q becomes %q, which becomes %q (%v)", s, n, again, err)
			}
		}
		if n, err := chatnet.ParseRoomName(s); err == nil {
			again, err := chatnet.ParseRoomName(n.String())
			if err != nil || again != n {
				t.Errorf("the room %q becomes %q, which becomes %q (%v)", s, n, again, err)
			}
		}
	})
}

// TestNamesOfOneRune tries every character in each place of a name.
func TestNamesOfOneRune(t *testing.T) {
	for r := rune(1); r < 0x20000; r++ {
		for _, s := range []string{"a" + string(r) + "\u0301", string(r) + "a"} {
			if n, err := chatnet.ParseNick(s); err == nil {
				if again, err := chatnet.ParseNick(n.String()); err != nil || again != n {
					t.Errorf("the nick %q becomes %q, which becomes %q (%v)", s, n, again, err)
				}
			}
			if n, err := chatnet.ParseRoomName(s); err == nil {
				if again, err := chatnet.ParseRoomName(n.String()); err != nil || again != n {
					t.Errorf("the room %q becomes %q, which becomes %q (%v)", s, n, again, err)
				}
			}
		}
	}
}
