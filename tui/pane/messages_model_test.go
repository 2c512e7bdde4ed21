package pane

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // readable differences

	"tchat/chatnet"
)

// model does random things to a list and remembers what must be in it.
type model struct {
	*chat
	t    *testing.T
	r    *rand.Rand
	log  []chatnet.Event // the room's log, of which the list has a part
	from int             // the first of them that the list has
	to   int             // behind the last
	n    uint64          // origins used
	wait map[uint64]bool // those that wait or were refused
}

func newModel(t *testing.T, seed uint64) *model {
	m := &model{chat: newChat(80, 24), t: t, r: rand.New(rand.NewPCG(23, seed)), wait: map[uint64]bool{}}
	for range 400 {
		m.log = append(m.log, m.random(m.r))
	}
	m.from, m.to = 200, 200
	return m
}

// step does one random thing.
func (m *model) step() {
	switch m.r.IntN(14) {
	case 0, 1, 2:
		n := min(m.r.IntN(4), len(m.log)-m.to)
		m.Add(m.log[m.to : m.to+n]...)
		m.to += n
	case 3:
		if m.to == m.from {
			return
		}
		n := min(m.r.IntN(20), m.from)
		m.SetLoading(true)
		m.Prepend(m.log[m.from-n:m.from], m.from > n)
		m.from -= n
	case 4:
		m.n++
		m.AddPending(say(m.n, randomText(m.r)))
		m.wait[m.n] = true
	case 5:
		m.finish()
	case 6, 7:
		m.ScrollBy(m.r.IntN(80) - 40)
	case 8:
		m.SetSize(m.r.IntN(130), m.r.IntN(40))
	case 9:
		m.Hover(m.r.IntN(80), m.r.IntN(24))
		m.Hit(m.r.IntN(80), m.r.IntN(24))
	case 10:
		m.MarkUnreadFrom(chatnet.Seq(m.r.IntN(400)))
	case 11:
		m.Notice(chatnet.Clean(randomText(m.r)))
		m.Problem(chatnet.Clean("it failed"))
	case 12:
		m.Presence(m.at, "u-bob", chatnet.MustNick("bob"), chatnet.Away)
	default:
		[]func(){m.PageUp, m.PageDown, m.Home, m.End, m.Seen, m.ClearUnread}[m.r.IntN(6)]()
	}
}

// finish settles, refuses or drops one of the messages that wait.
func (m *model) finish() {
	for n := range m.n + 1 {
		if !m.wait[n] {
			continue
		}
		o := say(n, "").Origin
		switch m.r.IntN(4) {
		case 0:
			m.Discard(o)
			delete(m.wait, n)
		case 1:
			m.Fail(o, chatnet.E(chatnet.CodeTooLong, randomText(m.r)))
		case 2:
			m.Settle(o, chatnet.MaxSeq)
		default:
			if m.to == len(m.log) {
				return
			}
			ev := m.log[m.to]
			ev.Origin, ev.Body = o, chatnet.Said{Text: chatnet.Clean("arrived")}
			m.Add(ev)
			m.log[m.to] = ev
			m.to++
			delete(m.wait, n)
		}
		return
	}
}

// check says what must hold after every step.
func (m *model) check(step int) {
	m.t.Helper()
	rows := slices.Clone(m.Rows())
	if len(rows) != m.h {
		m.t.Fatalf("step %d: %d rows at height %d", step, len(rows), m.h)
	}
	for y, row := range rows {
		if Cells(m.wm, row) != m.w {
			m.t.Fatalf("step %d: row %d %q has %d cells, want %d", step, y, row, Cells(m.wm, row), m.w)
		}
	}
	if len(m.waiting) != len(m.wait) {
		m.t.Fatalf("step %d: %d messages wait, want %d", step, len(m.waiting), len(m.wait))
	}
	if m.to > m.from && (m.Oldest() != m.log[m.from].Seq || m.Newest() != m.log[m.to-1].Seq) {
		m.t.Fatalf("step %d: it has %d to %d, want %d to %d", step, m.Oldest(), m.Newest(), m.log[m.from].Seq, m.log[m.to-1].Seq)
	}
	if !slices.IsSortedFunc(m.items, func(a, b item) int { return int(a.seq) - int(b.seq) }) {
		m.t.Fatalf("step %d: the items are out of order", step)
	}
	m.checkWindow(step)
}

// checkWindow compares the view with all rows there are, laid one below the other.
func (m *model) checkWindow(step int) {
	m.t.Helper()
	if m.w == 0 || m.h == 0 || m.Len() == 0 {
		return
	}
	var all []string
	at := 0
	top, off := m.place()
	for i := range m.Len() {
		if i == top {
			at = len(all) + off
		}
		b := m.block(i)
		for r, row := range b.rows {
			if r == b.unread {
				row = m.unreadRow()
			}
			all = append(all, row)
		}
	}
	if len(all) > m.h && at > len(all)-m.h {
		m.t.Fatalf("step %d: row %d of %d is on top of %d: there is room below the last", step, at, len(all), m.h)
	}
	want := all[at:min(len(all), at+m.h)]
	got := m.Rows()[:len(want)]
	for y := range want {
		covered := m.pill.target.Kind != TargetNone && y == m.pill.row || m.hover.target.Kind != TargetNone && y == m.hover.row
		if !covered && got[y] != want[y] {
			m.t.Fatalf("step %d: row %d (-want +got):\n%s", step, y, cmp.Diff(want[y], got[y]))
		}
	}
}

func TestMessagesModel(t *testing.T) {
	for seed := range uint64(8) {
		m := newModel(t, seed)
		for i := range 300 {
			m.step()
			m.check(i)
		}
	}
}

func TestMessagesTimeZoneChangesWhileWaiting(t *testing.T) {
	c := newChat(60, 20)
	c.AddPending(say(1, "late"))
	c.SetNow(noon.In(time.FixedZone("far east", 13*3600)))
	if got := plainRow(c.Rows()[0]); got == "" || !cmp.Equal(c.waiting[0].day, c.dayOf(c.waiting[0].at)) {
		t.Errorf("the day is not that of the place: %q", got)
	}
}
