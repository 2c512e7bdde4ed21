package pane

import (
	"tchat/chatnet"
	"tchat/styles"
)

// drawer draws one item.
type drawer struct {
	l      *Messages
	it     *item
	b      *block
	lead   lead   // what stands before the rows of the text
	link   int    // how many links there were
	aside  *aside // of a stored message; may be nil
	tail   string // said quietly behind the text: that it was edited
	ending bool   // the last line of the text is being drawn
	*scratch
}

// scratch is room that one item after the other is drawn in.
type scratch struct {
	in   inline
	cuts []cut
	buf  []byte
}

// lead is what stands before the text: another thing on the first row.
type lead struct {
	first, rest   string
	firstW, restW int
}

// draw draws an item with what is around it.
func (l *Messages) draw(it *item, a around) *block {
	d := &drawer{l: l, it: it, b: &block{around: a, unread: -1}, scratch: &l.scratch}
	if a&aroundOlder != 0 {
		d.older(a&aroundAsked != 0)
	}
	if a&aroundDay != 0 {
		day := l.date(it.at)
		d.row(l.ruled(styles.DayLine, day, l.grid.nick+len(day)/2+1))
	}
	if a&aroundUnread != 0 {
		d.b.unread = len(d.b.rows)
		d.row("")
	}
	d.b.body = len(d.b.rows)
	if it.kind == kindSaid && it.extra == nil {
		d.aside = l.asides[it.seq]
	}
	switch it.kind {
	case kindSaid:
		d.said()
	case kindFold:
		d.sign(l.st.Signs().Event, styles.Quiet)
		d.text(it.extra.fold.String(), baseQuiet, false)
	case kindNotice:
		d.edgeSign(l.st.Signs().Notice, styles.Notice)
		d.text(it.text.String(), baseNotice, true)
	case kindError:
		d.edgeSign(l.st.Signs().Error, styles.Error)
		d.text(it.text.String(), baseError, true)
	}
	return d.b
}

func (d *drawer) row(s string) { d.b.rows = append(d.b.rows, s) }

// older is the row that stands for what is above the first item.
func (d *drawer) older(asked bool) {
	text := d.l.st.Signs().Up + " older messages"
	if asked {
		text = "loading older messages " + d.l.st.Signs().Ellipsis
	}
	x := Center(Cells(d.l.wm, text), d.l.w)
	d.row(Fit(d.l.wm, Blank(x)+d.l.st.Paint(styles.Quiet, text), d.l.w))
	d.b.spans = append(d.b.spans, span{0, 0, d.l.w, Target{Kind: TargetOlder}})
}

// sign makes a lead for lines that nobody said.
func (d *drawer) sign(sign string, t styles.Token) {
	g := d.l.grid
	d.lead.rest, d.lead.restW = Blank(g.text), g.text
	d.lead.first, d.lead.firstW = d.lead.rest, g.text
	if g.edge > 0 {
		at := g.nick
		if g.narrow {
			at = 0
		}
		d.lead.first = Blank(at) + d.l.st.Paint(t, sign) + Blank(g.text-at-1)
	}
}

// edgeSign makes a lead at the edge: such lines may hold what is to be copied, and get
// all the width there is.
func (d *drawer) edgeSign(sign string, t styles.Token) {
	g := d.l.grid
	if g.narrow {
		d.sign(sign, t)
		return
	}
	w := g.edge + 2
	d.lead = lead{Blank(g.edge) + d.l.st.Paint(t, sign) + " ", Blank(w), w, w}
}

// said draws a message: who and when, the text, and what became of it.
func (d *drawer) said() {
	mark := " "
	switch {
	case d.mine():
		mark = d.l.st.Paint(styles.NickSelf, d.l.st.Signs().Own)
	case Mentioned(d.it.text, d.l.nick):
		mark = d.l.st.Paint(styles.MentionCount, d.l.st.Signs().Mention)
	}
	if d.l.grid.narrow {
		d.narrow(mark)
	} else {
		d.wide(mark)
	}
	d.words()
	if d.it.extra != nil && d.it.extra.err != nil {
		d.refusal()
	}
}

// mine reports whether the reader wrote it.
func (d *drawer) mine() bool { return d.it.extra != nil || d.l.own(d.it) }

// wide puts time and nick before the first row. A long nick pushes the text aside.
func (d *drawer) wide(mark string) {
	g := d.l.grid
	d.lead = lead{mark + d.when() + " ", mark + Blank(g.text-1), g.nick, g.text}
	switch {
	case d.it.me:
		d.lead.first += d.l.st.Paint(styles.Quiet, "*") + Blank(g.text-g.nick-1)
		d.lead.firstW = g.text
		d.actor()
	case d.it.under:
		d.lead.first += Blank(g.text - g.nick)
		d.lead.firstW = g.text
	default:
		s, w := d.label(g.nick, min(maxLabel, g.line/2))
		pad := max(1, g.text-g.nick-w)
		if w >= g.text-g.nick {
			pad = 2
		}
		d.lead.first += s + Blank(pad)
		d.lead.firstW += w + pad
	}
}

