package pane

import (
	"slices"

	tea "charm.land/bubbletea/v2" // key messages

	"tchat/styles"
)

// Item is something that the palette can do.
type Item struct {
	ID    string
	Title string
	Note  string // what kind of thing it is, or its key
}

// Palette is the card that goes to rooms and people and does things, by a few
// letters of their names.
type Palette struct {
	items []Item
	shown []Item
	field field
	at    int
	off   int
	x, h  int
}

// NewPalette returns a palette of items, in the order in which they are shown
// while nothing is written.
func NewPalette(items []Item) *Palette {
	return &Palette{items: items, shown: items}
}

// filter keeps what matches, the best first.
func (p *Palette) filter() {
	type hit struct {
		item  Item
		score int
	}
	var hits []hit
	for _, it := range p.items {
		if score, ok := fuzzy(p.field.text, it.Title); ok {
			hits = append(hits, hit{it, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	p.shown, p.at, p.off = nil, 0, 0
	for _, h := range hits {
		p.shown = append(p.shown, h.item)
	}
}

// Rows draws the card.
func (p *Palette) Rows(l Look, w, h int) []string {
	inner := cardWidth(w, 52)
	sign := l.Signs().Prompt + " "
	text, x := p.field.row(l.Width, inner-Cells(l.Width, sign)-1)
	p.x = padX + Cells(l.Width, sign) + x
	lines := []line{{{styles.Prompt, sign}, {styles.Card, Fit(l.Width, text, max(0, inner-Cells(l.Width, sign)))}}}
	p.h = max(0, min(12, h-5))
	p.off = max(0, min(p.off, p.at, len(p.shown)-p.h))
	if p.at >= p.off+p.h {
		p.off = p.at - p.h + 1
	}
	for i := range p.h {
		n := p.off + i
		if n >= len(p.shown) {
			lines = append(lines, nil)
			continue
		}
		t, mark := styles.Card, "  "
		if n == p.at {
			t, mark = styles.Selection, l.Signs().Selected+" "
		}
		it := p.shown[n]
		note := " " + it.Note + " "
		room := max(0, inner-Cells(l.Width, note))
		lines = append(lines, line{{t, FitTail(l.Width, mark+Degrade(l.Width, it.Title), room, l.Signs().Ellipsis) + note}})
	}
	if len(p.shown) == 0 && p.h > 0 {
		lines[1] = plainLine(" nothing of that name")
	}
	return boxed(l, w, h, "Go to", lines)
}

// Cursor tells where the cursor stands.
func (p *Palette) Cursor() (x, y int, ok bool) { return p.x, 3, true }

// Key writes, moves and picks.
func (p *Palette) Key(k tea.KeyPressMsg) Outcome {
	switch k.String() {
	case "esc", "ctrl+k":
		return Closed{}
	case "up", "ctrl+p", "shift+tab":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-p.h)
	case "pgdown":
		p.move(p.h)
	case "enter":
		if p.at < len(p.shown) {
			return Picked{p.shown[p.at].ID}
		}
	default:
		if before := p.field.text; p.field.key(k) && p.field.text != before {
			p.filter()
		}
	}
	return nil
}

func (p *Palette) move(n int) { p.at = max(0, min(p.at+n, len(p.shown)-1)) }

// Click picks a row.
func (p *Palette) Click(_, y int) Outcome {
	if n := p.off + y - 4; y >= 4 && y < 4+p.h && n < len(p.shown) {
		return Picked{p.shown[n].ID}
	}
	return nil
}

// Wheel moves the choice.
func (p *Palette) Wheel(n int) { p.move(n) }

// Paste writes into the line.
func (p *Palette) Paste(s string) {
	p.field.insert(s)
	p.filter()
}
