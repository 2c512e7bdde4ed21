package pane

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi" // takes styles off, to draw them anew under the pointer

	"tchat/styles"
)

// drawnRow is what a row of the view shows: a row of an item's block, or nothing.
type drawnRow struct {
	item, row int
	block     *block
}

// Rows returns the view: as many rows as the height, each of exactly the width. The
// slice is the list's own and good until the next call; do not change it. When nothing
// changed since the last call it costs nothing.
func (l *Messages) Rows() []string {
	if l.version == l.drawnVersion {
		return l.rows
	}
	l.rows, l.drawn = l.rows[:0], l.drawn[:0]
	if l.w > 0 && l.h > 0 {
		l.fillRows()
		l.drawPicked()
		l.drawHover()
		l.drawPill()
	}
	for len(l.rows) < l.h {
		l.rows = append(l.rows, Blank(l.w))
		l.drawn = append(l.drawn, drawnRow{})
	}
	l.drawnVersion = l.version
	return l.rows
}

// fillRows draws the items from the anchor on.
func (l *Messages) fillRows() {
	n := l.Len()
	if n == 0 {
		l.drawHint()
		return
	}
	top, off := l.place()
	for i := top; i < n && len(l.rows) < l.h; i++ {
		b := l.block(i)
		for r := off; r < len(b.rows) && len(l.rows) < l.h; r++ {
			row := b.rows[r]
			if r == b.unread {
				row = l.unreadRow()
			}
			l.rows = append(l.rows, row)
			l.drawn = append(l.drawn, drawnRow{i, r, b})
		}
		off = 0
	}
}

// drawHint tells what to do in an empty room, in the middle of it.
func (l *Messages) drawHint() {
	var rows []string
	for line := range strings.SplitSeq(Degrade(l.wm, l.hint), "\n") {
		limit := max(1, l.w-4)
		for _, c := range wrapText(l.wm, line, limit, limit, false, nil) {
			s := line[c.from:c.to]
			s = Blank(Center(c.cells, l.w)) + l.st.Paint(styles.Quiet, s)
			rows = append(rows, Fit(l.wm, s, l.w))
		}
	}
	for range Center(len(rows), l.h) {
		l.rows = append(l.rows, Blank(l.w))
	}
	l.rows = append(l.rows, rows[:min(len(rows), l.h)]...)
	l.drawn = append(l.drawn, make([]drawnRow, len(l.rows))...)
}

// drawPill lays "5 new below" over the last row when the reader is further up.
func (l *Messages) drawPill() {
	l.pill = span{}
	n := l.NewBelow()
	if n == 0 {
		return
	}
	text := " " + l.st.Signs().Down + " " + strconv.Itoa(n) + " new below  End "
	if Cells(l.wm, text) > l.w-2 {
		text = " " + l.st.Signs().Down + " " + strconv.Itoa(n) + " "
	}
	cells := Cells(l.wm, text)
	x, y := l.w-cells-1, len(l.rows)-1
	if x < 0 {
		return
	}
	l.rows[y] = Splice(l.wm, l.rows[y], l.st.Paint(styles.Pill, text), x)
	l.pill = span{y, x, x + cells, Target{Kind: TargetBottom}}
}

// drawHover underlines what the pointer is on.
func (l *Messages) drawHover() {
	h := l.hover
	if h.target.Kind == TargetNone || h.target.Kind == TargetBottom || h.row >= len(l.rows) {
		return
	}
	if now, ok := l.spanAt(h.from, h.row); !ok || now != h { // it has moved away
		l.hover = span{}
		return
	}
	text := ansi.Strip(Cut(l.wm, l.rows[h.row], h.from, h.to))
	st := l.st.Style(styles.Link)
	if h.target.Kind == TargetNick {
		st = l.st.Nick(h.target.Nick.String())
	}
	pen := styles.PenOf(st.Underline(true).Bold(true))
	l.rows[h.row] = Splice(l.wm, l.rows[h.row], pen.Draw(text), h.from)
}

// unreadRow is the line before the first unread message.
func (l *Messages) unreadRow() string {
	return l.ruled(styles.UnreadLine, strconv.Itoa(l.unreadCount)+" new", l.w/2)
}

// ruled returns a line with a label whose middle is at a column.
func (l *Messages) ruled(t styles.Token, label string, middle int) string {
	rule := l.st.Signs().Rule
	n := l.w - 2*l.grid.edge
	label = " " + label + " "
	if n < len(label) {
		return l.st.Paint(t, Fit(l.wm, strings.TrimSpace(label), l.w))
	}
	left := max(0, min(middle-len(label)/2-l.grid.edge, n-len(label)))
	s := strings.Repeat(rule, left) + label + strings.Repeat(rule, n-left-len(label))
	return Blank(l.grid.edge) + l.st.Paint(t, s) + Blank(l.grid.edge)
}
