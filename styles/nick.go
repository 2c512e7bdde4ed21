package styles

import (
	"hash/fnv"
	"image/color"

	"charm.land/lipgloss/v2"                // what a style is
	"github.com/charmbracelet/colorprofile" // how many colours a terminal has
	"golang.org/x/text/cases"               // folding, as nicks are compared
	"golang.org/x/text/unicode/norm"        // one form for what looks the same
)

// nickHues times two tones is how many colours nicks have: more than eyes can
// tell apart, few enough to be made ready beforehand.
const nickHues = 36

// nickColor is the i-th nick colour, readable on ground. It depends on nothing
// else, so that a nick has one colour on every screen.
func nickColor(i int, ground color.Color) color.Color {
	hue := float64(i%nickHues) * 360 / nickHues
	tones := [2]float64{0.72, 0.84}
	if isLight(ground) {
		tones = [2]float64{0.55, 0.44}
	}
	return readable(solid(tones[i/nickHues%2], 0.13, hue), ground)
}

// nickShade is the i-th nick colour for a terminal with fewer colours. The
// sixteen are the user's own, so there the choice is a fixed list.
func nickShade(p colorprofile.Profile, i int, ground color.Color) color.Color {
	if p != colorprofile.ANSI {
		return shade(p, nickColor(i, ground), ground)
	}
	list, _ := sixteen(ground)
	return indexed(list[i%len(list)])
}

// nickIndex is the place of a nick among the nick colours: a hash of its
// folded form.
func nickIndex(nick string) int {
	h := fnv.New32a()
	h.Write([]byte(fold(nick))) // never fails
	sum := h.Sum32()
	return int((sum ^ sum>>16) % (2 * nickHues))
}

// fold returns the form in which nicks are compared.
func fold(nick string) string {
	for i := range len(nick) {
		if c := nick[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return norm.NFC.String(cases.Fold().String(nick))
		}
	}
	return nick
}

func nickStyles(p colorprofile.Profile, ground color.Color) []lipgloss.Style {
	out := make([]lipgloss.Style, 2*nickHues)
	for i := range out {
		out[i] = lipgloss.NewStyle().Bold(true)
		if c := nickShade(p, i, ground); c != nil {
			out[i] = out[i].Foreground(c)
		}
	}
	return out
}
