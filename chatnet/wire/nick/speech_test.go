package nick

import (
	"slices"
	"strings"
	"testing"
)

func TestSpeech(t *testing.T) {
	for _, c := range []struct {
		what   string
		chunks []string
		name   string
		texts  []string
	}{
		{"a name", []string{"alice", "alice: hi"}, "alice", []string{"hi"}},
		{"a name by nc", []string{"alice\n", "alice: hi\n", "hello\n"}, "alice", []string{"hi", "hello"}},
		{"blanks", []string{" alice ", "alice:   hi "}, "alice", []string{"hi"}},
		{"spoke first", []string{"alice: early", "alice", "alice: late"}, "alice", []string{"early", "late"}},
		{"spoke first, only once", []string{"alice: early", "alice", "alice"}, "alice", []string{"early", "alice"}},
		{"spoke first, glued", []string{"alice: oneLalice: two", "alice", "alice: three"}, "alice", []string{"oneL", "two", "three"}},
		{"the answer glued to the end", []string{"alice: one", "alice: twoalice", "alice: alice"}, "alice", []string{"one", "two", "alice"}},
		{"the answer glued between", []string{"alice: one", "alice: twoalicealice: three"}, "alice", []string{"one", "two", "three"}},
		{"the name as a last word is kept", []string{"alice: I am alice", "alice"}, "alice", []string{"I am alice"}},
		{"answer and message as one", []string{"alicealice: hi", "alice: there"}, "alice", []string{"hi", "there"}},
		{"a name that looks doubled", []string{"lulu: hilulu: there", "lulu"}, "lulu", []string{"hi", "there"}},
		{"pasted", []string{"alice", "alice: l1alice: l2alice: l3"}, "alice", []string{"l1", "l2", "l3"}},
		{"the end of a long one before others", []string{"alice", "tailalice: l2"}, "alice", []string{"tail", "l2"}},
		{"nothing said", []string{"alice", "alice: ", "alice:", "alice:  "}, "alice", nil},
		{"colons", []string{"alice", "alice: a: b", "alice: c:d", "x: y"}, "alice", []string{"a: b", "c:d", "x: y"}},
		{"a colon in the name", []string{"al:ice"}, "al:ice", nil},
		{"a command", []string{"alice", "alice: /private bob hi"}, "alice", []string{"/private bob hi"}},
		{"no name", []string{""}, "", nil},
		{"no name, spoke first", []string{": hi", ": there", ""}, "", []string{"hi", "there"}},
		{"only a colon", []string{":"}, "", nil},
	} {
		var s speech
		name, texts := s.first(c.chunks[0])
		for _, chunk := range c.chunks[1:] {
			texts = append(texts, s.next(chunk)...)
		}
		if name != c.name || !slices.Equal(texts, c.texts) {
			t.Errorf("%s: %q said %q, want %q and %q", c.what, name, texts, c.name, c.texts)
		}
	}
}

// FuzzSpeech: no text is empty, begins or ends in blanks, or carries the name.
func FuzzSpeech(f *testing.F) {
	for _, s := range []string{"alice|alice: hi", "alice: a|alice", ": x|:", "aa: b|aa: aaa: c", "|", "lulu: lu: lu"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		chunks := strings.Split(in, "|")
		var s speech
		name, texts := s.first(chunks[0])
		for _, chunk := range chunks[1:] {
			texts = append(texts, s.next(chunk)...)
		}
		for _, text := range texts {
			if text == "" || strings.TrimSpace(text) != text || name != "" && strings.Contains(text, name+": ") {
				t.Errorf("%q: %q said %q", in, name, texts)
			}
		}
	})
}
