package styles

import (
	"image/color"
	"math"

	"github.com/lucasb-eyer/go-colorful" // OkLch: equal steps look equal
)

// MinContrast is the least contrast of a foreground to its background (WCAG 2,
// level AA for text).
const MinContrast = 4.5

// Contrast returns the WCAG contrast of two colours, from 1 to 21.
func Contrast(a, b color.Color) float64 {
	l, m := luminance(a), luminance(b)
	if l < m {
		l, m = m, l
	}
	return (l + 0.05) / (m + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(v uint32) float64 {
	x := float64(v) / 0xffff
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// readable moves the lightness of c, away from ground, until their contrast is
// MinContrast, keeping the hue. A colour that passes comes back as it is.
func readable(c, ground color.Color) color.Color {
	if Contrast(c, ground) >= MinContrast {
		return c
	}
	x, _ := colorful.MakeColor(c)
	l, chroma, hue := x.OkLch()
	step := 0.01
	if isLight(ground) {
		step = -step
	}
	for l += step; l > 0 && l < 1; l += step {
		if y := solid(l, chroma, hue); Contrast(y, ground) >= MinContrast {
			return y
		}
	}
	if step > 0 {
		return color.White
	}
	return color.Black
}

// solid is the colour as the screen will show it: inside its gamut, 8 bits a
// channel.
func solid(l, chroma, hue float64) color.RGBA {
	r, g, b := colorful.OkLch(l, chroma, hue).Clamped().RGB255()
	return color.RGBA{r, g, b, 0xff}
}

// hex reads "#rrggbb"; anything else is nil, the terminal's own colour.
func hex(s string) color.Color {
	c, err := colorful.Hex(s)
	if err != nil || len(s) != 7 {
		return nil
	}
	r, g, b := c.RGB255()
	return color.RGBA{r, g, b, 0xff}
}
