package pane

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi" // the two ways to measure
	"github.com/google/go-cmp/cmp"    // readable differences
)

func plainRows(rows []string) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = ansi.Strip(r)
	}
	return out
}

func TestOverlay(t *testing.T) {
	for _, c := range []struct {
		name string
		box  []string
		x, y int
		want []string
	}{
		{"inside", []string{"[]", "[]"}, 2, 1, []string{"......", "..[]..", "漢[]漢"}},
		{"cuts wide", []string{"##"}, 1, 2, []string{"......", "......", " ## 漢"}},
		{"over the right edge", []string{"####"}, 4, 0, []string{"....##", "......", "漢字漢"}},
		{"over the left edge", []string{"1234"}, -2, 0, []string{"34....", "......", "漢字漢"}},
		{"above and below", []string{"a", "b", "c", "d", "e"}, 0, -1, []string{"b.....", "c.....", "d 字漢"}},
		{"outside", []string{"x"}, 9, 0, []string{"......", "......", "漢字漢"}},
		{"nothing", nil, 0, 0, []string{"......", "......", "漢字漢"}},
	} {
		base := []string{"......", "......", "漢字漢"}
		Overlay(ansi.WcWidth, base, c.box, c.x, c.y)
		if d := cmp.Diff(c.want, plainRows(base)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestSpliceKeepsWidth(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for name, w := range methods() {
		for range 2000 {
			flat := func() string { return Degrade(w, strings.ReplaceAll(randomText(r), "\n", " ")) }
			base := Fit(w, "\x1b[7m"+flat()+"\x1b[m", 60)
			if got := Splice(w, base, flat(), r.IntN(90)-20); Cells(w, got) != 60 {
				t.Fatalf("%s: %q has %d cells, want 60", name, got, Cells(w, got))
			}
		}
	}
}

func TestFill(t *testing.T) {
	got := Fill(ansi.WcWidth, []string{"abc", "a"}, 2, 3)
	if d := cmp.Diff([]string{"ab", "a ", "  "}, got); d != "" {
		t.Errorf("Fill (-want +got):\n%s", d)
	}
	if got := Fill(ansi.WcWidth, []string{"abc", "a"}, 2, 1); len(got) != 1 {
		t.Errorf("Fill to one row has %d", len(got))
	}
	if got := Fill(ansi.WcWidth, nil, -1, -1); len(got) != 0 {
		t.Errorf("Fill to nothing has %d rows", len(got))
	}
}

func TestBesideAndCenter(t *testing.T) {
	if d := cmp.Diff([]string{"ac", "bd"}, Beside([]string{"a", "b"}, []string{"c", "d"})); d != "" {
		t.Errorf("Beside (-want +got):\n%s", d)
	}
	if got := []int{Center(4, 10), Center(10, 4), Center(3, 4)}; !cmp.Equal(got, []int{3, 0, 0}) {
		t.Errorf("Center = %v", got)
	}
}

// plainRow is a row without styles and without blanks at the right.
func plainRow(s string) string { return strings.TrimRight(ansi.Strip(s), " ") }
