package pane

import (
	"strings"

	tea "charm.land/bubbletea/v2" // key messages

	"tchat/styles"
)

// Look is what a pane needs to draw: a theme made ready, and how the terminal
// counts cells.
type Look struct {
	*styles.Styles
	Width Width
}

// Card is a box over everything else. The topmost one gets the keys.
type Card interface {
	// Rows draws the card into at most w x h cells, all rows of one width.
	Rows(l Look, w, h int) []string
	// Cursor tells where the cursor stands in the rows drawn last.
	Cursor() (x, y int, ok bool)
	// Key handles a key; nil means that the card stays.
	Key(k tea.KeyPressMsg) Outcome
	// Click handles a click on a cell of the rows drawn last.
	Click(x, y int) Outcome
	// Wheel scrolls by n rows.
	Wheel(n int)
	// Paste takes pasted text.
	Paste(s string)
}

// Outcome is what came of a card. The set is closed.
//
//sumtype:decl
type Outcome interface{ outcome() }

type (
	// Closed says that the card is done with, and nothing was chosen.
	Closed struct{}

	// Picked says that the thing called ID was chosen.
	Picked struct{ ID string }

	// Answer is what was written into a question, found to be right.
	Answer struct{ Text string }
)

func (Closed) outcome() {}
func (Picked) outcome() {}
func (Answer) outcome() {}

// on returns the pen of t on the background of a card.
func (l Look) on(t styles.Token) styles.Pen {
	st := l.Style(t)
	if l.Mono() {
		return styles.PenOf(st)
	}
	return styles.PenOf(st.Background(l.Style(styles.Card).GetBackground()))
}

// line is one row of a card: pieces that are drawn one after the other.
type line []piece

type piece struct {
	t    styles.Token
	text string
}

func plainLine(s string) line { return line{{styles.Card, s}} }

// padX is the blank at each side of a card.
const padX = 2

// boxed draws a card of at most w x h cells: a title, a blank row and the lines, in
// the card's colours, or within lines of signs where there are none.
func boxed(l Look, w, h int, title string, lines []line) []string {
	inner := Cells(l.Width, title)
	for _, ln := range lines {
		inner = max(inner, ln.cells(l.Width))
	}
	inner = max(0, min(inner, w-2*padX))
	all := []line{{{styles.CardTitle, title}}, nil}
	all = append(all, lines...)
	if n := max(0, h-2); len(all) > n {
		all = all[:n]
	}
	out := make([]string, 0, len(all)+2)
	edge, side := Blank(inner+2*padX), Blank(padX)
	if l.Mono() {
		edge = "+" + strings.Repeat(l.Signs().Rule, max(0, inner+2*padX-2)) + "+"
		side = l.Signs().Divider + Blank(padX-1)
	}
	card := l.Pen(styles.Card)
	out = append(out, Fit(l.Width, card.Draw(edge), min(w, inner+2*padX)))
	for _, ln := range all {
		row := card.Draw(side) + ln.draw(l, inner) + card.Draw(reverse(side))
		out = append(out, Fit(l.Width, row, min(w, inner+2*padX)))
	}
	out = append(out, Fit(l.Width, card.Draw(edge), min(w, inner+2*padX)))
	return out[:min(len(out), max(0, h))]
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func (ln line) cells(w Width) int {
	n := 0
	for _, p := range ln {
		n += Cells(w, Degrade(w, p.text))
	}
	return n
}

// draw gives the line exactly w cells.
func (ln line) draw(l Look, w int) string {
	var b strings.Builder
	left := w
	for _, p := range ln {
		s := Degrade(l.Width, p.text)
		n := Cells(l.Width, s)
		if n > left {
			s = FitTail(l.Width, s, left, l.Signs().Ellipsis)
			n = left
		}
		pen := l.on(p.t)
		if p.t == styles.Button || p.t == styles.ButtonFocus || p.t == styles.Selection || p.t == styles.Input {
			pen = l.Pen(p.t)
		}
		b.WriteString(pen.Draw(s))
		if left -= n; left <= 0 {
			break
		}
	}
	b.WriteString(l.Pen(styles.Card).Draw(Blank(left)))
	return b.String()
}

// paragraphs wraps text to w cells for a card.
func paragraphs(l Look, w int, t styles.Token, text string) []line {
	var out []line
	for s := range strings.SplitSeq(text, "\n") {
		for row := range strings.SplitSeq(l.Width.Wrap(Degrade(l.Width, s), max(1, w), "-"), "\n") {
			out = append(out, line{{t, row}})
		}
	}
	return out
}

// cardWidth is how wide the text of a card is where there is w for all.
func cardWidth(w, want int) int { return max(1, min(want, w-2*padX)) }
