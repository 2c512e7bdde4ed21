package pane

import "tchat/chatnet"

// TargetKind says what lies under the pointer.
type TargetKind uint8

// The kinds of target.
const (
	TargetNone     TargetKind = iota
	TargetMessage             // a message: Seq, Nick
	TargetNick                // somebody's nick
	TargetLink                // an address: URL
	TargetRetry               // send a refused message again: Origin
	TargetEdit                // put it back into the input: Origin
	TargetDrop                // take it away: Origin
	TargetBottom              // the pill: go to the newest
	TargetOlder               // the row that stands for older messages
	TargetReaction            // a reaction: Seq, Emoji
	TargetQuote               // the message that is answered: Seq
)

// Target is what a click on a cell means.
type Target struct {
	Kind   TargetKind
	Nick   chatnet.Nick
	URL    string // as it was written; only http, https or mailto
	Seq    chatnet.Seq
	Emoji  chatnet.Emoji
	Origin chatnet.Origin
}

// span is the part of a drawn row that has a target.
type span struct {
	row, from, to int
	target        Target
}

// Hit returns what lies at column x of row y, as it was last drawn by Rows.
func (l *Messages) Hit(x, y int) Target {
	if y < 0 || y >= len(l.drawn) || x < 0 || x >= l.w {
		return Target{}
	}
	if s, ok := l.spanAt(x, y); ok {
		return s.target
	}
	at := l.drawn[y]
	if at.block == nil || at.row < at.block.body {
		return Target{}
	}
	it := l.item(at.item)
	if it.kind != kindSaid {
		return Target{}
	}
	return Target{Kind: TargetMessage, Seq: it.seq, Nick: l.people[it.who].nick}
}

// spanAt returns the span at a cell; its row is that of the screen.
func (l *Messages) spanAt(x, y int) (span, bool) {
	if p := l.pill; p.target.Kind != TargetNone && y == p.row && x >= p.from && x < p.to {
		return p, true
	}
	at := l.drawn[y]
	if at.block == nil {
		return span{}, false
	}
	for _, s := range at.block.spans {
		if s.row == at.row && x >= s.from && x < s.to {
			s.row = y
			return s, true
		}
	}
	return span{}, false
}

// Hover says where the pointer is, so that what is clickable there is shown as such,
// and returns it. Give -1, -1 when the pointer has left.
func (l *Messages) Hover(x, y int) Target {
	var now span
	if y >= 0 && y < len(l.drawn) && x >= 0 && x < l.w {
		now, _ = l.spanAt(x, y)
	}
	if now != l.hover {
		l.hover = now
		l.touch()
	}
	return now.target
}
