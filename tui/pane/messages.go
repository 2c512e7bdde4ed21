package pane

import (
	"time"

	"tchat/chatnet"
	"tchat/styles"
)

// headingSpan is how long the messages of one sender share a heading.
const headingSpan = 5 * time.Minute

// Messages is the list of what happened in one room. Its cost per frame does not
// depend on how much happened: a position is an anchor, the item at the top of the
// view and how many of its rows are scrolled out, and only the items that are seen
// are wrapped.
//
// It is not safe for concurrent use. Nothing in it reads a clock: SetNow tells the
// time and the place.
type Messages struct {
	st *styles.Styles
	wm Width

	w, h   int
	grid   grid
	now    time.Time
	user   chatnet.UserID // one's own
	nick   chatnet.Nick
	direct chatnet.Nick // the other one, in a direct room
	hint   string

	limit   int    // how many items are kept
	items   []item // in the order of the log, with the program's own words between
	waiting []item // not in the log yet, or refused; always below the items
	first   chatnet.Seq
	last    chatnet.Seq
	nextID  uint64
	people  []person
	who     map[person]int32
	nicks   map[chatnet.UserID]chatnet.Nick // the last nick seen of a user
	asides  map[chatnet.Seq]*aside          // what is known beside the messages
	answers map[chatnet.Seq][]chatnet.Seq   // who quotes a message
	edits   map[chatnet.Origin]chatnet.Seq  // one's own on their way, and of what
	picked  chatnet.Seq                     // the chosen message, 0 for none

	follow      bool // stick to the tail
	top, off    int  // the anchor: an item, and how many of its rows are scrolled out
	offOf       int  // of how many rows, when that was so
	below       int  // messages that came while the reader was further up
	more        bool // there is history before the first item
	loading     bool // and it has been asked for
	unreadFrom  chatnet.Seq
	unreadSeq   chatnet.Seq // the message below the unread line; 0 is no line
	unreadCount int
	unreadSeen  bool // the line has been seen: it stays, and counts no more
	unreadAuto  bool // it was drawn because the reader was further up

	version, drawnVersion uint64
	rows                  []string
	drawn                 []drawnRow // what each of rows shows
	pill, hover           span
	hot, cold             map[uint64]*block
	pens                  map[penKey]styles.Pen
	scratch               scratch
}

// item is one entry of the list. There may be hundreds of thousands: keep it small.
type item struct {
	id    uint64 // key of the cache; a new one when the item changes
	seq   chatnet.Seq
	at    int64 // Unix milliseconds
	head  int64 // when the heading that it stands under began
	text  chatnet.Text
	extra *extra
	who   int32 // index of people
	day   int32 // the day of at, where the reader is
	kind  itemKind
	color uint8 // 1 + the index in the palette
	me    bool
	under bool // it stands under the heading of the item before
}

type itemKind uint8

const (
	kindSaid itemKind = iota
	kindFold          // who came and went, in one quiet line
	kindNotice
	kindError
)

// extra is what few items have.
type extra struct {
	say    chatnet.Say    // of a waiting message
	err    *chatnet.Error // why it was refused
	stored bool           // the server has it, its event is on the way
	fold   fold
}

type person struct {
	user chatnet.UserID
	nick chatnet.Nick
}

// NewMessages returns an empty list that draws with st and measures with w.
func NewMessages(st *styles.Styles, w Width) *Messages {
	l := &Messages{
		st: st, wm: w, limit: maxItems, follow: true, nextID: 1, version: 1,
		who: map[person]int32{}, nicks: map[chatnet.UserID]chatnet.Nick{},
		asides: map[chatnet.Seq]*aside{}, answers: map[chatnet.Seq][]chatnet.Seq{}, edits: map[chatnet.Origin]chatnet.Seq{},
	}
	l.forget()
	return l
}

// SetSize gives the list its cells. The item at the top of the view stays there.
func (l *Messages) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == l.w && h == l.h {
		return
	}
	if w != l.w {
		l.w = w
		l.grid = gridFor(w)
		l.forget()
	}
	l.h = h
	l.touch()
}

// SetStyles changes the theme.
func (l *Messages) SetStyles(st *styles.Styles) {
	l.st = st
	l.forget()
}

// SetWidth changes how cells are counted.
func (l *Messages) SetWidth(w Width) {
	if w != l.wm {
		l.wm = w
		l.forget()
	}
}

// SetSelf says who reads: the messages of this user are marked as one's own, and
// this nick is highlighted in those of others.
func (l *Messages) SetSelf(user chatnet.UserID, nick chatnet.Nick) {
	if user != l.user || nick != l.nick {
		l.user, l.nick = user, nick
		l.recount()
		l.forget()
	}
}

// SetDirect makes it the list of a direct room with somebody.
func (l *Messages) SetDirect(with chatnet.Nick) {
	if with != l.direct {
		l.direct = with
		l.forget()
	}
}

// SetNow tells the time, whose location is the reader's. Calling it once a minute is
// enough; nothing is drawn anew until the year changes.
func (l *Messages) SetNow(now time.Time) {
	was := l.now
	l.now = now
	if was.Location() != now.Location() {
		for i := range l.items {
			l.items[i].day = l.dayOf(l.items[i].at)
		}
		for i := range l.waiting {
			l.waiting[i].day = l.dayOf(l.waiting[i].at)
		}
		l.forget()
	} else if was.Year() != now.Year() {
		l.forget()
	}
}

// SetHint says what an empty list shows.
func (l *Messages) SetHint(text string) {
	if text != l.hint {
		l.hint = text
		l.touch()
	}
}

// Len returns how many items there are, folded lines and notices included.
func (l *Messages) Len() int { return len(l.items) + len(l.waiting) }

// item returns the i-th item, 0 <= i < Len.
func (l *Messages) item(i int) *item {
	if i < len(l.items) {
		return &l.items[i]
	}
	return &l.waiting[i-len(l.items)]
}

// own reports whether the reader wrote it.
func (l *Messages) own(it *item) bool {
	return it.kind == kindSaid && it.who >= 0 && l.user != "" && l.people[it.who].user == l.user
}

// touch says that the view is to be drawn anew.
func (l *Messages) touch() { l.version++ }

// forget drops all that was drawn.
func (l *Messages) forget() {
	l.hot, l.cold = map[uint64]*block{}, map[uint64]*block{}
	l.pens = map[penKey]styles.Pen{}
	l.touch()
}

// changed gives an item a new key, so that it is drawn anew.
func (l *Messages) changed(it *item) {
	it.id = l.nextID
	l.nextID++
	l.touch()
}

func (l *Messages) dayOf(ms int64) int32 {
	t := time.UnixMilli(ms).In(l.now.Location())
	return int32(t.Year()*366 + t.YearDay())
}
