package pane

import (
	"slices"

	"tchat/chatnet"
)

// aside is what is known of a message beside its own event. It is kept by seq,
// so that it may come before the message itself: history is loaded backwards.
// What counts is the newest of each kind, in whatever order they come.
type aside struct {
	reply  chatnet.Seq  // the message that it answers
	edit   chatnet.Seq  // its newest edit, and what it reads since
	text   chatnet.Text // zero when it was never edited
	gone   chatnet.Seq  // its redaction
	by     chatnet.Nick // who did that
	reason chatnet.Text
	votes  []vote      // one a user and emoji, in the order of the emoji's first
	wait   chatnet.Say // one's own edit on its way; zero Origin: none
	stored bool        // the server has that edit
}

// vote is somebody's last word about one emoji.
type vote struct {
	emoji chatnet.Emoji
	user  chatnet.UserID
	seq   chatnet.Seq
	on    bool
}

// maxVotes bounds what is kept of one message's reactions.
const maxVotes = 1000

// aside returns what is known of the message at seq, made if need be.
func (l *Messages) aside(seq chatnet.Seq) *aside {
	n := l.asides[seq]
	if n == nil {
		n = &aside{}
		l.asides[seq] = n
	}
	return n
}

// learn takes an event about another message into its aside.
func (l *Messages) learn(dst []item, ev *chatnet.Event) {
	var target chatnet.Seq
	switch b := ev.Body.(type) {
	case chatnet.Edited:
		target = b.Target
		l.learnEdit(ev, b)
	case chatnet.Redacted:
		target = b.Target
		if n := l.aside(target); n.gone == 0 || ev.Seq < n.gone {
			n.gone, n.by, n.reason = ev.Seq, ev.Nick, b.Reason
		}
	case chatnet.Reacted:
		target = b.Target
		l.aside(target).vote(vote{b.Emoji, ev.By, ev.Seq, b.On})
	default:
		return
	}
	l.amend(dst, target)
}

func (l *Messages) learnEdit(ev *chatnet.Event, b chatnet.Edited) {
	n := l.aside(b.Target)
	if !ev.Origin.IsZero() && n.wait.Origin == ev.Origin {
		l.endEdit(ev.Origin)
	}
	if ev.Seq > n.edit && !b.Redacted() {
		n.edit, n.text = ev.Seq, b.Text
	}
}

// vote takes one reaction.
func (n *aside) vote(v vote) {
	for i, was := range n.votes {
		if was.user == v.user && was.emoji == v.emoji {
			if v.seq > was.seq {
				n.votes[i] = v
			}
			return
		}
	}
	if len(n.votes) < maxVotes {
		n.votes = append(n.votes, v)
	}
}

// tally is how many put one emoji to a message, and whether the reader did.
type tally struct {
	emoji chatnet.Emoji
	count int
	own   bool
}

// tallies counts the reactions, emoji by emoji in the order of their first.
func (n *aside) tallies(self chatnet.UserID) []tally {
	votes := slices.Clone(n.votes)
	slices.SortStableFunc(votes, func(a, b vote) int { return int(a.seq) - int(b.seq) })
	var out []tally
	for _, v := range votes {
		if !v.on {
			continue
		}
		i := slices.IndexFunc(out, func(t tally) bool { return t.emoji == v.emoji })
		if i < 0 {
			i = len(out)
			out = append(out, tally{emoji: v.emoji})
		}
		out[i].count++
		out[i].own = out[i].own || v.user == self
	}
	return out
}

// fill gives a message that has just come what was known of it before.
func (l *Messages) fill(it *item, said chatnet.Said) {
	if said.Reply != 0 {
		l.aside(it.seq).reply = said.Reply
		l.answers[said.Reply] = append(l.answers[said.Reply], it.seq)
	}
	if n := l.asides[it.seq]; n != nil {
		n.apply(it)
	}
}

// apply brings the text of a message up to date.
func (n *aside) apply(it *item) {
	switch {
	case n.gone != 0 || it.text.IsZero():
		it.text, n.text, n.votes = chatnet.Text{}, chatnet.Text{}, nil
	case n.edit != 0:
		it.text = n.text
	}
}

// amend draws the message at seq anew, if it is in dst, and the messages that
// quote it.
func (l *Messages) amend(dst []item, seq chatnet.Seq) {
	if it := saidAt(dst, seq); it != nil {
		l.aside(seq).apply(it)
		l.changed(it)
	}
	for _, s := range l.answers[seq] {
		if it := saidAt(dst, s); it != nil {
			l.changed(it)
		}
	}
	l.touch()
}

// saidAt returns the message at seq, nil if it is not in items.
func saidAt(items []item, seq chatnet.Seq) *item {
	i, _ := slices.BinarySearchFunc(items, seq, func(it item, seq chatnet.Seq) int {
		if it.seq < seq {
			return -1
		}
		return 1
	})
	for ; i < len(items) && items[i].seq == seq; i++ {
		if items[i].kind == kindSaid {
			return &items[i]
		}
	}
	return nil
}

// requote draws anew what quotes the messages of a page that has just come.
func (l *Messages) requote(page []item) {
	for i := range page {
		for _, s := range l.answers[page[i].seq] {
			if it := saidAt(l.items, s); it != nil {
				l.changed(it)
			}
		}
	}
}

// addEdit shows one's own edit while it is on its way.
func (l *Messages) addEdit(say chatnet.Say) {
	n := l.aside(say.Edits)
	if !n.wait.Origin.IsZero() {
		delete(l.edits, n.wait.Origin)
	}
	n.wait, n.stored = say, false
	l.edits[say.Origin] = say.Edits
	l.amend(l.items, say.Edits)
}

// storedEdit says that the server has an edit; its event is on the way.
func (l *Messages) storedEdit(o chatnet.Origin, seq chatnet.Seq) bool {
	target, ok := l.edits[o]
	if !ok {
		return false
	}
	if seq <= l.last {
		return l.endEdit(o)
	}
	l.aside(target).stored = true
	l.amend(l.items, target)
	return true
}

// endEdit takes an edit on its way from the screen, and reports whether there
// was one.
func (l *Messages) endEdit(o chatnet.Origin) bool {
	target, ok := l.edits[o]
	if !ok {
		return false
	}
	delete(l.edits, o)
	n := l.aside(target)
	n.wait, n.stored = chatnet.Say{}, false
	l.amend(l.items, target)
	return true
}

// resetAsides forgets what is known beside the messages, but for one's own edits
// on their way.
func (l *Messages) resetAsides() {
	var waiting []chatnet.Say
	for _, target := range l.edits {
		waiting = append(waiting, l.asides[target].wait)
	}
	l.asides, l.answers, l.picked = map[chatnet.Seq]*aside{}, map[chatnet.Seq][]chatnet.Seq{}, 0
	l.edits = map[chatnet.Origin]chatnet.Seq{}
	for _, say := range waiting {
		l.addEdit(say)
	}
}
