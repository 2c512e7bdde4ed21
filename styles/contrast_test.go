package styles

import (
	"image/color"
	"slices"
	"testing"

	"charm.land/lipgloss/v2"                // reads colours back out of a style
	"github.com/charmbracelet/colorprofile" // every depth is measured
	"github.com/charmbracelet/x/ansi"       // the sixteen colours
)

// grounds are backgrounds that terminals really have.
func grounds() []string {
	return []string{"#000000", "#002b36", "#1e1e2e", "#282a36", "#2e3440", "#3c3836", "#ffffff", "#fafafa", "#fdf6e3", "#eff1f5"}
}

// measured returns the contrast of a style on ground, and whether the style has
// a foreground of its own to measure.
func measured(st lipgloss.Style, ground color.Color) (float64, bool) {
	fg, bg := st.GetForeground(), st.GetBackground()
	if fg == (lipgloss.NoColor{}) {
		return 0, false
	}
	if bg != (lipgloss.NoColor{}) {
		ground = bg
	}
	return Contrast(fg, ground), true
}

func TestThemesContrastAsWritten(t *testing.T) {
	for _, theme := range Themes() {
		for token, ink := range theme.Inks {
			ground := hex(theme.Ground)
			if bg := hex(ink.Bg); bg != nil {
				ground = bg
			}
			if got := Contrast(hex(ink.Fg), ground); got < MinContrast {
				t.Errorf("%s: %s has contrast %.2f, want %.1f", theme.Name, token, got, MinContrast)
			}
		}
		for name, ink := range theme.Said {
			ground := hex(theme.Ground)
			if bg := hex(ink.Bg); bg != nil {
				ground = bg
			}
			if got := Contrast(hex(ink.Fg), ground); got < MinContrast {
				t.Errorf("%s: said %s has contrast %.2f, want %.1f", theme.Name, name, got, MinContrast)
			}
		}
	}
}

func TestStylesContrastOnEveryGround(t *testing.T) {
	for _, theme := range Themes() {
		for _, ground := range append(grounds(), theme.Ground) {
			for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
				s := New(theme, Options{Profile: p, Background: hex(ground)})
				check := func(what string, st lipgloss.Style) {
					if p == colorprofile.ANSI && st.GetBackground() == (lipgloss.NoColor{}) {
						return // one of sixteen, see TestSixteenColours
					}
					if got, ok := measured(st, hex(ground)); ok && got < MinContrast {
						t.Errorf("%s on %s in %s: %s has contrast %.2f", theme.Name, ground, p, what, got)
					}
				}
				for _, m := range Tokens() {
					check(m.Name, s.Style(m.Token))
				}
				for name := range theme.Said {
					check(name, s.Said(name))
				}
			}
		}
	}
}

func TestReadableKeepsWhatPasses(t *testing.T) {
	for _, c := range []string{"#ffffff", "#ff9e64", "#7aa2f7"} {
		if got := readable(hex(c), color.Black); got != hex(c) {
			t.Errorf("readable(%s) = %v, want it unchanged", c, got)
		}
	}
	for _, ground := range []color.Color{color.Black, color.White, color.Gray{0x80}} {
		for _, c := range []string{"#101010", "#f0f0f0", "#808080", "#0000ff", "#ffff00"} {
			if got := Contrast(readable(hex(c), ground), ground); got < MinContrast {
				t.Errorf("readable(%s) on %v has contrast %.2f", c, ground, got)
			}
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#777777", "#ffffff", 4.48},
		{"#0000ff", "#ffffff", 8.59},
	} {
		got := Contrast(hex(c.a), hex(c.b))
		if got < c.want-0.01 || got > c.want+0.01 || got != Contrast(hex(c.b), hex(c.a)) {
			t.Errorf("Contrast(%s, %s) = %.3f, want %.2f both ways", c.a, c.b, got, c.want)
		}
	}
}

func TestHex(t *testing.T) {
	for s, ok := range map[string]bool{"#102030": true, "": false, "#123": false, "red": false, "#12345g": false} {
		if got := hex(s) != nil; got != ok {
			t.Errorf("hex(%q) is a colour: %v, want %v", s, got, ok)
		}
	}
}

func TestHighContrastIsHigh(t *testing.T) {
	theme := HighContrast()
	s := New(theme, Options{})
	for _, m := range Tokens() {
		if got, ok := measured(s.Style(m.Token), hex(theme.Ground)); ok && got < 7 {
			t.Errorf("%s has contrast %.2f, want 7", m.Name, got)
		}
	}
}

func TestSixteenColours(t *testing.T) {
	dark := New(Dark(), Options{Profile: colorprofile.ANSI})
	light := New(Light(), Options{Profile: colorprofile.ANSI})
	for name, want := range map[string][2]int{
		"red": {9, 1}, "green": {10, 2}, "yellow": {11, -1}, "blue": {12, 4}, "magenta": {13, 5}, "cyan": {14, 6}, "white": {15, -1},
	} {
		for i, s := range []*Styles{dark, light} {
			if got := s.Said(name).GetForeground(); want[i] >= 0 && got != ansi.BasicColor(want[i]) {
				t.Errorf("%s in %s is %v, want %d", name, s.Theme().Name, got, want[i])
			}
		}
	}
	for _, m := range Tokens() {
		for _, s := range []*Styles{dark, light} {
			st := s.Style(m.Token)
			c, ok := st.GetForeground().(ansi.BasicColor)
			if !ok || st.GetBackground() != (lipgloss.NoColor{}) {
				continue
			}
			colored, plain := sixteen(hex(s.Theme().Ground))
			if !slices.Contains(colored, int(c)) && int(c) != plain && c != 15 {
				t.Errorf("%s in %s is colour %d", m.Name, s.Theme().Name, c)
			}
		}
	}
}
