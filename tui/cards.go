package tui

import (
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/tui/command"
	"tchat/tui/pane"
)

// cardKind says what a card is about; there is at most one of each.
type cardKind string

const (
	cardHelp    cardKind = "help"
	cardPalette cardKind = "palette"
	cardNick    cardKind = "nick"    // another nick is needed
	cardTrust   cardKind = "trust"   // the server's key
	cardLink    cardKind = "link"    // knocking, or refused
	cardStart   cardKind = "start"   // no address was given
	cardOpening cardKind = "opening" // an address is being opened
	cardHost    cardKind = "host"    // the host leaves
	cardRedact  cardKind = "redact"  // a message's text is to go
)

// topCard is a card with what the router must know of it.
type topCard struct {
	kind  cardKind
	card  pane.Card
	since time.Time
	self  bool // it opened by itself: typing must not answer it
	awake bool // the person has given it a key
	light bool // a click beside it closes it
	done  func(pane.Outcome)
}

// ready reports whether the card has been there long enough to be answered.
func (c topCard) ready(now time.Time) bool { return !c.self || now.Sub(c.since) >= quietFor }

// steals reports whether a key may go to the card: one that opened by itself
// takes none until there was a moment of quiet, or it has been there for long.
func (c topCard) steals(now time.Time, quiet bool) bool {
	return !c.self || c.awake || c.ready(now) && (quiet || now.Sub(c.since) >= 3*quietFor)
}

// openCard puts a card on top, in the place of one of the same kind.
func (a *App) openCard(c topCard) {
	a.dropCard(c.kind)
	c.since = a.now()
	a.cards = append(a.cards, c)
}

// dropCard takes a card away without an outcome.
func (a *App) dropCard(k cardKind) {
	for i, c := range a.cards {
		if c.kind == k {
			a.cards = append(a.cards[:i:i], a.cards[i+1:]...)
			return
		}
	}
}

func (a *App) hasCard(k cardKind) bool {
	for _, c := range a.cards {
		if c.kind == k {
			return true
		}
	}
	return false
}

// closeCard takes the topmost card away.
func (a *App) closeCard() { a.cards = a.cards[:len(a.cards)-1] }

// outcome does what came of the topmost card; nil means that it stays.
func (a *App) outcome(o pane.Outcome) {
	if o == nil {
		return
	}
	top := a.cards[len(a.cards)-1]
	a.closeCard()
	if top.done != nil {
		top.done(o)
	}
}

// openHelp shows every key and command.
func (a *App) openHelp() {
	lines := keyHelp(a.keys)
	lines = append(lines, pane.HelpLine{Head: "COMMANDS"})
	for _, c := range command.Table() {
		lines = append(lines, pane.HelpLine{Left: c.Usage(), Right: c.Brief})
	}
	lines = append(lines, pane.HelpLine{Head: "MOUSE"},
		pane.HelpLine{Left: "click a room", Right: "open it"},
		pane.HelpLine{Left: "click a name", Right: "write to that person only"},
		pane.HelpLine{Left: "click a quote", Right: "go to the message that is answered"},
		pane.HelpLine{Left: "click a reaction", Right: "react likewise, or take it back"},
		pane.HelpLine{Left: "wheel", Right: "scroll what is under the pointer"})
	a.openCard(topCard{kind: cardHelp, card: pane.NewHelp(lines), light: true})
}

// commandHelp tells about one command, in the room.
func (a *App) commandHelp(name string) {
	c, ok := command.Find(name)
	if !ok {
		return
	}
	text := c.Usage() + "\n" + c.Brief
	if c.Long != "" {
		text += "\n" + c.Long
	}
	if len(c.Aliases) > 0 {
		text += "\nalso: /" + strings.Join(c.Aliases, ", /")
	}
	a.notice(text)
}

// openPalette offers rooms, people and actions.
func (a *App) openPalette() {
	var items []pane.Item
	c := &a.chat
	for _, r := range c.order {
		note := "room"
		if r.direct() {
			note = "direct"
		}
		if n := len(r.unread); n > 0 {
			note = pane.Count(n) + " new  " + note
		}
		items = append(items, pane.Item{ID: "room " + string(r.info.ID), Title: r.title(), Note: note})
	}
	if c.open != nil {
		for _, m := range c.open.members {
			if _, known := c.directWith(m.Nick); m.User != c.self && !known {
				items = append(items, pane.Item{ID: "nick " + m.Nick.String(), Title: m.Nick.String(), Note: "person"})
			}
		}
	}
	for _, b := range a.keys {
		if b.do != nil && b.id != "send" && b.id != "palette" && b.id != "complete" && b.id != "back" {
			items = append(items, pane.Item{ID: "do " + b.id, Title: b.does, Note: b.show})
		}
	}
	for _, cmd := range command.Table() {
		items = append(items, pane.Item{ID: "type /" + cmd.Name, Title: "/" + cmd.Name + "  " + cmd.Brief, Note: "command"})
	}
	a.openCard(topCard{kind: cardPalette, card: pane.NewPalette(items), light: true, done: a.pickedItem})
}

func (a *App) pickedItem(o pane.Outcome) {
	p, ok := o.(pane.Picked)
	if !ok {
		return
	}
	kind, arg, _ := strings.Cut(p.ID, " ")
	switch kind {
	case "room":
		a.openRoom(chatnet.RoomID(arg))
	case "nick":
		if n, err := chatnet.ParseNick(arg); err == nil {
			a.request(chatnet.OpenDirect{With: n})
		}
	case "type":
		cmd, _ := command.Find(arg)
		if len(cmd.Args) == 0 {
			if act, err := command.Parse(command.Input{Room: a.openID(), Away: a.chat.away}, arg); err == nil {
				a.do(act)
			}
			return
		}
		a.input.SetValue(arg + " ")
	case "do":
		for _, b := range a.keys {
			if b.id == arg {
				b.do(a)
			}
		}
	}
}

func (a *App) openID() chatnet.RoomID {
	if a.chat.open == nil {
		return ""
	}
	return a.chat.open.info.ID
}

// guestLines shows what guests can type to come here.
func (a *App) guestLines(asked bool) {
	lines := a.at.Guest
	if len(lines) == 0 {
		if asked {
			a.notice("Guests can type: tchat " + a.at.Server)
		}
		return
	}
	a.notice("Guests can type:\n  " + strings.Join(lines, "\n  "))
}
