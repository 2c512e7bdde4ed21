package pane

import (
	tea "charm.land/bubbletea/v2" // key messages

	"tchat/styles"
)

// Question is a card with a text and one line to write the answer into.
type Question struct {
	Title string
	Text  string
	Warn  string                     // shown as a warning over the text, may be empty
	Keys  string                     // what the keys do, the last line
	Check func(answer string) string // "" when the answer is right, else what is wrong
	NoEsc bool                       // Esc does not close it

	field field
	wrong string
	x, y  int
}

// NewQuestion returns a question whose answer is prefilled.
func NewQuestion(title, text, prefill string, check func(string) string) *Question {
	q := &Question{Title: title, Text: text, Check: check, Keys: "Enter answers   Esc closes"}
	q.field.set(prefill)
	return q
}

// Say shows what was wrong with the answer.
func (q *Question) Say(wrong string) { q.wrong = wrong }

// Rows draws the card.
func (q *Question) Rows(l Look, w, h int) []string {
	inner := cardWidth(w, 56)
	var lines []line
	if q.Warn != "" {
		lines = append(lines, paragraphs(l, inner, styles.Error, q.Warn)...)
		lines = append(lines, nil)
	}
	lines = append(lines, paragraphs(l, inner, styles.Card, q.Text)...)
	var tail []line
	sign := l.Signs().Prompt + " "
	text, x := q.field.row(l.Width, inner-Cells(l.Width, sign)-1)
	tail = append(tail, line{{styles.Prompt, sign}, {styles.Card, Fit(l.Width, text, inner-Cells(l.Width, sign))}})
	if q.wrong != "" {
		tail = append(tail, paragraphs(l, inner, styles.Error, q.wrong)...)
	}
	tail = append(tail, plainLine(q.Keys))
	// The line to write into is always seen: the text above gives way.
	if room := h - 4 - len(tail) - 1; len(lines) > room {
		lines = lines[:max(0, room)]
	}
	if len(lines) > 0 {
		lines = append(lines, nil)
	}
	q.x, q.y = padX+Cells(l.Width, sign)+x, 3+len(lines)
	return boxed(l, w, h, q.Title, append(lines, tail...))
}

// Cursor tells where the cursor stands.
func (q *Question) Cursor() (x, y int, ok bool) { return q.x, q.y, true }

// Key writes into the line; Enter answers when the answer is right.
func (q *Question) Key(k tea.KeyPressMsg) Outcome {
	switch k.String() {
	case "esc":
		if q.NoEsc {
			return nil
		}
		return Closed{}
	case "enter":
		if q.wrong = q.Check(q.field.text); q.wrong == "" {
			return Answer{q.field.text}
		}
	default:
		if q.field.key(k) {
			q.wrong = ""
		}
	}
	return nil
}

// Click does nothing.
func (q *Question) Click(int, int) Outcome { return nil }

// Wheel does nothing.
func (q *Question) Wheel(int) {}

// Paste writes into the line.
func (q *Question) Paste(s string) { q.field.insert(s) }
