package pane

import (
	"slices"

	"tchat/chatnet"
)

// AddPending shows a message that is on its way (Queued), below all others, and goes
// to the end so that its writer sees it. A second one of the same origin replaces the
// first, refused or not.
func (l *Messages) AddPending(say chatnet.Say) {
	if say.Edits != 0 {
		l.addEdit(say)
		return
	}
	if w := l.waitingAt(say.Origin); w >= 0 {
		l.dropWaiting(w)
	}
	it := item{
		kind: kindSaid, seq: l.last, at: l.now.UnixMilli(), text: say.Text, who: l.person(l.user, l.nick),
		color: colorIndex(say.Color), me: say.Me, extra: &extra{say: say},
	}
	it.day = l.dayOf(it.at)
	l.changed(&it)
	l.waiting = append(l.waiting, it)
	l.regroup()
	l.End()
}

// Settle says that the server has stored a message under seq. It is shown as stored,
// and its event takes its place when it comes.
func (l *Messages) Settle(o chatnet.Origin, seq chatnet.Seq) {
	if l.storedEdit(o, seq) {
		return
	}
	w := l.waitingAt(o)
	switch {
	case w < 0:
	case seq <= l.last:
		l.dropWaiting(w)
	default:
		l.waiting[w].extra.stored, l.waiting[w].extra.err = true, nil
		l.changed(&l.waiting[w])
	}
}

// Fail says that a message was refused for good, and why. It stays, to be sent again,
// edited, or dropped by Discard.
func (l *Messages) Fail(o chatnet.Origin, err *chatnet.Error) {
	if l.endEdit(o) {
		return // the message reads as before
	}
	if w := l.waitingAt(o); w >= 0 {
		l.waiting[w].extra.err = err
		l.changed(&l.waiting[w])
	}
}

// Discard takes a waiting or refused message away.
func (l *Messages) Discard(o chatnet.Origin) {
	l.endEdit(o)
	if w := l.waitingAt(o); w >= 0 {
		l.dropWaiting(w)
	}
}

// Waiting returns a message that waits or was refused, to be sent again or edited.
func (l *Messages) Waiting(o chatnet.Origin) (chatnet.Say, bool) {
	if w := l.waitingAt(o); w >= 0 {
		return l.waiting[w].extra.say, true
	}
	return chatnet.Say{}, false
}

// Refused returns the refused message that was written last.
func (l *Messages) Refused() (chatnet.Say, bool) {
	for _, it := range slices.Backward(l.waiting) {
		if it.extra.err != nil {
			return it.extra.say, true
		}
	}
	return chatnet.Say{}, false
}

// waitingAt returns the place among the waiting of the message with that origin, or -1.
func (l *Messages) waitingAt(o chatnet.Origin) int {
	if o.IsZero() {
		return -1
	}
	return slices.IndexFunc(l.waiting, func(it item) bool { return it.extra.say.Origin == o })
}

func (l *Messages) dropWaiting(w int) {
	l.waiting = slices.Delete(l.waiting, w, w+1)
	if at := len(l.items) + w; l.top > 0 && l.top >= at {
		l.top--
	}
	l.regroup()
	l.touch()
}

// regroup finds out anew which of the waiting messages share a heading.
func (l *Messages) regroup() {
	before := last(l.items)
	for i := range l.waiting {
		it := &l.waiting[i]
		under := it.under
		if l.group(before, it); it.under != under {
			l.changed(it)
		}
		before = it
	}
}
