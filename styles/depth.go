package styles

import (
	"image/color"
	"math"

	"github.com/charmbracelet/colorprofile" // how many colours a terminal has
	"github.com/charmbracelet/x/ansi"       // the 256 indexed colours
	"github.com/lucasb-eyer/go-colorful"    // distance between colours as eyes see it
)

// Depth returns the profile to use when the terminal has p and the environment
// has noColor as NO_COLOR: any value but the empty one turns colours off
// (no-color.org), and leaves bold, underline and reverse.
func Depth(p colorprofile.Profile, noColor string) colorprofile.Profile {
	if noColor != "" && p > colorprofile.ASCII {
		return colorprofile.ASCII
	}
	return p
}

// shade is how a colour that was meant as c is drawn with few colours, so that
// it stays readable on ground: the nearest one that passes, not the nearest.
func shade(p colorprofile.Profile, c, ground color.Color) color.Color {
	switch p {
	case colorprofile.NoTTY, colorprofile.ASCII:
		return nil
	case colorprofile.ANSI:
		return nearest(c, ground, 0, 16)
	case colorprofile.ANSI256:
		return nearest(c, ground, 16, 256)
	case colorprofile.Unknown, colorprofile.TrueColor:
	}
	return c
}

// nearest returns the colour of the indexed ones from lo to before hi that
// looks most like c among those that are readable on ground.
func nearest(c, ground color.Color, lo, hi int) color.Color {
	want, _ := colorful.MakeColor(c)
	best, least := -1, 0.0
	for i := lo; i < hi; i++ {
		x := indexed(i)
		if ground != nil && Contrast(x, ground) < MinContrast {
			continue
		}
		have, _ := colorful.MakeColor(x)
		if d := distance(want, have); best < 0 || d < least {
			best, least = i, d
		}
	}
	if best < 0 {
		return nil
	}
	return indexed(best)
}

// sixteen lists the colours, of the first sixteen, that are readable on a dark or a
// light ground in the palettes that people use: coloured ones, and one without colour.
func sixteen(ground color.Color) (colored []int, plain int) {
	if isLight(ground) {
		return []int{1, 2, 4, 5, 6}, 0
	}
	return []int{9, 10, 11, 12, 13, 14}, 7
}

// named is the one of the sixteen colours that c is meant to be, on the terminal's own
// ground. What they really look like is the user's choice, so their contrast is not
// computed: the lists of sixteen stand for it.
func named(c, ground color.Color) color.Color {
	colored, plain := sixteen(ground)
	x, _ := colorful.MakeColor(c)
	l, chroma, hue := x.OkLch()
	if chroma < 0.06 {
		if plain == 7 && l > 0.92 {
			plain = 15
		}
		return indexed(plain)
	}
	best, least := plain, 360.0
	for _, i := range colored {
		y, _ := colorful.MakeColor(indexed(i))
		_, _, h := y.OkLch()
		d := math.Abs(math.Mod(h-hue+540, 360) - 180)
		if d < least {
			best, least = i, d
		}
	}
	return indexed(best)
}

// isLight reports whether black is easier to read on ground than white.
func isLight(ground color.Color) bool {
	return Contrast(color.White, ground) < Contrast(color.Black, ground)
}

// indexed is the colour of the terminal's table at i.
func indexed(i int) color.Color {
	if i < 16 {
		return ansi.BasicColor(i)
	}
	return ansi.IndexedColor(i)
}

// distance is how unlike two colours look; hue counts more than lightness.
func distance(a, b colorful.Color) float64 {
	al, aa, ab := a.OkLab()
	bl, ba, bb := b.OkLab()
	l, x, y := al-bl, aa-ba, ab-bb
	return l*l + 2*x*x + 2*y*y
}
