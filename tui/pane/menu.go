package pane

import (
	"strings"

	tea "charm.land/bubbletea/v2" // key messages

	"tchat/styles"
)

// Button is one way on from a Menu.
type Button struct {
	ID    string
	Label string
	Key   string // presses it as well, may be empty
}

// Menu is a card with a text and buttons.
type Menu struct {
	Title   string
	Text    string
	Buttons []Button
	NoEsc   bool // Esc does not close it

	at   int
	rows []spot
}

// Rows draws the card; the buttons stand below each other where they do not fit
// side by side.
func (m *Menu) Rows(l Look, w, h int) []string {
	inner := cardWidth(w, 56)
	lines := paragraphs(l, inner, styles.Card, m.Text)
	buttons := m.buttonLines(l, inner)
	if room := h - 4 - len(buttons) - 1; len(lines) > room {
		lines = lines[:max(0, room)]
	}
	if len(lines) > 0 && len(buttons) > 0 {
		lines = append(lines, nil)
	}
	for i := range m.rows {
		m.rows[i].row += 3 + len(lines)
	}
	return boxed(l, w, h, m.Title, append(lines, buttons...))
}

// buttonLines draws the buttons and remembers where they are.
func (m *Menu) buttonLines(l Look, inner int) []line {
	m.rows = m.rows[:0]
	var out []line
	x := 0
	for i, b := range m.Buttons {
		t, label := styles.Button, "["+b.Label+"]"
		if i == m.at {
			t = styles.ButtonFocus
		}
		n := Cells(l.Width, label)
		if x > 0 && x+1+n <= inner {
			last := len(out) - 1
			out[last] = append(out[last], piece{styles.Card, " "}, piece{t, label})
			x++
		} else {
			out = append(out, line{{t, label}})
			x = 0
		}
		m.rows = append(m.rows, spot{row: len(out) - 1, x: padX + x, end: padX + x + n})
		x += n
	}
	return out
}

// Cursor tells that there is none.
func (m *Menu) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Key moves between the buttons and presses them.
func (m *Menu) Key(k tea.KeyPressMsg) Outcome {
	n := len(m.Buttons)
	switch s := k.String(); s {
	case "esc":
		if !m.NoEsc {
			return Closed{}
		}
	case "left", "up", "shift+tab":
		m.at = (m.at + n - 1) % max(1, n)
	case "right", "down", "tab":
		m.at = (m.at + 1) % max(1, n)
	case "enter":
		if n > 0 {
			return Picked{m.Buttons[m.at].ID}
		}
		return Closed{}
	default:
		for _, b := range m.Buttons {
			if b.Key != "" && strings.EqualFold(b.Key, s) {
				return Picked{b.ID}
			}
		}
	}
	return nil
}

// Click presses a button.
func (m *Menu) Click(x, y int) Outcome {
	for i, s := range m.rows {
		if s.row == y && x >= s.x && x < s.end {
			return Picked{m.Buttons[i].ID}
		}
	}
	return nil
}

// Wheel does nothing.
func (m *Menu) Wheel(int) {}

// Paste does nothing.
func (m *Menu) Paste(string) {}
