package prompt_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/prompt"
	"tchat/chatnet/wire/wiretest"
)

// table is a conversation with a hub that answers at once.
type table struct {
	c     wire.Talker
	hub   *wiretest.Hub
	said  []chatnet.Say
	wrote []wire.Write
	wait  time.Duration
	ended bool
}

func sit(t testing.TB) *table {
	t.Helper()
	c, ok := prompt.New(time.UTC).Open(wire.Peer{}).(wire.Talker)
	if !ok {
		t.Fatal("a conversation that is no talker")
	}
	b := &table{c: c, hub: wiretest.NewHub()}
	b.do(c.Start())
	return b
}

func (b *table) do(s wire.Step) {
	b.wrote = append(b.wrote, s.Writes...)
	b.wait, b.ended = s.Wait, b.ended || s.End
	if s.Hello != nil {
		b.hear(b.hub.Enter(*s.Hello))
	}
	for _, call := range s.Calls {
		if say, ok := call.Request.(chatnet.Say); ok {
			b.said = append(b.said, say)
		}
		b.hear(b.hub.Submit(call))
	}
}

func (b *table) hear(d chatnet.Delivery) {
	if !d.IsZero() {
		b.do(b.c.Hear(d))
	}
	b.ended = b.ended || d.Bye != nil
}

func (b *table) read(p string) { b.do(b.c.Feed([]byte(p))) }

func (b *table) texts() (all []string) {
	for _, s := range b.said {
		text := s.Text.String()
		if s.Color != "" {
			text = "[" + string(s.Color) + "] " + text
		}
		if !s.To.IsZero() {
			text = "to " + s.To.String() + ": " + text
		}
		all = append(all, text)
	}
	return all
}

