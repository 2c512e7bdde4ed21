package pane

import (
	"slices"
	"time"

	"tchat/chatnet"
)

// maxItems is how many items are kept; past it the oldest tenth goes, and can be
// loaded again.
const maxItems = 200_000

// Add appends events of the room, in the order of the log. Those that it has already
// are left out. A reader further up stays there.
func (l *Messages) Add(evs ...chatnet.Event) {
	for i := range evs {
		ev := &evs[i]
		if ev.Seq <= l.last {
			continue
		}
		if l.first == 0 {
			l.first, l.more = ev.Seq, ev.Prev != 0
		}
		l.last = ev.Seq
		l.arrive(ev)
	}
	l.trim()
	l.touch()
}

// arrive puts one event behind the items, in the place of the waiting message that
// became it.
func (l *Messages) arrive(ev *chatnet.Event) {
	n := len(l.items)
	l.items = l.push(l.items, ev)
	grown := len(l.items) - n
	if l.top >= n && len(l.waiting) > 0 { // the anchor is a waiting one, which moves
		l.top = max(0, l.top+grown)
	}
	if w := l.waitingAt(ev.Origin); w >= 0 {
		l.dropWaiting(w)
	}
	if l.top > 0 && l.top >= l.Len() {
		l.top, l.off = l.Len()-1, 0
	}
	if _, said := ev.Body.(chatnet.Said); !said {
		return
	}
	it := &l.items[len(l.items)-1]
	l.countUnread(it)
	if !l.follow {
		l.below++
	}
}

// countUnread counts a new message, and begins the unread line above it if that was
// waited for, or if the reader is further up and will come upon it.
func (l *Messages) countUnread(it *item) {
	if l.own(it) || it.text.IsZero() {
		return
	}
	seen := l.unreadSeen || l.unreadFrom == 0
	if seen && !l.follow {
		l.unreadFrom, l.unreadSeq, l.unreadCount = it.seq, 0, 0
		l.unreadSeen, l.unreadAuto, seen = false, true, false
	}
	if seen || it.seq < l.unreadFrom {
		return
	}
	if l.unreadSeq == 0 {
		l.unreadSeq = it.seq
	}
	l.unreadCount++
}

// push appends to dst what an event shows: an item of its own, or a change of the
// last one.
func (l *Messages) push(dst []item, ev *chatnet.Event) []item {
	it := item{seq: ev.Seq, at: ev.At.UnixMilli(), who: l.person(ev.By, ev.Nick)}
	it.day, it.head = l.dayOf(it.at), it.at
	switch b := ev.Body.(type) {
	case chatnet.Said:
		it.kind, it.text, it.color, it.me = kindSaid, b.Text, colorIndex(b.Color), b.Me
		l.fill(&it, b)
		l.group(last(dst), &it)
	case chatnet.Joined:
		l.person(b.User, b.Nick)
		return l.pushFold(dst, it, change{kind: changeJoined, user: b.User, nick: b.Nick})
	case chatnet.Parted:
		return l.pushFold(dst, it, change{kind: changeParted, user: b.User, nick: l.nicks[b.User], text: b.Reason})
	case chatnet.Renamed:
		old := ev.Nick // the event knows best: a list of members may have told the new one already
		if old == b.Nick {
			old = l.nicks[b.User]
		}
		l.person(b.User, b.Nick)
		return l.pushFold(dst, it, change{kind: changeRenamed, user: b.User, nick: b.Nick, old: old})
	case chatnet.TopicSet:
		return l.pushFold(dst, it, change{kind: changeTopic, nick: ev.Nick, text: b.Topic})
	case chatnet.Edited, chatnet.Redacted, chatnet.Reacted:
		l.learn(dst, ev)
		return dst
	case chatnet.Registered, chatnet.NickSet, chatnet.RoleSet, chatnet.RoomMade, chatnet.Forgotten:
		return dst // of the hub's own log, which nobody reads
	}
	l.changed(&it)
	return append(dst, it)
}

// group puts it under the heading of the item before, if they belong together.
func (l *Messages) group(before, it *item) {
	it.under, it.head = false, it.at
	if before == nil || before.kind != kindSaid || before.who != it.who || before.me || it.me || before.day != it.day {
		return
	}
	if d := it.at - before.head; d >= 0 && d < headingSpan.Milliseconds() {
		it.under, it.head = true, before.head
	}
}

