package pane

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi" // makes links that a terminal can open

	"tchat/styles"
)

// fence opens and closes lines of code.
const fence = "```"

// text draws what somebody said, line by line; with marks, what they mean is drawn and
// not the marks.
func (d *drawer) text(s string, b base, marks bool) {
	rows, fenced := len(d.b.rows), false
	for more := true; more; {
		var line string
		line, s, more = strings.Cut(s, "\n")
		d.ending = !more
		code := fenced
		if marks && strings.HasPrefix(line, fence) {
			inner, closed := strings.CutSuffix(line[len(fence):], fence)
			if !closed || inner == "" {
				fenced = !fenced
				continue
			}
			line, code = inner, true
		}
		d.say(Degrade(d.l.wm, line), b, marks, code)
	}
	if len(d.b.rows) == rows || d.tail != "" { // nothing but fences, or one at the end
		d.ending = true
		d.say("", b, false, false)
	}
}

// say draws one line.
func (d *drawer) say(line string, b base, marks, code bool) {
	p := &d.in
	p.reset(d.l.st.Mono())
	hang, lk := 0, look(0)
	switch {
	case code:
		p.emit(line, lookCode, 0)
	case !marks:
		p.emit(line, 0, 0)
	default:
		if rest, ok := strings.CutPrefix(line, ">"); ok && d.l.grid.line > 8 {
			line, hang, lk = strings.TrimPrefix(rest, " "), 2, lookQuote
		}
		if !d.mine() {
			p.self = d.l.nick.String()
		}
		p.parse(line, lk)
	}
	if d.ending {
		p.emit(d.tail, lookNote, 0)
		d.tail = ""
	}
	text := line
	if string(p.out) != text {
		text = string(p.out)
	}
	first, rest := d.room(d.lead.firstW)-hang, d.room(d.lead.restW)-hang
	if first < min(8, rest) {
		d.row(Fit(d.l.wm, d.lead.first, d.l.w))
		d.lead.first, d.lead.firstW, first = d.lead.rest, d.lead.restW, rest
	}
	d.cuts = wrapText(d.l.wm, text, first, rest, code, d.cuts[:0])
	e := emitter{d: d, text: text, base: b, hang: hang}
	for _, c := range d.cuts {
		d.row(e.row(c))
		d.lead.first, d.lead.firstW = d.lead.rest, d.lead.restW
	}
	d.link += len(p.refs)
}

// room is how many cells are left for text behind a lead.
func (d *drawer) room(lead int) int { return d.l.w - d.l.grid.edge - lead }

// emitter writes the rows of one line.
type emitter struct {
	d    *drawer
	text string
	base base
	hang int // cells of the quote's edge
	at   int // the run that the next row begins in
}

// row writes one row, of the list's whole width.
func (e *emitter) row(c cut) string {
	l := e.d.l
	e.d.buf = append(e.d.buf[:0], e.d.lead.first...)
	x := e.d.lead.firstW
	if e.hang > 0 {
		e.d.buf = append(e.d.buf, l.st.Paint(styles.Quiet, l.st.Signs().Quote)...)
		e.d.buf = append(e.d.buf, ' ')
		x += e.hang
	}
	if c.sub {
		e.d.buf = append(e.d.buf, l.pen(e.base, 0).Draw("?")...)
	} else {
		x = e.pieces(c, x) - 1
	}
	if x++; x > l.w { // characters that joined over the marks between them
		return Fit(l.wm, string(e.d.buf), l.w)
	}
	e.d.buf = append(e.d.buf, Blank(l.w-x)...)
	return string(e.d.buf)
}

// pieces writes the runs of a row that begins at column x, and returns the column behind
// them.
func (e *emitter) pieces(c cut, x int) int {
	runs := e.d.in.runs
	for e.at > 0 && runs[e.at-1].end > c.from {
		e.at--
	}
	for from := c.from; from < c.to; e.at++ {
		r := runs[e.at]
		if r.end <= from {
			continue
		}
		to := min(r.end, c.to)
		x = e.piece(e.text[from:to], r, x)
		if from = to; to < r.end {
			break
		}
	}
	return x
}

// piece writes a part of one run and returns the column behind it.
func (e *emitter) piece(s string, r run, x int) int {
	l := e.d.l
	cells := Cells(l.wm, s)
	pen := l.pen(e.base, r.look)
	link := ""
	if r.ref > 0 {
		t := e.d.in.refs[r.ref-1]
		e.d.b.spans = append(e.d.b.spans, span{len(e.d.b.rows), x, x + cells, t})
		if t.Kind == TargetLink {
			link = linkURI(t.URL)
		}
	}
	if link != "" {
		id := "id=" + strconv.FormatUint(e.d.it.id, 36) + "." + strconv.Itoa(e.d.link+r.ref)
		e.d.buf = append(e.d.buf, ansi.SetHyperlink(link, id)...)
	}
	e.d.buf = append(e.d.buf, pen.On()...)
	e.d.buf = append(e.d.buf, s...)
	e.d.buf = append(e.d.buf, pen.Off()...)
	if link != "" {
		e.d.buf = append(e.d.buf, ansi.ResetHyperlink()...)
	}
	return x + cells
}
