package pane

import (
	"time"

	"charm.land/lipgloss/v2" // the style that a pen is made of

	"tchat/chatnet"
	"tchat/styles"
)

// cacheSize is how many blocks a generation of the cache holds. There are two, so at
// most twice as many; a view never needs more than its height.
const cacheSize = 512

// block is an item as it is drawn: rows of the list's width.
type block struct {
	around around
	rows   []string
	spans  []span
	body   int // the first row that is the item itself, not a line above it
	unread int // the row of the unread line, whose number changes, or -1
}

// around is what the looks of an item depend on besides the item itself.
type around uint8

const (
	aroundDay    around = 1 << iota // a day begins
	aroundUnread                    // the unread line is above it
	aroundTime                      // its minute is not told by the heading before
	aroundOlder                     // there is history above it
	aroundAsked                     // and it has been asked for
)

// block returns the i-th item as it is drawn, from the cache if nothing changed.
func (l *Messages) block(i int) *block {
	it, a := l.item(i), l.around(i)
	b, ok := l.hot[it.id]
	if !ok {
		if b, ok = l.cold[it.id]; ok {
			l.remember(it.id, b)
		}
	}
	if ok && b.around == a {
		return b
	}
	b = l.draw(it, a)
	l.remember(it.id, b)
	return b
}

func (l *Messages) remember(id uint64, b *block) {
	if len(l.hot) >= cacheSize {
		l.cold, l.hot = l.hot, l.cold
		clear(l.hot)
	}
	l.hot[id] = b
}

func (l *Messages) around(i int) around {
	it := l.item(i)
	var a around
	if i == 0 {
		a |= aroundDay | aroundTime
		if l.more || l.loading {
			a |= aroundOlder
		}
		if l.loading {
			a |= aroundAsked
		}
	} else {
		before := l.item(i - 1)
		if before.day != it.day {
			a |= aroundDay
		}
		if before.kind != kindSaid || before.head/60_000 != it.at/60_000 || before.extra != nil {
			a |= aroundTime
		}
	}
	if it.kind == kindSaid && it.extra == nil && it.seq == l.unreadSeq && it.seq > 0 {
		a |= aroundUnread
	}
	return a
}

// grid is how a row is divided, by width.
type grid struct {
	narrow bool
	edge   int // blanks at both edges, for the mark and for air
	nick   int // column of the nick
	nickW  int
	text   int // column of the text
	line   int // cells of the text
}

// gridFor divides w cells. Below 60 the heading is a row of its own above the text.
func gridFor(w int) grid {
	switch {
	case w < 8:
		return grid{narrow: true, line: max(w, 1)}
	case w < 60:
		return grid{narrow: true, edge: 1, nick: 1, nickW: w - 8, text: 2, line: w - 3}
	case w < 100:
		return grid{edge: 1, nick: 7, nickW: 9, text: 17, line: w - 18}
	}
	return grid{edge: 1, nick: 7, nickW: 12, text: 20, line: w - 21}
}

// penKey names a pen of the list: what the text is, and how a piece of it is set off.
type penKey struct {
	base base
	look look
}

// base is what a text is: a palette colour from 1 on, or one of these.
type base uint8

const (
	baseText    base = 0
	basePending base = 100 + iota
	baseFailed
	baseNotice
	baseError
	baseQuiet
)

// pen returns the pen for a piece of text, made once.
func (l *Messages) pen(b base, lk look) styles.Pen {
	p, ok := l.pens[penKey{b, lk}]
	if !ok {
		p = styles.PenOf(l.style(b, lk))
		l.pens[penKey{b, lk}] = p
	}
	return p
}

func (l *Messages) style(b base, lk look) lipgloss.Style {
	st := l.baseStyle(b)
	plain := b == basePending || b == baseFailed || b == baseQuiet // one colour for all of it
	switch {
	case lk&lookNote != 0:
		st = l.st.Style(styles.Quiet)
	case lk&lookMention != 0 && !plain:
		st = l.st.Style(styles.Mention)
	case lk&lookLink != 0 && !plain:
		st = l.st.Style(styles.Link)
	case lk&lookCode != 0 && !plain:
		st = l.st.Style(styles.Code)
	case lk&lookQuote != 0 && !plain:
		st = l.st.Style(styles.Quote)
	}
	if lk&lookLink != 0 {
		st = st.Underline(true)
	}
	if lk&lookBold != 0 {
		st = st.Bold(true)
	}
	if lk&lookItalic != 0 {
		st = st.Italic(true)
	}
	if lk&lookStrike != 0 {
		st = st.Strikethrough(true)
	}
	return st
}

func (l *Messages) baseStyle(b base) lipgloss.Style {
	switch b {
	case baseText:
		return l.st.Style(styles.Text)
	case basePending:
		return l.st.Style(styles.Pending)
	case baseFailed:
		return l.st.Style(styles.Failed)
	case baseNotice:
		return l.st.Style(styles.Notice)
	case baseError:
		return l.st.Style(styles.Error)
	case baseQuiet:
		return l.st.Style(styles.Quiet)
	}
	return l.st.Said(string(chatnet.Colors()[b-1]))
}

// clock returns the minute of an item as people read it.
func (l *Messages) clock(ms int64) string {
	return time.UnixMilli(ms).In(l.now.Location()).Format("15:04")
}

// date returns the day of an item; the year only if it is not this one.
func (l *Messages) date(ms int64) string {
	t := time.UnixMilli(ms).In(l.now.Location())
	if t.Year() == l.now.Year() {
		return t.Format("Mon 2 Jan")
	}
	return t.Format("Mon 2 Jan 2006")
}