// maxLabel is how wide a nick may stand in a wide row before it is cut.
const maxLabel = 26

// narrow puts nick and time on a row of their own, and the text below.
func (d *drawer) narrow(mark string) {
	l, g := d.l, d.l.grid
	if g.edge == 0 {
		mark = ""
	}
	if !d.it.under && !d.it.me {
		s, w := d.label(g.edge, max(1, l.w-2*g.edge))
		s, w = mark+s, w+g.edge
		if d.b.around&aroundTime != 0 && d.state() == "" && w+6 < l.w {
			s += " " + l.st.Paint(styles.Time, l.clock(d.it.at))
		}
		d.row(Fit(l.wm, s, l.w))
	}
	rest := mark + Blank(g.text-g.edge)
	d.lead = lead{rest, rest, g.text, g.text}
	if s := d.state(); s != "" && g.edge > 0 {
		d.lead.first = s + Blank(g.text-1)
	}
	if d.it.me {
		d.lead.first += l.st.Paint(styles.Quiet, "* ")
		d.lead.firstW += 2
		d.actor()
	}
}

// actor puts the nick before what somebody does ("ada waves").
func (d *drawer) actor() {
	s, w := d.label(d.lead.firstW, max(1, d.l.grid.line/2))
	d.lead.first += s + " "
	d.lead.firstW += w + 1
}

// label is who said it, in at most limit cells from column x on, and in a direct room to
// whom.
func (d *drawer) label(x, limit int) (string, int) {
	l := d.l
	nick := l.people[d.it.who].nick
	name, to := nick.String(), ""
	if name == "" {
		name = "server"
	}
	if !l.direct.IsZero() && !d.it.me {
		if to = " -> you"; d.mine() {
			name, to = "you", " -> "+l.direct.String()
		}
	}
	if Cells(l.wm, name)+Cells(l.wm, to) > limit {
		to = ""
	}
	w := Cells(l.wm, name)
	if w > limit {
		name, w = FitTail(l.wm, name, limit, l.st.Signs().Ellipsis), limit
	}
	if !nick.IsZero() {
		d.b.spans = append(d.b.spans, span{len(d.b.rows), x, x + w, Target{Kind: TargetNick, Nick: nick}})
	}
	s := l.st.NickPen(nick.String()).Draw(name) + l.st.Paint(styles.Quiet, to)
	return s, w + Cells(l.wm, to)
}

// when is the time, or what stands for it, in five cells.
func (d *drawer) when() string {
	if s := d.state(); s != "" {
		return Blank(4) + s
	}
	if d.it.under || d.b.around&aroundTime == 0 {
		return Blank(5)
	}
	return d.l.st.Paint(styles.Time, d.l.clock(d.it.at))
}

// state is the sign of a message that the server does not have: on its way, or refused.
func (d *drawer) state() string {
	if n := d.aside; n != nil && !n.wait.Origin.IsZero() && !n.stored {
		return d.l.st.Paint(styles.Pending, d.l.st.Signs().Clock)
	}
	switch x := d.it.extra; {
	case x == nil || x.stored:
		return ""
	case x.err != nil:
		return d.l.st.Paint(styles.Failed, d.l.st.Signs().Cross)
	}
	return d.l.st.Paint(styles.Pending, d.l.st.Signs().Clock)
}

// base is what the text of a message is drawn as.
func (d *drawer) base() base {
	if x := d.it.extra; x != nil && !x.stored {
		return basePending
	}
	if n := d.aside; n != nil && !n.wait.Origin.IsZero() && !n.stored {
		return basePending
	}
	return base(d.it.color)
}

// refusal says why a message was refused, and offers what can be done.
func (d *drawer) refusal() {
	l, o := d.l, d.it.extra.say.Origin
	d.text("not sent: "+chatnet.CleanLine(d.it.extra.err.Text).String(), baseFailed, false)
	s, x := d.lead.rest, d.lead.restW
	for _, b := range []struct {
		text string
		kind TargetKind
	}{{" send again ", TargetRetry}, {" edit ", TargetEdit}, {" drop ", TargetDrop}} {
		if x+len(b.text) >= l.w {
			break
		}
		d.b.spans = append(d.b.spans, span{len(d.b.rows), x, x + len(b.text), Target{Kind: b.kind, Origin: o}})
		s += l.st.Paint(styles.Button, b.text) + " "
		x += len(b.text) + 1
	}
	d.row(Fit(l.wm, s, l.w))
}
