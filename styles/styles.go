package styles

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"                // draws
	"github.com/charmbracelet/colorprofile" // how many colours a terminal has
)

// Options says what is known of a terminal.
type Options struct {
	Profile    colorprofile.Profile // how many colours; Unknown means all of them
	Background color.Color          // what the terminal told; nil means the theme's Ground
}

// Styles is a theme made ready for one terminal. It never changes, so that any
// number of goroutines may use it.
type Styles struct {
	theme  Theme
	opts   Options
	ground color.Color
	tokens [tokenCount]lipgloss.Style
	pens   [tokenCount]Pen
	said   map[string]lipgloss.Style
	nicks  []lipgloss.Style
	quills []Pen // the pens of nicks
}

// New makes t ready for a terminal. It costs about a millisecond: call it when
// the theme, the profile or the background changes, not for a frame.
func New(t Theme, o Options) *Styles {
	s := &Styles{theme: t, opts: o, ground: o.Background, said: map[string]lipgloss.Style{}}
	if s.ground == nil {
		s.ground = hex(t.Ground)
	}
	if s.ground == nil {
		s.ground = color.Black
	}
	for _, m := range Tokens() {
		s.tokens[m.Token] = s.draw(t.Inks[m.Token], m)
		s.pens[m.Token] = PenOf(s.tokens[m.Token])
	}
	for name, ink := range t.Said {
		s.said[name] = s.draw(ink, Meaning{})
	}
	s.nicks = nickStyles(s.nickProfile(), s.ground)
	for _, st := range s.nicks {
		s.quills = append(s.quills, PenOf(st))
	}
	return s
}

// nickProfile is the profile for nick colours: a theme without inks has none.
func (s *Styles) nickProfile() colorprofile.Profile {
	if len(s.theme.Inks) == 0 {
		return colorprofile.ASCII
	}
	return s.opts.Profile
}

// draw makes the style of one meaning: its colours as far as the terminal has
// them, else the attributes that stand in for them.
func (s *Styles) draw(ink Ink, m Meaning) lipgloss.Style {
	fg, bg := s.colors(ink)
	attrs := m.Always
	if fg == nil && bg == nil {
		attrs |= m.Mono
	}
	st := attributes(lipgloss.NewStyle(), attrs)
	if fg != nil {
		st = st.Foreground(fg)
	}
	if bg != nil {
		st = st.Background(bg)
	}
	return st
}

func (s *Styles) colors(ink Ink) (fg, bg color.Color) {
	behind := s.ground
	if c := hex(ink.Bg); c != nil {
		bg = shade(s.opts.Profile, c, nil)
		if bg != nil {
			behind = bg
		}
	}
	switch c := hex(ink.Fg); {
	case c == nil:
	case bg == nil && s.opts.Profile == colorprofile.ANSI:
		fg = named(c, s.ground)
	default:
		fg = shade(s.opts.Profile, readable(c, behind), behind)
	}
	return fg, bg
}

func attributes(st lipgloss.Style, a Attr) lipgloss.Style {
	return st.Bold(a&Bold != 0).Faint(a&Faint != 0).Italic(a&Italic != 0).
		Underline(a&Underline != 0).Reverse(a&Reverse != 0).Strikethrough(a&Strike != 0)
}

// Theme returns the theme that s draws.
func (s *Styles) Theme() Theme { return s.theme }

// Signs returns the theme's characters.
func (s *Styles) Signs() *Signs { return &s.theme.Signs }

// Mono reports whether there are no colours, so that what they carry must be
// said in another way.
func (s *Styles) Mono() bool { return s.tokens[Quiet].GetForeground() == (lipgloss.NoColor{}) }

// Style returns the style of a meaning.
func (s *Styles) Style(t Token) lipgloss.Style { return s.tokens[t] }

// Pen returns the pen of a meaning: what Style draws, ready made.
func (s *Styles) Pen(t Token) Pen { return s.pens[t] }

// Paint draws text, which is one line, as t.
func (s *Styles) Paint(t Token, text string) string { return s.pens[t].Draw(text) }

// Said returns the style of a message with a palette name; the empty name and
// an unknown one are Text.
func (s *Styles) Said(name string) lipgloss.Style {
	if st, ok := s.said[name]; ok {
		return st
	}
	return s.tokens[Text]
}

// Nick returns the style of a nick, in any case: bold, in the colour that it has
// on every screen.
func (s *Styles) Nick(nick string) lipgloss.Style { return s.nicks[nickIndex(nick)] }

// NickPen returns the pen of a nick: what Nick draws, ready made.
func (s *Styles) NickPen(nick string) Pen { return s.quills[nickIndex(nick)] }

// Pen is a style as the two sequences around what it draws: cheap enough for
// every row of every frame.
type Pen struct{ on, off string }

// PenOf makes the pen of a style. What the style says of size, margin and border is
// left out.
func PenOf(st lipgloss.Style) Pen {
	on, off, _ := strings.Cut(st.Inline(true).Render("x"), "x")
	return Pen{on, off}
}

// On returns the sequence that starts the pen.
func (p Pen) On() string { return p.on }

// Off returns the sequence that ends it; it ends every other pen as well.
func (p Pen) Off() string { return p.off }

// Draw returns text, which is one line, drawn with the pen.
func (p Pen) Draw(text string) string {
	if text == "" || p.on == "" {
		return text
	}
	return p.on + text + p.off
}
