package wire_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tchat/chatnet/wire"
)

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name, prefix, text string
		limit              int
		want               []string
	}{
		{"nothing", "a: ", "", 20, []string{"a: "}},
		{"fits", "a: ", "hello", 20, []string{"a: hello"}},
		{"just fits", "a: ", "1234567", 10, []string{"a: 1234567"}},
		{"one too many", "a: ", "12345678", 10, []string{"a: 1234567", "a: 8"}},
		{"lines", "a: ", "one\ntwo\n\nfour", 20, []string{"a: one", "a: two", "a: ", "a: four"}},
		{"at a blank", "a: ", "one two three", 11, []string{"a: one two", "a: three"}},
		{"no blank near enough", "a: ", "o ne-two-three", 11, []string{"a: o ne-two", "a: -three"}},
		{"inside a character", "a: ", "ééééé", 10, []string{"a: ééé", "a: éé"}},
		{"a prefix that is too long", "abcdefghij: ", "é漢😀x", 8, []string{"abcdefghij: é", "abcdefghij: 漢", "abcdefghij: 😀", "abcdefghij: x"}},
	} {
		if got := wire.Cut(c.prefix, c.text, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("alice: ", strings.Repeat("é漢😀 ", 500))
	f.Add("alice: ", "one\ntwo")
	f.Add("", "\xc3\xc3\xc3")
	f.Fuzz(func(t *testing.T, prefix, text string) {
		prefix, text = prefix[:min(len(prefix), 200)], text[:min(len(text), 16<<10)]
		var all strings.Builder
		valid := utf8.ValidString(text)
		for _, part := range wire.Cut(prefix, text, wire.MaxWrite) {
			if len(part) > wire.MaxWrite || strings.Contains(part[len(prefix):], "\n") || !strings.HasPrefix(part, prefix) {
				t.Fatalf("a part of %d bytes: %q", len(part), part)
			}
			if valid && !utf8.ValidString(part[len(prefix):]) {
				t.Fatalf("cut inside of a character: %q", part)
			}
			all.WriteString(part[len(prefix):])
		}
		bare := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if bare(all.String()) != bare(text) {
			t.Errorf("%q became %q", text, all.String())
		}
	})
}

func TestReads(t *testing.T) {
	for _, c := range []struct {
		name  string
		reads []string
		want  []string // "|" ends what a read gave
		late  []string
	}{
		{"one read is one message", []string{"hello", "you"}, []string{"hello", "|", "you", "|"}, nil},
		{"a line break at the end goes", []string{"hello\n", "you\r\n"}, []string{"hello", "|", "you", "|"}, nil},
		{"a line break inside makes two", []string{"a\nb\r\nc\n"}, []string{"a", "b", "c", "|"}, nil},
		{"an empty line", []string{"\n", "a\n\nb"}, []string{"", "|", "a", "", "b", "|"}, nil},
		{"a tab", []string{"a\tb"}, []string{"a b", "|"}, nil},
		{"a cut character", []string{"caf\xc3", "\xa9!"}, []string{"|", "café!", "|"}, nil},
		{"only the last line waits", []string{"one\ncaf\xc3", "\xa9"}, []string{"one", "|", "café", "|"}, nil},
		{"a cut character whose rest does not come", []string{"caf\xe6\xbc"}, []string{"|"}, []string{"caf\uFFFD"}},
		{"four bytes", []string{"\xf0\x9f", "\x98", "\x80"}, []string{"|", "|", "😀", "|"}, nil},
		{"no character", []string{"a\xffb", "\x80\x80\x80\x80"}, []string{"a\uFFFDb", "|", "\uFFFD", "|"}, nil},
	} {
		var r wire.Reads
		var got []string
		for _, p := range c.reads {
			own := []byte(p)
			got = append(append(got, r.Feed(own)...), "|")
			for i := range own {
				own[i] = '~' // one that keeps p shows it
			}
		}
		if r.Waiting() != (c.late != nil) {
			t.Errorf("%s: waiting %v", c.name, r.Waiting())
		}
		if late := r.Late(); !slices.Equal(got, c.want) || !slices.Equal(late, c.late) {
			t.Errorf("%s: %q and late %q, want %q and %q", c.name, got, late, c.want, c.late)
		}
	}
}

func TestReadsAreBounded(t *testing.T) {
	var r wire.Reads
	total := 0
	for range 100 << 10 {
		for _, m := range r.Feed([]byte{0xc3}) {
			total += len(m)
		}
	}
	if total == 0 {
		t.Error("beginnings of characters were kept for ever")
	}
}

func FuzzReads(f *testing.F) {
	f.Add([]byte("caf\xc3\xa9\nx\r\n\xff\ty"), 4)
	f.Fuzz(func(t *testing.T, in []byte, at int) {
		at = min(max(at, 0), len(in))
		var r wire.Reads
		all := append(append(r.Feed(in[:at]), r.Feed(in[at:])...), r.Late()...)
		for _, m := range all {
			if !utf8.ValidString(m) || strings.ContainsAny(m, "\n\t") {
				t.Errorf("%q", m)
			}
		}
		if r.Waiting() {
			t.Error("something waits behind the end")
		}
	})
}

func TestNotice(t *testing.T) {
	for in, want := range map[string]string{
		"bob left":     "* bob left",
		"NICK":         "* NICK",
		"/exit":        "* /exit",
		"/color red x": "* type /color red x",
		"/colors":      "* type /colors",
		"":             "* ",
	} {
		if got := wire.Notice(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
