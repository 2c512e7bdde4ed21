package styles

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"                // reads a style back
	"github.com/charmbracelet/colorprofile" // every depth is drawn
)

func TestTokensTableIsComplete(t *testing.T) {
	table := Tokens()
	if len(table) != int(tokenCount) {
		t.Fatalf("the table has %d rows, want %d", len(table), tokenCount)
	}
	seen := map[string]bool{}
	for i, m := range table {
		if int(m.Token) != i || m.Name == "" || m.Means == "" || seen[m.Name] {
			t.Errorf("row %d is %+v: out of order, nameless or twice", i, m)
		}
		seen[m.Name] = true
		if m.Token.String() != m.Name {
			t.Errorf("String of %d is %q, want %q", i, m.Token, m.Name)
		}
	}
	if got := tokenCount.String(); got != "unknown" {
		t.Errorf("String past the table = %q", got)
	}
}

func TestThemesHaveNamesSignsAndPalette(t *testing.T) {
	for _, theme := range Themes() {
		if got, ok := Named(theme.Name); !ok || got.Name != theme.Name {
			t.Errorf("Named(%q) = %q, %v", theme.Name, got.Name, ok)
		}
		if strings.Contains(fmt.Sprintf("%q", theme.Signs), `""`) {
			t.Errorf("%s lacks a sign: %q", theme.Name, theme.Signs)
		}
		if n := len(theme.Said); n != 7 && len(theme.Inks) > 0 {
			t.Errorf("%s has %d palette colours, want 7", theme.Name, n)
		}
	}
	if _, ok := Named("no such"); ok {
		t.Error("Named found a theme that is not there")
	}
}

func TestThemesColourTheSameTokens(t *testing.T) {
	dark, light := Dark(), Light()
	for _, m := range Tokens() {
		_, d := dark.Inks[m.Token]
		_, l := light.Inks[m.Token]
		if d != l || (dark.Inks[m.Token].Bg == "") != (light.Inks[m.Token].Bg == "") {
			t.Errorf("%s: dark %v, light %v", m.Name, dark.Inks[m.Token], light.Inks[m.Token])
		}
	}
}

func TestMonoKeepsMeaningsApart(t *testing.T) {
	s := New(Dark(), Options{Profile: Depth(colorprofile.TrueColor, "yes")})
	if !s.Mono() {
		t.Error("NO_COLOR=yes is not mono")
	}
	for _, m := range Tokens() {
		if got := s.Paint(m.Token, "x"); strings.Contains(got, "38;") || strings.Contains(got, "48;") {
			t.Errorf("%s has a colour: %q", m.Name, got)
		}
	}
	for _, token := range []Token{RoomSelected, Mention, Pill, Selection, ButtonFocus} {
		if !s.Style(token).GetReverse() {
			t.Errorf("%s is not reversed without colour", token)
		}
	}
	if s.Paint(Text, "hello") != "hello" {
		t.Errorf("text is drawn as %q, want it as it is", s.Paint(Text, "hello"))
	}
	if got := s.Nick("ada").GetForeground(); got != (lipgloss.NoColor{}) {
		t.Errorf("a nick has colour %v", got)
	}
}

func TestDepth(t *testing.T) {
	for _, c := range []struct {
		p       colorprofile.Profile
		noColor string
		want    colorprofile.Profile
	}{
		{colorprofile.TrueColor, "", colorprofile.TrueColor},
		{colorprofile.TrueColor, "yes", colorprofile.ASCII},
		{colorprofile.ANSI, "0", colorprofile.ASCII},
		{colorprofile.NoTTY, "1", colorprofile.NoTTY},
	} {
		if got := Depth(c.p, c.noColor); got != c.want {
			t.Errorf("Depth(%s, %q) = %s, want %s", c.p, c.noColor, got, c.want)
		}
	}
}

func TestPenDrawsWhatTheStyleDraws(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
		s := New(Light(), Options{Profile: p})
		for _, m := range Tokens() {
			if got, want := s.Paint(m.Token, "x"), s.Style(m.Token).Render("x"); got != want {
				t.Errorf("%s in %s: pen draws %q, style %q", m.Name, p, got, want)
			}
		}
	}
}

func TestSaidUnknownIsText(t *testing.T) {
	s := New(Dark(), Options{})
	if got := s.Said("").Render("x"); got != "x" {
		t.Errorf("no colour draws %q", got)
	}
	if got := s.Said("red").Render("x"); !strings.Contains(got, "38;2;") {
		t.Errorf("red draws %q", got)
	}
}
