package pane

import "tchat/chatnet"

// place returns the anchor as it is seen now: the item at the top of the view, and how
// many of its rows are scrolled out. It never leaves room below the last item.
func (l *Messages) place() (top, off int) {
	if l.follow {
		return l.bottom()
	}
	n := l.Len()
	if n == 0 {
		return 0, 0
	}
	top = min(l.top, n-1)
	rows := len(l.block(top).rows)
	off = l.off
	if l.offOf > 0 && l.offOf != rows { // it was wrapped in another way
		off = l.off * rows / l.offOf
	}
	off = max(0, min(off, rows-1))
	if n-top <= l.h {
		if t, o := l.bottom(); top > t || top == t && off > o {
			return t, o
		}
	}
	return top, off
}

// bottom returns the anchor at which the last row is the last one of the view.
func (l *Messages) bottom() (top, off int) {
	need := l.h
	for i := l.Len() - 1; i >= 0; i-- {
		n := len(l.block(i).rows)
		if n >= need {
			return i, n - need
		}
		need -= n
	}
	return 0, 0
}

// moveTo makes an anchor the reader's place; at the end it follows what comes.
func (l *Messages) moveTo(top, off int) {
	t, o := l.bottom()
	if top > t || top == t && off >= o {
		l.End()
		return
	}
	l.follow = false
	l.top, l.off, l.offOf = top, off, len(l.block(top).rows)
	l.touch()
}

// End goes to the newest, and stays with it.
func (l *Messages) End() {
	l.follow, l.below, l.offOf = true, 0, 0
	l.unreadSeen = l.unreadSeen || l.unreadAuto
	l.touch()
}

// Home goes to the oldest that there is.
func (l *Messages) Home() {
	if l.Len() > 0 {
		l.moveTo(0, 0)
	}
}

// ScrollBy moves the view by n rows, down if n is positive.
func (l *Messages) ScrollBy(n int) {
	if l.Len() == 0 || l.h == 0 || n == 0 || n > 0 && l.follow {
		return
	}
	top, off := l.place()
	top, off = l.walk(top, off, n)
	l.moveTo(top, off)
}

// walk returns the anchor n rows away from another one, as far as there are rows.
func (l *Messages) walk(top, off, n int) (int, int) {
	off += n
	for off < 0 && top > 0 {
		top--
		off += len(l.block(top).rows)
	}
	for off > 0 {
		rows := len(l.block(top).rows)
		if off < rows || top == l.Len()-1 {
			return top, min(off, max(rows-1, 0))
		}
		off -= rows
		top++
	}
	return top, max(off, 0)
}

// PageUp moves the view up by its height, less two rows to keep the thread.
func (l *Messages) PageUp() { l.ScrollBy(-max(1, l.h-2)) }

// PageDown moves the view down likewise.
func (l *Messages) PageDown() { l.ScrollBy(max(1, l.h-2)) }

// AtBottom reports whether the newest is in view.
func (l *Messages) AtBottom() bool {
	if l.follow {
		return true
	}
	top, off := l.place()
	t, o := l.bottom()
	return top == t && off == o
}

// NewBelow returns how many messages came below the view since the reader left the
// end.
func (l *Messages) NewBelow() int {
	if l.below > 0 && l.AtBottom() {
		l.below = 0
	}
	return l.below
}

// Position returns the item at the top of the view and the number of items, for a
// scroll bar: by items, because counting rows would wrap everything.
func (l *Messages) Position() (top, all int) {
	top, _ = l.place()
	return top, l.Len()
}

// Show brings the event at seq into view, a third from the top, and reports whether it
// is there.
func (l *Messages) Show(seq chatnet.Seq) bool {
	i := l.find(seq)
	if i == len(l.items) || l.items[i].seq != seq {
		return false
	}
	top, off := l.walk(i, 0, -l.h/3)
	l.moveTo(top, off)
	return true
}

// holdView remembers where the first item ends in the view, and returns a function that
// brings it there again when it is the item at another index.
func (l *Messages) holdView() func(at int) {
	if l.follow || l.Len() == 0 {
		return func(int) {}
	}
	top, off := l.place()
	left := len(l.block(top).rows) - off
	return func(at int) {
		at += top
		rows := len(l.block(at).rows)
		t, o := l.walk(at, 0, rows-left)
		l.top, l.off, l.offOf = t, o, len(l.block(t).rows)
	}
}
