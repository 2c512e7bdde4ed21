package pane

import (
	"strings"

	tea "charm.land/bubbletea/v2" // key messages

	"tchat/styles"
)

// Recent is a server that the person has been on.
type Recent struct {
	Address string // as it is opened again
	Name    string // what the server calls itself, may be empty
	When    string // "yesterday"; may be empty
}

// What a Start card's Picked.ID says: an address behind OpenID, or HostID.
const (
	OpenID = "open "
	HostID = "host"
)

// Start is the card of a program that was given no address: recent servers, an
// address to type, and hosting here.
type Start struct {
	recent []Recent
	host   bool
	field  field
	at     int // 0 is the address line, then the recent ones, then hosting
	say    string
	first  int // the row of the first choice
	x, y   int
}

// NewStart returns the card. Host says whether hosting here is offered.
func NewStart(recent []Recent, host bool) *Start { return &Start{recent: recent, host: host} }

// Say shows what went wrong with the last choice.
func (p *Start) Say(s string) { p.say = s }

// SetAddress fills the address line.
func (p *Start) SetAddress(s string) { p.field.set(s); p.at = 0 }

func (p *Start) count() int {
	n := 1 + len(p.recent)
	if p.host {
		n++
	}
	return n
}

// Rows draws the card.
func (p *Start) Rows(l Look, w, h int) []string {
	inner := cardWidth(w, 56)
	const label = "address "
	text, x := p.field.row(l.Width, inner-len(label)-1)
	hint := styles.Card
	if p.field.text == "" {
		text, hint = "host, host:port or tchat://...", styles.Quiet
	}
	var lines []line
	if p.say != "" {
		lines = append(lines, paragraphs(l, inner, styles.Error, p.say)...)
		lines = append(lines, nil)
	}
	lines = append(lines, line{{styles.Key, label}, {hint, Fit(l.Width, text, max(0, inner-len(label)))}}, nil)
	p.x, p.y = padX+len(label)+x, 3+len(lines)-2
	p.first = 3 + len(lines)
	room := max(0, h-4-len(lines))
	var choices []line
	for i, r := range p.recent {
		choices = append(choices, p.choice(l, inner, 1+i, recentTitle(r), r.When))
	}
	if p.host {
		choices = append(choices, p.choice(l, inner, 1+len(p.recent), "host here", "serve a chat on this machine"))
	}
	lines = append(lines, choices[:min(len(choices), room)]...)
	if len(choices) < room-1 {
		lines = append(lines, nil, line{{styles.Quiet, "Enter opens   Up and Down choose   Ctrl+C leaves"}})
	}
	return boxed(l, w, h, "tchat", lines)
}

func recentTitle(r Recent) string {
	if r.Name == "" {
		return r.Address
	}
	return r.Name + "  " + r.Address
}

func (p *Start) choice(l Look, inner, n int, title, note string) line {
	t := styles.Card
	mark := "  "
	if p.at == n {
		t, mark = styles.Selection, l.Signs().Selected+" "
	}
	if note != "" {
		note = "  " + note
	}
	if inner < 40 {
		note = ""
	}
	title = FitTail(l.Width, mark+title, max(0, inner-Cells(l.Width, note)), l.Signs().Ellipsis)
	return line{{t, title + note}}
}

// Cursor tells where the cursor stands.
func (p *Start) Cursor() (x, y int, ok bool) { return p.x, p.y, p.at == 0 }

// Key writes an address, moves between the choices and picks.
func (p *Start) Key(k tea.KeyPressMsg) Outcome {
	switch k.String() {
	case "up", "shift+tab":
		p.at = (p.at + p.count() - 1) % p.count()
	case "down", "tab":
		p.at = (p.at + 1) % p.count()
	case "enter":
		return p.pick(p.at)
	default:
		if p.field.key(k) {
			p.at, p.say = 0, ""
		}
	}
	return nil
}

func (p *Start) pick(n int) Outcome {
	switch {
	case n == 0:
		if s := strings.TrimSpace(p.field.text); s != "" {
			return Picked{OpenID + s}
		}
		p.say = "type an address first, 192.168.1.20 say, or choose below"
		return nil
	case n <= len(p.recent):
		return Picked{OpenID + p.recent[n-1].Address}
	}
	return Picked{HostID}
}

// Click picks a choice.
func (p *Start) Click(_, y int) Outcome {
	if y == p.y {
		p.at = 0
		return nil
	}
	if n := 1 + y - p.first; n >= 1 && n < p.count() {
		p.at = n
		return p.pick(n)
	}
	return nil
}

// Wheel moves the choice.
func (p *Start) Wheel(n int) { p.at = max(0, min(p.at+n, p.count()-1)) }

// Paste writes into the address line.
func (p *Start) Paste(s string) {
	p.at = 0
	p.field.insert(strings.TrimSpace(s))
}
