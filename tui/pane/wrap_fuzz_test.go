package pane

import (
	"strings"
	"testing"

	"tchat/chatnet"
)

// FuzzMessage draws any text that may be said, in both widths: no panic, every row
// exact, every run inside the text.
func FuzzMessage(f *testing.F) {
	for _, s := range scraps() {
		f.Add(s, 40)
	}
	f.Add("*a _b ~~c `d` ~~ _ *", 3)
	f.Add("> > ```", 1)
	f.Add("tess @tess @@", 61)
	f.Fuzz(func(t *testing.T, s string, cols int) {
		cols = max(1, min(cols, 300))
		for name, w := range methods() {
			c := newChat(cols, 50)
			c.SetWidth(w)
			c.say("ada", s)
			c.say("tess", s)
			c.Notice(chatnet.Clean(s))
			c.Add(c.event("ada", chatnet.TopicSet{Topic: chatnet.CleanLine(s)}))
			for y, row := range c.Rows() {
				if Cells(w, row) != cols || strings.ContainsAny(row, "\n\r\t") {
					t.Errorf("%s: row %d %q has %d cells, want %d", name, y, row, Cells(w, row), cols)
				}
			}
		}
		p := inline{self: "tess"}
		p.parse(chatnet.CleanLine(s).String(), 0)
		from := 0
		for _, r := range p.runs {
			if r.end <= from || r.end > len(p.out) || r.ref > len(p.refs) {
				t.Fatalf("run %+v after %d of %d bytes, %d refs", r, from, len(p.out), len(p.refs))
			}
			from = r.end
		}
		if from != len(p.out) {
			t.Errorf("the runs end at %d of %d bytes", from, len(p.out))
		}
	})
}
