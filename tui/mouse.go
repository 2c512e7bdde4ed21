package tui

import (
	"image"

	tea "charm.land/bubbletea/v2" // mouse messages

	"tchat/chatnet"
	"tchat/tui/pane"
)

// wheelRows is how far one step of the wheel scrolls.
const wheelRows = 3

// click gives a click to what is drawn there, the topmost first.
func (a *App) click(m tea.Mouse) {
	if m.Button != tea.MouseLeft {
		return
	}
	at, f := image.Pt(m.X, m.Y), a.frame
	if n := len(a.cards); n > 0 {
		top := a.cards[n-1]
		switch {
		case at.In(f.card):
			if top.ready(a.now()) {
				a.outcome(top.card.Click(at.X-f.card.Min.X, at.Y-f.card.Min.Y))
			}
		case top.light:
			a.closeCard()
		}
		return
	}
	switch {
	case at.In(f.popup):
		a.input.Choose(f.popupFirst + at.Y - f.popup.Min.Y)
	case at.In(f.knock):
		if nick, admit, ok := a.knocks.Hit(at.X, at.Y-f.knock.Min.Y); ok {
			a.answerKnock(nick, admit)
		}
	case at.In(f.rooms):
		a.clickRoom(at.Y - f.rooms.Min.Y)
	case at.In(f.members):
		if who, ok := a.members.Hit(at.Y - f.members.Min.Y); ok {
			a.writeTo(who.Nick)
		}
	case at.In(f.messages) && a.chat.open != nil:
		a.clickMessage(a.chat.open.list.Hit(at.X-f.messages.Min.X, at.Y-f.messages.Min.Y))
	}
}

func (a *App) clickRoom(row int) {
	id, ok := a.rooms.Hit(row)
	switch {
	case !ok:
	case id == pane.NewRoom:
		if a.input.Empty() {
			a.input.SetValue("/join ")
			a.say = "type the room's name and press Enter"
		}
	default:
		a.openRoom(id)
	}
}

func (a *App) clickMessage(t pane.Target) {
	switch t.Kind {
	case pane.TargetNick:
		a.writeTo(t.Nick)
	case pane.TargetBottom:
		a.bottom()
	case pane.TargetOlder:
		a.older()
	case pane.TargetRetry:
		a.resendOrigin(t.Origin)
	case pane.TargetEdit:
		a.editRefused(func(s chatnet.Say) bool { return s.Origin == t.Origin })
	case pane.TargetDrop:
		a.dropRefused(func(s chatnet.Say) bool { return s.Origin == t.Origin })
	case pane.TargetReaction:
		a.react(t.Seq, t.Emoji)
	case pane.TargetQuote:
		a.showMessage(t.Seq)
	case pane.TargetLink:
		a.say = "the terminal opens links: Ctrl or Shift and click"
	case pane.TargetNone, pane.TargetMessage:
	}
}

// writeTo makes the input a direct message to somebody.
func (a *App) writeTo(n chatnet.Nick) {
	if n.Key() == a.chat.nick.Key() || n.IsZero() {
		return
	}
	if r := a.chat.open; r != nil && r.direct() && r.info.With.Nick.Key() == n.Key() {
		return
	}
	a.input.SetTo(n)
}

// wheel scrolls the pane under the pointer.
func (a *App) wheel(m tea.Mouse, steps int) {
	n := wheelRows * steps
	switch m.Button {
	case tea.MouseWheelUp:
		n = -n
	case tea.MouseWheelDown:
	default:
		return
	}
	at, f := image.Pt(m.X, m.Y), a.frame
	switch {
	case len(a.cards) > 0:
		a.cards[len(a.cards)-1].card.Wheel(n)
	case at.In(f.rooms):
		a.rooms.Scroll(n)
	case at.In(f.members):
		a.members.Scroll(n)
	case at.In(f.body):
		a.scroll(n)
	}
}

// hover underlines what is clickable under the pointer.
func (a *App) hover(m tea.Mouse) {
	at, f := image.Pt(m.X, m.Y), a.frame
	row := func(r image.Rectangle) int {
		if len(a.cards) == 0 && at.In(r) {
			return at.Y - r.Min.Y
		}
		return -1
	}
	a.rooms.Hover(row(f.rooms))
	a.members.Hover(row(f.members))
	if r := a.chat.open; r != nil {
		if row(f.messages) >= 0 {
			r.list.Hover(at.X-f.messages.Min.X, at.Y-f.messages.Min.Y)
		} else {
			r.list.Hover(-1, -1)
		}
	}
}
