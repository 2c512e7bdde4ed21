package pane

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tchat/chatnet"
	"tchat/styles"
)

// Members is the list of who is in the room, by presence.
type Members struct {
	rows  []memberRow
	off   int
	hover int
	self  chatnet.UserID

	version int
	memo    Memo[listKey]
}

// memberRow is a heading or one member.
type memberRow struct {
	head   string
	member chatnet.Member
}

// NewMembers returns an empty list.
func NewMembers() *Members { return &Members{hover: -1} }

// Set replaces the members; self is marked.
func (p *Members) Set(all []chatnet.Member, self chatnet.UserID) {
	p.self, p.rows = self, p.rows[:0]
	p.version++
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b chatnet.Member) int {
		return cmp.Or(cmp.Compare(a.Nick.Key(), b.Nick.Key()), cmp.Compare(a.User, b.User))
	})
	for _, at := range []chatnet.Presence{chatnet.Here, chatnet.Away, chatnet.Gone} {
		head := len(p.rows)
		for _, m := range sorted {
			if m.Presence == at || at == chatnet.Gone && m.Presence == "" {
				if len(p.rows) == head {
					p.rows = append(p.rows, memberRow{})
				}
				p.rows = append(p.rows, memberRow{member: m})
			}
		}
		if n := len(p.rows) - head - 1; n > 0 {
			p.rows[head].head = strings.ToUpper(string(at)) + " " + strconv.Itoa(n)
		}
	}
}

// Scroll moves the list by n rows.
func (p *Members) Scroll(n int) { p.off += n }

// Hover tells over which row the pointer is, -1 for none.
func (p *Members) Hover(row int) { p.hover = row }

// Rows draws the list into w x h cells.
func (p *Members) Rows(l Look, w, h int) []string {
	p.off = max(0, min(p.off, len(p.rows)-h))
	return p.memo.Rows(listKey{l, w, h, p.off, p.hover, p.version}, func() []string {
		out := make([]string, 0, h)
		for i, r := range p.rows[p.off:min(len(p.rows), p.off+h)] {
			out = append(out, p.row(l, w, r, i == p.hover))
		}
		return Fill(l.Width, out, w, h)
	})
}

func (p *Members) row(l Look, w int, r memberRow, hover bool) string {
	if r.head != "" {
		return l.Paint(styles.Heading, Fit(l.Width, " "+r.head, w))
	}
	m := r.member
	st := l.Nick(m.Nick.String())
	if m.Presence != chatnet.Here {
		st = l.Style(styles.Gone)
	}
	if m.Presence == chatnet.Away {
		st = l.Style(styles.Away)
	}
	if m.User == p.self {
		st = st.Bold(true)
	}
	say := note(m)
	room := w - 2
	if n := len(say); n > 0 && room-n-1 >= 6 {
		room -= n + 1
	} else {
		say = ""
	}
	name := FitTail(l.Width, Degrade(l.Width, m.Nick.String()), max(0, room), l.Signs().Ellipsis)
	bare := strings.TrimRight(name, " ")
	row := "  " + styles.PenOf(st.Underline(hover)).Draw(bare) + name[len(bare):]
	if say != "" {
		row += " " + l.Paint(styles.Role, say)
	}
	return row
}

// Hit tells whose name is drawn in a row.
func (p *Members) Hit(row int) (chatnet.Member, bool) {
	at := p.off + row
	if row < 0 || at >= len(p.rows) || p.rows[at].head != "" {
		return chatnet.Member{}, false
	}
	return p.rows[at].member, true
}

// note is what stands behind a nick: a role that is more, or less, than usual.
func note(m chatnet.Member) string {
	switch m.Role {
	case chatnet.RoleOwner, chatnet.RoleVisitor:
		return string(m.Role)
	case chatnet.RoleModerator:
		return "mod"
	case chatnet.RoleMember:
	}
	return ""
}
