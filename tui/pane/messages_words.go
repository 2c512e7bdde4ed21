package pane

import (
	"strconv"
	"strings"

	"tchat/chatnet"
	"tchat/styles"
)

// words draws what was said: what it answers, the text or the mark that it is
// gone, and how others reacted.
func (d *drawer) words() {
	text := d.it.text
	n := d.aside
	if n != nil && n.gone == 0 && !n.wait.Origin.IsZero() {
		text = n.wait.Text
	}
	d.quote()
	if text.IsZero() {
		d.text(d.mark(), baseQuiet, false)
	} else {
		if n != nil && (n.edit != 0 || !n.wait.Origin.IsZero()) {
			d.tail = " (edited)"
		}
		d.text(text.String(), d.base(), true)
	}
	if n != nil {
		d.reactions(n.tallies(d.l.user))
	}
}

// mark stands for a message that was redacted.
func (d *drawer) mark() string {
	s := "message redacted"
	n := d.aside
	if n == nil || n.gone == 0 {
		return s
	}
	if n.by != d.l.people[d.it.who].nick && !n.by.IsZero() {
		s += " by " + n.by.String()
	}
	if !n.reason.IsZero() {
		s += ": " + n.reason.String()
	}
	return s
}

// answered returns the seq of the message that this one answers, 0 for none.
func (d *drawer) answered() chatnet.Seq {
	switch {
	case d.it.extra != nil:
		return d.it.extra.say.Reply
	case d.aside != nil && !d.it.text.IsZero():
		return d.aside.reply
	}
	return 0
}

// quote draws the quiet line above an answer.
func (d *drawer) quote() {
	seq := d.answered()
	if seq == 0 {
		return
	}
	l := d.l
	s := l.st.Signs().Reply + " an older message"
	if it := saidAt(l.items, seq); it != nil {
		s = l.st.Signs().Reply + " " + l.people[it.who].nick.String() + ": " + firstWords(it.text)
	}
	lead := lead{d.lead.rest, d.lead.rest, d.lead.restW, d.lead.restW}
	if !d.it.me {
		if d.room(d.lead.firstW) < min(12, d.room(d.lead.restW)) {
			d.row(Fit(l.wm, d.lead.first, l.w))
		} else {
			lead.first, lead.firstW = d.lead.first, d.lead.firstW
		}
		d.lead.first, d.lead.firstW = d.lead.rest, d.lead.restW
	}
	room := max(1, d.room(lead.firstW))
	s = Degrade(l.wm, s)
	if Cells(l.wm, s) > room {
		s = FitTail(l.wm, s, room, l.st.Signs().Ellipsis)
	}
	d.b.spans = append(d.b.spans, span{len(d.b.rows), lead.firstW, lead.firstW + Cells(l.wm, s), Target{Kind: TargetQuote, Seq: seq}})
	d.row(Fit(l.wm, lead.first+l.st.Paint(styles.Quiet, s), l.w))
}

// firstWords is the beginning of a message, for a line that quotes it.
func firstWords(t chatnet.Text) string {
	if t.IsZero() {
		return "message redacted"
	}
	for line := range strings.Lines(t.String()) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, fence) {
			return line
		}
	}
	return fence
}

// reactions draws the row of counted emoji. The reader's own are in brackets.
func (d *drawer) reactions(all []tally) {
	if len(all) == 0 {
		return
	}
	l, row, x := d.l, d.lead.rest, d.lead.restW
	for _, t := range all {
		s, token := Degrade(l.wm, " "+t.emoji.String()+" "+strconv.Itoa(t.count)+" "), styles.Quiet
		if t.own {
			s, token = "["+s[1:len(s)-1]+"]", styles.NickSelf
		}
		w := Cells(l.wm, s)
		if x+w > l.w-l.grid.edge && x > d.lead.restW {
			d.row(Fit(l.wm, row, l.w))
			row, x = d.lead.rest, d.lead.restW
		}
		d.b.spans = append(d.b.spans, span{len(d.b.rows), x, x + w, Target{Kind: TargetReaction, Seq: d.it.seq, Emoji: t.emoji}})
		row += l.st.Paint(token, s)
		x += w
	}
	d.row(Fit(l.wm, row, l.w))
}
