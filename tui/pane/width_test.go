package pane

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi" // the two ways to measure
)

// methods are the two ways in which terminals count cells.
func methods() map[string]Width {
	return map[string]Width{"wc": ansi.WcWidth, "grapheme": ansi.GraphemeWidth}
}

// scraps are what the random texts of the tests are made of.
func scraps() []string {
	return []string{
		"hello", "a", "the quick brown fox", "漢字かな交じり文", "한국어", "👨‍👩‍👧", "👍🏽", "❤️", "1️⃣", "🇩🇪", "🎉",
		"e\u0301", "z\u0335\u0336\u0337", "नमस्ते", "สวัสดี", "مرحبا", "*bold*", "_it_", "~~gone~~", "`code x`", "> quote",
		"https://example.org/a/very/long/path?with=query&and=more#fragment", "mailto:ada@example.org", "(https://x.y/z_(w)).",
		"supercalifragilisticexpialidociousandmore", "-", "@ada", "ada:", "\n", "  ", "\n\n  indented", "```\nfn main() {}\n```",
	}
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(scraps()[r.IntN(len(scraps()))])
		if r.IntN(3) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func TestFitIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, w := range methods() {
		for range 2000 {
			s := Degrade(w, strings.ReplaceAll(randomText(r), "\n", " "))
			if r.IntN(2) == 0 {
				s = "\x1b[1;31m" + s + "\x1b[m" + ansi.SetHyperlink("https://x.y") + "link" + ansi.ResetHyperlink()
			}
			n := r.IntN(80)
			for _, got := range []string{Fit(w, s, n), FitTail(w, s, n, "…"), FitLeft(w, s, n)} {
				if Cells(w, got) != n {
					t.Fatalf("%s: fitted to %d cells %q has %d", name, n, got, Cells(w, got))
				}
			}
		}
	}
}

func TestCut(t *testing.T) {
	const red = "\x1b[31m"
	for _, c := range []struct {
		s      string
		x, end int
		want   string
	}{
		{"hello", 1, 3, "el"},
		{"hello", -4, 99, "hello"},
		{"hello", 4, 2, ""},
		{"hello", 9, 12, ""},
		{"漢字", 0, 3, "漢 "},
		{"漢字", 1, 4, " 字"},
		{"漢字", 1, 3, "  "},
		{red + "hello" + reset, 1, 3, red + "el" + reset},
		{"ae\u0301b", 1, 2, "e\u0301"},
	} {
		if got := Cut(ansi.WcWidth, c.s, c.x, c.end); got != c.want {
			t.Errorf("Cut(%q, %d, %d) = %q, want %q", c.s, c.x, c.end, got, c.want)
		}
	}
}

func TestFitTail(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"lobby", 8, "lobby   "},
		{"lobby", 5, "lobby"},
		{"lobby", 4, "lob…"},
		{"lobby", 1, "…"},
		{"lobby", 0, ""},
		{"漢字漢字", 4, "漢 …"},
	} {
		if got := FitTail(ansi.WcWidth, c.s, c.n, "…"); got != c.want {
			t.Errorf("FitTail(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestDegrade(t *testing.T) {
	for _, c := range []struct{ in, wc string }{
		{"plain", "plain"},
		{"漢字 été", "漢字 été"},
		{"a 👨‍👩‍👧 b", "a 👨 b"},
		{"👍🏽", "👍"},
		{"1️⃣", "1"},
		{"❤️", "❤"},
		{"🇩🇪", "🇩🇪"},
		{"नमस्ते", "नमस्ते"},
	} {
		if got := Degrade(ansi.WcWidth, c.in); got != c.wc {
			t.Errorf("Degrade(wc, %q) = %q, want %q", c.in, got, c.wc)
		}
		want := c.in
		if c.wc == "1" { // keycaps always
			want = c.wc
		}
		if got := Degrade(ansi.GraphemeWidth, c.in); got != want {
			t.Errorf("Degrade(grapheme, %q) = %q, want %q", c.in, got, want)
		}
	}
}

func TestDegradeMakesEmojiAgree(t *testing.T) {
	for _, s := range []string{"👨‍👩‍👧", "👍🏽", "👩🏽‍🚀", "❤️", "1️⃣", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🎉", "✌🏿"} {
		d := Degrade(ansi.WcWidth, s)
		if wc, gw := ansi.WcWidth.StringWidth(d), ansi.GraphemeWidth.StringWidth(d); wc != gw {
			t.Errorf("%q degraded to %q has %d cells in wc, %d in graphemes", s, d, wc, gw)
		}
	}
}

func TestBlank(t *testing.T) {
	for _, n := range []int{-3, 0, 1, 128, 129, 500} {
		if got := Blank(n); len(got) != max(0, n) || strings.Trim(got, " ") != "" {
			t.Errorf("Blank(%d) = %q", n, got)
		}
	}
}
