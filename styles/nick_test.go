package styles

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/colorprofile" // every depth is measured
	"github.com/charmbracelet/x/ansi"       // the sixteen colours
)

func TestNickContrast(t *testing.T) {
	for _, ground := range grounds() {
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
			s := New(Dark(), Options{Profile: p, Background: hex(ground)})
			distinct := map[string]bool{}
			for i := range 2000 {
				st := s.Nick(fmt.Sprintf("nick%d", i))
				got, ok := measured(st, hex(ground))
				if !ok || got < MinContrast {
					t.Fatalf("nick%d on %s in %s has contrast %.2f", i, ground, p, got)
				}
				distinct[fmt.Sprint(st.GetForeground())] = true
			}
			if len(distinct) < 12 {
				t.Errorf("on %s in %s nicks have %d colours only", ground, p, len(distinct))
			}
		}
	}
}

func TestNickSixteenColours(t *testing.T) {
	for theme, want := range map[string][]int{"dark": {9, 10, 11, 12, 13, 14}, "light": {1, 2, 4, 5, 6}} {
		th, _ := Named(theme)
		s := New(th, Options{Profile: colorprofile.ANSI})
		seen := map[any]bool{}
		for i := range 500 {
			seen[s.Nick(fmt.Sprintf("nick%d", i)).GetForeground()] = true
		}
		for _, i := range want {
			if !seen[ansi.BasicColor(i)] {
				t.Errorf("%s never uses colour %d", theme, i)
			}
		}
		if len(seen) != len(want) {
			t.Errorf("%s uses %d colours, want %d", theme, len(seen), len(want))
		}
	}
}

func TestNickIsTheSameFolded(t *testing.T) {
	s := New(Dark(), Options{})
	for _, pair := range [][2]string{{"Ada", "ada"}, {"ÉMILE", "émile"}, {"straße", "STRASSE"}} {
		if a, b := s.Nick(pair[0]).GetForeground(), s.Nick(pair[1]).GetForeground(); a != b {
			t.Errorf("%s has %v, %s has %v", pair[0], a, pair[1], b)
		}
		if got, want := s.NickPen(pair[0]).Draw("x"), s.Nick(pair[1]).Render("x"); got != want {
			t.Errorf("%s: the pen draws %q, the style %q", pair[0], got, want)
		}
	}
}

func TestNickIndexIsFixed(t *testing.T) {
	for nick, want := range map[string]int{"ada": 50, "Bob": 34, "carol": 42, "юля": 40} {
		if got := nickIndex(nick); got != want {
			t.Errorf("nickIndex(%q) = %d, want %d", nick, got, want)
		}
	}
	counts := make([]int, 2*nickHues)
	for i := range 7200 {
		counts[nickIndex(fmt.Sprintf("u%d", i))]++
	}
	for i, n := range counts {
		if n < 50 || n > 160 {
			t.Errorf("colour %d is used by %d of 7200 nicks, want about 100", i, n)
		}
	}
}

func BenchmarkNick(b *testing.B) {
	s := New(Dark(), Options{})
	for b.Loop() {
		_ = s.Nick("carol")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Dark(), Options{Profile: colorprofile.ANSI256})
	}
}
