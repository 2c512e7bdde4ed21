package pane

import (
	"slices"
	"strconv"

	"tchat/chatnet"
	"tchat/styles"
)

// Knocks is the card at the bottom that shows who waits to be let in. It takes
// no keys unless it has the focus.
type Knocks struct {
	list  []chatnet.Knock
	focus bool
	spots []spot
}

// spot is a clickable part of a row.
type spot struct {
	row, x, end int
	admit       bool
}

// Set replaces the list, oldest first.
func (p *Knocks) Set(list []chatnet.Knock) {
	p.list = slices.Clone(list)
	if len(list) == 0 {
		p.focus = false
	}
}

// First returns who has waited longest.
func (p *Knocks) First() (chatnet.Knock, bool) {
	if len(p.list) == 0 {
		return chatnet.Knock{}, false
	}
	return p.list[0], true
}

// List returns everybody who waits, oldest first.
func (p *Knocks) List() []chatnet.Knock { return p.list }

// Focus gives the card the keys, or takes them away.
func (p *Knocks) Focus(on bool) { p.focus = on && len(p.list) > 0 }

// Focused reports whether the card has the keys.
func (p *Knocks) Focused() bool { return p.focus }

// buttons are the two answers, in the order in which they are drawn.
func (p *Knocks) buttons() []string {
	if p.focus {
		return []string{"[y accept]", "[n refuse]"}
	}
	return []string{"[accept]", "[refuse]"}
}

// about says who knocks, from where and through which door.
func (p *Knocks) about() []piece {
	k := p.list[0]
	out := []piece{{styles.Card, " knock "}, {styles.CardTitle, k.Nick.String()}, {styles.Card, " from " + k.Addr}}
	if k.Door != "" {
		out = append(out, piece{styles.Card, " via " + k.Door})
	}
	if n := len(p.list) - 1; n > 0 {
		out = append(out, piece{styles.Card, ", " + strconv.Itoa(n) + " more"})
	}
	return out
}

// Rows draws the card into w cells and at most h rows: one where there is room,
// else two; none when nobody waits.
func (p *Knocks) Rows(l Look, w, h int) []string {
	p.spots = p.spots[:0]
	if len(p.list) == 0 || h <= 0 || w <= 0 {
		return nil
	}
	about := p.about()
	t := styles.Button
	if p.focus {
		t = styles.ButtonFocus
	}
	labels := p.buttons()
	n := len(labels[0]) + len(labels[1]) + 3
	row := 0
	if line(about).cells(l.Width)+n > w && h >= 2 {
		row = 1
	}
	room := w - n
	if row == 1 {
		room = 0
	}
	x := max(0, room)
	tail := []piece{{styles.Card, " "}, {t, labels[0]}, {styles.Card, " "}, {t, labels[1]}, {styles.Card, " "}}
	x++
	for i, s := range labels {
		p.spots = append(p.spots, spot{row, x, x + len(s), i == 0})
		x += len(s) + 1
	}
	if row == 1 {
		return []string{l.pieces(about, w, styles.Card), Fit(l.Width, l.buttonRow(tail, w), w)}
	}
	return []string{Fit(l.Width, l.pieces(about, max(0, room), styles.Card)+l.buttonRow(tail, min(n, w)), w)}
}

// buttonRow draws pieces of which buttons keep their own background.
func (l Look) buttonRow(ps []piece, w int) string { return line(ps).draw(l, w) }

// Hit tells which answer is drawn at a cell, and whom it is about.
func (p *Knocks) Hit(x, row int) (nick chatnet.Nick, admit, ok bool) {
	for _, s := range p.spots {
		if s.row == row && x >= s.x && x < s.end {
			return p.list[0].Nick, s.admit, true
		}
	}
	return chatnet.Nick{}, false, false
}
