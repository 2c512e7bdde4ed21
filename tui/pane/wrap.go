package pane

import "github.com/charmbracelet/x/ansi" // finds where a character on the screen ends

// cut is one row of a wrapped line: the bytes that it shows and their cells.
type cut struct {
	from, to int
	cells    int
	sub      bool // the one character in it does not fit: a sign stands for it
}

// wrapper breaks one line of text into rows, by the cells that w counts.
type wrapper struct {
	w     Width
	text  string
	rest  int  // cells of the rows after the first
	exact bool // keep every blank, break anywhere: code

	limit      int // cells of the current row
	from       int // where the current row begins
	cells      int // what it has up to the current place
	ink        int // where its last character that is not a blank ends
	inkCells   int
	brk        int // where the row may end and the next begin; 0 is nowhere
	brkInk     int // the ends without the blanks before the break
	brkInkCell int
	cuts       []cut
}

// wrapText breaks text, which is one line, into rows of at most first cells and
// then rest cells: at blanks, which it swallows, and beside wide characters, else
// inside a word that is longer than a row. The blanks in front of a line stay. The
// rows are appended to cuts; there is at least one.
func wrapText(w Width, text string, first, rest int, exact bool, cuts []cut) []cut {
	first, rest = max(first, 1), max(rest, 1)
	if len(text) <= first && plainASCII(text) {
		return append(cuts, cut{0, len(text), len(text), false})
	}
	p := wrapper{w: w, text: text, limit: first, rest: rest, exact: exact, cuts: cuts}
	p.run()
	return p.cuts
}

func (p *wrapper) run() {
	for i := 0; i < len(p.text); {
		n, cells := p.char(i)
		blank := p.text[i] == ' ' && !p.exact
		switch {
		case p.cells+cells <= p.limit:
			p.take(i, n, cells, blank)
			i += n
		case blank:
			p.end(p.ink, p.inkCells)
			for i < len(p.text) && p.text[i] == ' ' {
				i++
			}
			p.next(i)
		case p.brk > 0:
			p.end(p.brkInk, p.brkInkCell)
			i = p.brk
			p.next(i)
		case p.cells > 0:
			p.end(i, p.cells)
			p.next(i)
		default:
			p.cuts = append(p.cuts, cut{i, i + n, 1, true})
			i += n
			p.next(i)
		}
	}
	if p.from < len(p.text) || len(p.cuts) == 0 || p.text == "" {
		p.end(p.ink, p.inkCells)
	}
}

// char returns the bytes and cells of the character at i.
func (p *wrapper) char(i int) (n, cells int) {
	if p.text[i] < 0x80 && (i+1 == len(p.text) || p.text[i+1] < 0x80) {
		return 1, 1
	}
	cluster, cells := ansi.FirstGraphemeCluster(p.text[i:], p.w)
	return len(cluster), cells
}

// take puts the character at i into the row.
func (p *wrapper) take(i, n, cells int, blank bool) {
	if cells > 1 && p.inkCells > 0 && !p.exact { // one may break before a wide one
		p.mark(i)
	}
	p.cells += cells
	switch {
	case blank:
		if p.inkCells > 0 {
			p.mark(i + n)
		}
	default:
		p.ink, p.inkCells = i+n, p.cells
		if cells > 1 && !p.exact {
			p.mark(i + n)
		}
	}
}

// mark says that the row may end at i.
func (p *wrapper) mark(i int) {
	p.brk, p.brkInk, p.brkInkCell = i, p.ink, p.inkCells
}

// end ends the row.
func (p *wrapper) end(to, cells int) {
	p.cuts = append(p.cuts, cut{p.from, max(to, p.from), cells, false})
}

// next begins a row at i.
func (p *wrapper) next(i int) {
	p.from, p.cells, p.ink, p.inkCells, p.brk = i, 0, i, 0, 0
	p.limit = p.rest
}