// TestReads: one read is one message (C5), what is said is clean (C6).
func TestReads(t *testing.T) {
	for _, c := range []struct {
		name  string
		reads []string
		want  []string
	}{
		{"one read, one message", []string{"one", "two words"}, []string{"one", "two words"}},
		{"a paste", []string{"one\ntwo\r\n\nthree\n"}, []string{"one", "two", "three"}},
		{"a split character", []string{"caf\xc3", "\xa9"}, []string{"café"}},
		{"no character", []string{"a\xffb"}, []string{"a\uFFFDb"}},
		{"control characters", []string{"\x1b[31mred\x1b[0m\a\x00 text\x7f\u009b2J"}, []string{"red text"}},
		{"a tab", []string{"a\tb"}, []string{"a b"}},
		{"blanks only", []string{"   ", "\t"}, nil},
		{"whoever the text says", []string{"bob: I am ada"}, []string{"bob: I am ada"}},
		{"colours", []string{"/color red a b", "/color megenta c", "/color CYAN d"}, []string{"[red] a b", "[magenta] c", "[cyan] d"}},
		{"private", []string{"/private bob hi you", "/private bob /color blue hi"}, []string{"to bob: hi you", "to bob: [blue] hi"}},
		{"what is no command", []string{"/nosuch x", " /who", "/private bob", "/color pink x"}, nil},
		{"two slashes", []string{"//color red x"}, []string{"/color red x"}},
	} {
		b := sit(t)
		b.read("ada")
		for _, p := range c.reads {
			b.read(p)
		}
		if got := b.texts(); !slices.Equal(got, c.want) {
			t.Errorf("%s: said %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWaitForACharacter(t *testing.T) {
	b := sit(t)
	b.read("ada")
	if b.read("caf\xc3"); b.wait != wire.CharWait || len(b.said) != 0 {
		t.Errorf("it waits %v and said %q", b.wait, b.texts())
	}
	b.do(b.c.Late())
	if got := b.texts(); !slices.Equal(got, []string{"caf\uFFFD"}) {
		t.Errorf("late it said %q", got)
	}
}

// TestLongMessages: a message up to the limit goes through whole, a longer one
// is refused with the limit's name.
func TestLongMessages(t *testing.T) {
	b := sit(t)
	b.read("ada")
	b.read(strings.Repeat("é", chatnet.MaxText/2))
	if len(b.said) != 1 || b.said[0].Text.Len() != chatnet.MaxText {
		t.Errorf("%d messages", len(b.said))
	}
	b.wrote = nil
	b.read(strings.Repeat("x", chatnet.MaxText+1))
	if len(b.said) != 1 || len(b.wrote) != 1 || !strings.Contains(string(b.wrote[0].Bytes), "at most 8192 bytes") {
		t.Errorf("%d messages, and %d writes", len(b.said), len(b.wrote))
	}
}

// TestWritesAreOfItsSize: C1 and C10, for what is said, in colour and not; a
// person gets long lines whole.
func TestWritesAreOfItsSize(t *testing.T) {
	for _, name := range []string{"ada", "ada\n"} {
		for _, deed := range []string{"bob says ", "bob says in magenta ", "bob says privately ", "bob does "} {
			b := sit(t)
			b.read(name)
			b.wrote = nil
			d, _ := b.hub.Happen(deed + strings.Repeat("é漢 word 😀", 500))
			b.hear(d)
			if whole := len(b.wrote) == 1; whole != (name == "ada\n") {
				t.Fatalf("%q to %q: %d writes", deed, name, len(b.wrote))
			}
			for _, w := range b.wrote {
				checkWrite(t, w, name == "ada\n")
				if text := string(w.Bytes); !strings.Contains(text[:30], "bob") {
					t.Errorf("%q: a part without its sender: %q", deed, text)
				}
			}
		}
	}
}

// checkWrite fails unless a write keeps DOORS section 0.
func checkWrite(t testing.TB, w wire.Write, person bool) {
	t.Helper()
	s := string(w.Bytes)
	body, hasEnd := strings.CutSuffix(s, "\n")
	question := strings.HasSuffix(s, "Your name: ")
	second := strings.Fields(s + " x")
	switch {
	case len(s) > wire.MaxWrite && !person, !utf8.ValidString(s), s == "":
		t.Errorf("a write of %d bytes: %q", len(s), s)
	case hasEnd != (person && !question) && !question:
		t.Errorf("the end of %q", s)
	case slices.Contains([]string{"NICK", "200", "400", "401", "403", "/exit"}, body):
		t.Errorf("%q could be taken for a word of the protocol", s)
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 }):
		t.Errorf("a control character in %q", s)
	case strings.HasPrefix(s, "* ") && len(second) > 1 && second[1] == "/color":
		t.Errorf("%q would be coloured", s)
	case len(second) > 1 && second[1] == "/color" && !w.Alone:
		t.Errorf("%q is coloured and not alone", s)
	}
}

// TestPersonsChopped: what a person types is cut at line breaks, wherever the
// network cut it.
func TestPersonsChopped(t *testing.T) {
	in := "hello\ncafé 😀 au lait\r\n/private bob hi\n/color red x\n/nosuch\n\nlast\n"
	wiretest.Pieces(t, []byte(in), func(pieces [][]byte) any {
		b := sit(t)
		b.read("ada\n")
		for _, p := range pieces {
			b.read(string(p))
		}
		return b.texts()
	})
}

// FuzzConversation: whatever comes, in whatever pieces, what goes out keeps
// DOORS section 0.
func FuzzConversation(f *testing.F) {
	f.Add([]byte("ada\nhello\n/who\n/private bob hi\n/more\n/join x\n/leave"), 3, true)
	f.Add([]byte("ada"), 1, false)
	f.Add([]byte("a:b\x00/color red \xc3\x28x\r\n/nick \xff/help color/help\n"), 2, false)
	f.Add([]byte("/help /color\n//color red x\n/topic /color red x\n/away /color"), 200, false)
	f.Fuzz(func(t *testing.T, in []byte, size int, person bool) {
		b := sit(t)
		if person {
			b.read("ada\n")
		} else {
			b.read("ada")
		}
		size = min(max(size, 1), 9000)
		for len(in) > 0 && !b.ended {
			n := min(size, len(in))
			own := append([]byte(nil), in[:n]...)
			b.do(b.c.Feed(own))
			for i := range own {
				own[i] = '~'
			}
			in = in[n:]
		}
		if !b.ended {
			d, _ := b.hub.Happen("bob says /color red x")
			b.hear(d)
			b.do(b.c.Late())
		}
		for _, w := range b.wrote {
			checkWrite(t, w, person)
		}
		for _, s := range b.said {
			if s.Text.IsZero() || s.Text.Len() > chatnet.MaxText {
				t.Errorf("said %q", s.Text)
			}
		}
	})
}
