package pane

import (
	"slices"
	"strconv"

	"tchat/chatnet"
	"tchat/styles"
)

// RoomEntry is a room in the list.
type RoomEntry struct {
	ID       chatnet.RoomID
	Name     string
	Direct   bool
	Open     bool // it is the one that is shown
	Unread   int
	Mentions int
}

// Rooms is the list of rooms and direct chats.
type Rooms struct {
	entries []RoomEntry
	off     int
	hover   int
	version int
	memo    Memo[listKey]
}

// NewRooms returns an empty list.
func NewRooms() *Rooms { return &Rooms{hover: -1} }

// Set replaces the entries: rooms first, then direct chats.
func (p *Rooms) Set(entries []RoomEntry) {
	if !slices.Equal(p.entries, entries) {
		p.entries = append(p.entries[:0], entries...)
		p.version++
	}
}

// NewRoom is what Hit returns for the line that makes a room.
const NewRoom chatnet.RoomID = "+"

// roomRow is one row of the list.
type roomRow struct {
	head  string
	entry int // -1 for none
	plus  bool
}

func (p *Rooms) layout() []roomRow {
	rows := []roomRow{{head: "ROOMS", entry: -1}}
	direct := false
	for i, e := range p.entries {
		if e.Direct && !direct {
			rows = append(rows, roomRow{head: "DIRECT", entry: -1})
			direct = true
		}
		rows = append(rows, roomRow{entry: i})
	}
	return append(rows, roomRow{entry: -1, plus: true})
}

// Scroll moves the list by n rows.
func (p *Rooms) Scroll(n int) { p.off += n }

// Hover tells over which row the pointer is, -1 for none.
func (p *Rooms) Hover(row int) { p.hover = row }

// Show scrolls so that the open room is seen in h rows.
func (p *Rooms) Show(h int) {
	for i, r := range p.layout() {
		if r.entry >= 0 && p.entries[r.entry].Open {
			if i < p.off {
				p.off = i
			} else if i >= p.off+h {
				p.off = i - h + 1
			}
		}
	}
}

// Rows draws the list into w x h cells.
func (p *Rooms) Rows(l Look, w, h int) []string {
	rows := p.layout()
	p.off = max(0, min(p.off, len(rows)-h))
	return p.memo.Rows(listKey{l, w, h, p.off, p.hover, p.version}, func() []string {
		out := make([]string, 0, h)
		for i, r := range rows[p.off:min(len(rows), p.off+h)] {
			out = append(out, p.row(l, w, r, i == p.hover))
		}
		return Fill(l.Width, out, w, h)
	})
}

func (p *Rooms) row(l Look, w int, r roomRow, hover bool) string {
	switch {
	case r.plus:
		return underline(l, styles.Quiet, FitTail(l.Width, " + new room", w, ""), hover)
	case r.entry < 0:
		return l.Paint(styles.Heading, Fit(l.Width, " "+r.head, w))
	}
	e := p.entries[r.entry]
	count := ""
	if e.Unread > 0 {
		count = " " + Count(e.Unread) + " "
	}
	countToken := styles.UnreadCount
	if e.Mentions > 0 {
		count = " @" + count
		countToken = styles.MentionCount
	}
	mark, t := "   ", styles.Room
	switch {
	case e.Open:
		mark, t = " "+l.Signs().Selected+" ", styles.RoomSelected
	case e.Unread > 0:
		t = styles.RoomUnread
	}
	n := Cells(l.Width, count)
	name := FitTail(l.Width, mark+Degrade(l.Width, e.Name), max(0, w-n), l.Signs().Ellipsis)
	return underline(l, t, name, hover) + l.Paint(countToken, Fit(l.Width, count, min(n, w)))
}

// underline draws text, underlined when the pointer is over it.
func underline(l Look, t styles.Token, text string, hover bool) string {
	if hover {
		return styles.PenOf(l.Style(t).Underline(true)).Draw(text)
	}
	return l.Paint(t, text)
}

// Hit tells which room is drawn in a row, or NewRoom.
func (p *Rooms) Hit(row int) (chatnet.RoomID, bool) {
	rows := p.layout()
	if at := p.off + row; row >= 0 && at < len(rows) {
		switch r := rows[at]; {
		case r.plus:
			return NewRoom, true
		case r.entry >= 0:
			return p.entries[r.entry].ID, true
		}
	}
	return "", false
}

// Count writes a number in at most three cells.
func Count(n int) string {
	if n > 999 {
		return "1k+"
	}
	return strconv.Itoa(n)
}
