package pane

import (
	"sort"

	"tchat/chatnet"
)

// MarkUnreadFrom draws the unread line above the first message of somebody else at or
// after seq, now or when it comes. Give the read mark + 1 when a room is left or the
// terminal loses the focus.
func (l *Messages) MarkUnreadFrom(seq chatnet.Seq) {
	l.unreadFrom, l.unreadSeen, l.unreadAuto = max(seq, 1), false, false
	l.recount()
	l.touch()
}

// ClearUnread takes the unread line away.
func (l *Messages) ClearUnread() {
	l.unreadFrom, l.unreadSeq, l.unreadCount = 0, 0, 0
	l.unreadSeen, l.unreadAuto = false, false
	l.touch()
}

// Seen says that the person has looked at what is below the unread line: it stays where
// it is, but what comes from now on is not new.
func (l *Messages) Seen() { l.unreadSeen = true }

// Unread returns how many messages are below the unread line.
func (l *Messages) Unread() int { return l.unreadCount }

// recount finds the message below the unread line, and counts from there.
func (l *Messages) recount() {
	l.unreadSeq, l.unreadCount = 0, 0
	if l.unreadFrom == 0 {
		return
	}
	for i := l.find(l.unreadFrom); i < len(l.items); i++ {
		it := &l.items[i]
		if it.kind != kindSaid || it.seq < l.unreadFrom || l.own(it) || it.text.IsZero() {
			continue
		}
		if l.unreadSeq == 0 {
			l.unreadSeq = it.seq
		}
		l.unreadCount++
	}
}

// find returns the first item at or after seq.
func (l *Messages) find(seq chatnet.Seq) int {
	return sort.Search(len(l.items), func(i int) bool { return l.items[i].seq >= seq })
}

// Oldest returns the seq of the first event that the list has, 0 if it has none: the
// bound of the page to ask for next.
func (l *Messages) Oldest() chatnet.Seq { return l.first }

// Newest returns the seq of the last event that the list has: what the person has read
// when AtBottom.
func (l *Messages) Newest() chatnet.Seq { return l.last }

// NeedsOlder reports whether the reader is near the top and there is history above that
// has not been asked for. Who asks says so by SetLoading.
func (l *Messages) NeedsOlder() bool {
	if !l.more || l.loading || l.first == 0 {
		return false
	}
	top, _ := l.place()
	return top < max(l.h, 1)
}

// SetLoading says that older events have been asked for; Prepend ends it. After a
// failure set it back to false.
func (l *Messages) SetLoading(on bool) {
	if on != l.loading {
		l.loading = on
		l.touch()
	}
}

// SetMore says whether there is history before the first item, where it is not known
// from the events themselves.
func (l *Messages) SetMore(more bool) {
	if more != l.more {
		l.more = more
		l.touch()
	}
}
