package pane

import (
	"github.com/charmbracelet/x/ansi" // takes styles off, to draw the chosen one anew

	"tchat/chatnet"
	"tchat/styles"
)

// Message is a message of the list, as it reads now.
type Message struct {
	Seq  chatnet.Seq
	User chatnet.UserID
	Nick chatnet.Nick
	Text chatnet.Text
	Own  bool // the reader wrote it
	Gone bool // it was redacted
}

// Message returns the message at seq, and whether the list has it.
func (l *Messages) Message(seq chatnet.Seq) (Message, bool) {
	it := saidAt(l.items, seq)
	if it == nil {
		return Message{}, false
	}
	return l.message(it), true
}

func (l *Messages) message(it *item) Message {
	who := l.people[it.who]
	return Message{Seq: it.seq, User: who.user, Nick: who.nick, Text: it.text, Own: l.own(it), Gone: it.text.IsZero()}
}

// Last returns the newest message that is not redacted, of the reader alone if
// own is set, and whether there is one.
func (l *Messages) Last(own bool) (Message, bool) {
	for i := len(l.items) - 1; i >= 0; i-- {
		if it := &l.items[i]; it.kind == kindSaid && !it.text.IsZero() && (!own || l.own(it)) {
			return l.message(it), true
		}
	}
	return Message{}, false
}

// Reacted reports whether the reader has put an emoji to the message at seq.
func (l *Messages) Reacted(seq chatnet.Seq, e chatnet.Emoji) bool {
	n := l.asides[seq]
	if n == nil {
		return false
	}
	for _, v := range n.votes {
		if v.user == l.user && v.emoji == e {
			return v.on
		}
	}
	return false
}

// Picked returns the chosen message, and whether one is chosen.
func (l *Messages) Picked() (Message, bool) {
	if l.picked == 0 {
		return Message{}, false
	}
	return l.Message(l.picked)
}

// Unpick chooses none.
func (l *Messages) Unpick() {
	if l.picked != 0 {
		l.picked = 0
		l.touch()
	}
}

// Pick chooses the message n messages below the chosen one, above for a
// negative n; from none the last one in view. It brings it into view, and
// reports false when there is no message so far down or up: then nothing
// changes.
func (l *Messages) Pick(n int) bool {
	i, step := l.find(l.picked), 1
	if n < 0 {
		step, n = -1, -n
	}
	if l.picked == 0 {
		i, step, n = l.lastInView()+1, -1, 1
	}
	for n > 0 {
		if i += step; i < 0 || i >= len(l.items) {
			return false
		}
		if l.items[i].kind == kindSaid {
			n--
		}
	}
	l.picked = l.items[i].seq
	l.reveal(i)
	l.touch()
	return true
}

// lastInView returns the last item of which a row is in view.
func (l *Messages) lastInView() int {
	if l.follow {
		return len(l.items) - 1
	}
	top, off := l.place()
	last, _ := l.walk(top, off, max(l.h-1, 0))
	return min(last, len(l.items)-1)
}

// reveal scrolls as little as it must to bring an item into view.
func (l *Messages) reveal(i int) {
	if l.h == 0 {
		return
	}
	top, off := l.place()
	rows := len(l.block(i).rows)
	t, o := l.walk(i, rows, -l.h) // the item's end at the view's
	switch {
	case i < top || i == top && off > l.block(i).body || rows > l.h:
		l.moveTo(i, 0)
	case t > top || t == top && o > off:
		l.moveTo(t, o)
	}
}

// drawPicked sets the chosen message off.
func (l *Messages) drawPicked() {
	if l.picked == 0 {
		return
	}
	for y, at := range l.drawn {
		if at.block == nil || at.row < at.block.body || at.item >= len(l.items) {
			continue
		}
		if it := &l.items[at.item]; it.seq != l.picked || it.kind != kindSaid {
			continue
		}
		text := ansi.Strip(l.rows[y])
		if l.grid.edge > 0 {
			text = l.st.Signs().Selected + ansi.Strip(Cut(l.wm, l.rows[y], 1, l.w))
		}
		l.rows[y] = Fit(l.wm, l.st.Paint(styles.Selection, text), l.w)
	}
}
