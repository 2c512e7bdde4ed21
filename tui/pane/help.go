package pane

import (
	tea "charm.land/bubbletea/v2" // key messages

	"tchat/styles"
)

// HelpLine is one line of help: a heading, or a key or command and what it does.
type HelpLine struct{ Head, Left, Right string }

// Help is the card that shows keys and commands. Letters search in it.
type Help struct {
	lines []HelpLine
	field field
	off   int
	x, h  int
}

// NewHelp returns a help card.
func NewHelp(lines []HelpLine) *Help { return &Help{lines: lines} }

// shown are the lines that match what was written.
func (p *Help) shown() []HelpLine {
	if p.field.text == "" {
		return p.lines
	}
	var out []HelpLine
	for _, ln := range p.lines {
		if ln.Head == "" && contains(ln.Left+" "+ln.Right, p.field.text) {
			out = append(out, ln)
		}
	}
	return out
}

// Rows draws the card.
func (p *Help) Rows(l Look, w, h int) []string {
	inner := cardWidth(w, 68)
	left := 0
	for _, ln := range p.lines {
		left = max(left, Cells(l.Width, ln.Left))
	}
	left = min(left, inner*2/5)
	text, x := p.field.row(l.Width, inner-8)
	p.x = padX + len("search ") + x
	lines := []line{{{styles.Quiet, "search "}, {styles.Card, Fit(l.Width, text, max(0, inner-7))}}}
	all := p.shown()
	p.h = max(0, h-5)
	p.off = max(0, min(p.off, len(all)-p.h))
	for _, ln := range all[p.off:min(len(all), p.off+p.h)] {
		if ln.Head != "" {
			lines = append(lines, line{{styles.Heading, ln.Head}})
			continue
		}
		lines = append(lines, line{
			{styles.Key, FitTail(l.Width, ln.Left, left, l.Signs().Ellipsis)}, {styles.Card, "  " + ln.Right},
		})
	}
	if len(all) == 0 {
		lines = append(lines, plainLine("nothing of that name"))
	}
	title := "Keys and commands"
	if len(all) > p.h {
		title += "   Up and Down scroll, Esc closes"
	}
	return boxed(l, w, h, title, lines)
}

// Cursor tells where the cursor stands.
func (p *Help) Cursor() (x, y int, ok bool) { return p.x, 3, true }

// Key scrolls and searches.
func (p *Help) Key(k tea.KeyPressMsg) Outcome {
	switch k.String() {
	case "esc", "f1", "enter":
		return Closed{}
	case "up":
		p.off--
	case "down":
		p.off++
	case "pgup":
		p.off -= p.h
	case "pgdown":
		p.off += p.h
	case "home":
		p.off = 0
	case "end":
		p.off = len(p.lines)
	default:
		if p.field.key(k) {
			p.off = 0
		}
	}
	return nil
}

// Click does nothing.
func (p *Help) Click(int, int) Outcome { return nil }

// Wheel scrolls.
func (p *Help) Wheel(n int) { p.off += n }

// Paste searches.
func (p *Help) Paste(s string) { p.field.insert(s) }