// Prepend puts older events above, and says whether there are older ones still. What
// the reader sees stays where it is.
func (l *Messages) Prepend(evs []chatnet.Event, more bool) {
	l.loading, l.more = false, more
	l.touch()
	var page []item
	for i := range evs {
		if l.first == 0 || evs[i].Seq < l.first {
			page = l.push(page, &evs[i])
		}
	}
	if len(evs) > 0 && (l.first == 0 || evs[0].Seq < l.first) {
		l.first, l.last = evs[0].Seq, max(l.last, evs[len(evs)-1].Seq)
	}
	if len(page) == 0 {
		return
	}
	for i := 0; i < len(l.items) && l.items[i].seq < last(page).seq; i++ {
		l.items[i].seq = last(page).seq // the program's own words, from before the first event
	}
	keep := l.holdView()
	at, merged := len(page), false
	if len(l.items) > 0 {
		merged = l.join(page, &l.items[0])
	}
	if merged {
		l.items = append(page, l.items[1:]...)
		at--
	} else {
		l.items = append(page, l.items...)
	}
	l.requote(page)
	l.regroup()
	keep(at)
	l.recount()
}

// join makes the old first item fit behind a page: under its heading, or into its last
// quiet line, which it reports.
func (l *Messages) join(page []item, it *item) bool {
	before := last(page)
	switch {
	case it.kind == kindSaid:
		head := it.head
		l.group(before, it)
		if !it.under {
			it.head = head
		}
	case it.kind == kindFold && l.folds(before, it):
		both := slices.Clone(before.extra.fold)
		for _, c := range it.extra.fold {
			both.add(c)
		}
		if len(both) == 0 { // nothing would be left where the reader may be
			return false
		}
		before.extra.fold = both
		l.changed(before)
		return true
	}
	return false
}

// person returns the index of who is called nick, and remembers the nick.
func (l *Messages) person(user chatnet.UserID, nick chatnet.Nick) int32 {
	p := person{user, nick}
	i, ok := l.who[p]
	if !ok {
		i = int32(len(l.people))
		l.people = append(l.people, p)
		l.who[p] = i
	}
	if !nick.IsZero() {
		l.nicks[user] = nick
	}
	return i
}

// trim drops the oldest items when there are too many and the reader is at the end.
func (l *Messages) trim() {
	if len(l.items) <= l.limit || !l.follow {
		return
	}
	l.items = slices.Clone(l.items[l.limit/10:])
	l.first, l.more, l.loading = l.items[0].seq, true, false
	l.items[0].under = false
	l.changed(&l.items[0])
}

// Reset drops all events, because what comes is not connected to them (RoomReset).
// Messages that wait stay.
func (l *Messages) Reset() {
	l.items, l.first, l.last, l.more, l.loading = nil, 0, 0, false, false
	l.top, l.off, l.offOf, l.follow, l.below = 0, 0, 0, true, 0
	l.resetAsides()
	l.ClearUnread()
	l.regroup()
	l.forget()
}

// Notice appends the program's own words, of any number of lines.
func (l *Messages) Notice(text chatnet.Text) { l.local(kindNotice, text) }

// Problem appends what went wrong.
func (l *Messages) Problem(text chatnet.Text) { l.local(kindError, text) }

func (l *Messages) local(kind itemKind, text chatnet.Text) {
	it := item{kind: kind, seq: l.last, at: l.now.UnixMilli(), text: text, who: -1}
	l.insert(it)
}

// insert puts an item of the program's own behind the events.
func (l *Messages) insert(it item) {
	it.day, it.head = l.dayOf(it.at), it.at
	l.changed(&it)
	if l.top >= len(l.items) && len(l.waiting) > 0 {
		l.top++
	}
	l.items = append(l.items, it)
	l.regroup()
}

// Presence appends that somebody is away, or back, to the last quiet line.
func (l *Messages) Presence(at time.Time, user chatnet.UserID, nick chatnet.Nick, p chatnet.Presence) {
	it := item{seq: l.last, at: at.UnixMilli(), who: l.person(user, nick)}
	it.day, it.head = l.dayOf(it.at), it.at
	n := len(l.items)
	l.items = l.pushFold(l.items, it, change{kind: changePresence, user: user, nick: nick, to: p})
	if l.top >= n && len(l.waiting) > 0 {
		l.top += len(l.items) - n
	}
	l.regroup()
	l.touch()
}

func last(items []item) *item {
	if len(items) == 0 {
		return nil
	}
	return &items[len(items)-1]
}

// colorIndex is the palette name as an item keeps it.
func colorIndex(c chatnet.Color) uint8 {
	return uint8(1 + slices.Index(chatnet.Colors(), c))
}
