package tui

import (
	"tchat/chatnet"
	"tchat/tui/pane"

	tea "charm.land/bubbletea/v2" // commands and messages
)

// quitHint is shown after the first Ctrl+C.
const quitHint = "Ctrl+C once more leaves"

// interrupt leaves at the second Ctrl+C.
func (a *App) interrupt() {
	if a.quitting {
		a.later(tea.Quit) // the link does not take what was asked; do not wait for it
		return
	}
	if now := a.now(); now.Sub(a.quitAt) <= quitWithin {
		a.leave(chatnet.Text{})
		return
	}
	a.quitAt = a.now()
	a.say = quitHint
	a.after(quitWithin, timerQuit)
}

// leave ends the program; a host is asked first what becomes of the others.
func (a *App) leave(why chatnet.Text) {
	a.stopOpening()
	if !a.at.Host || a.hasCard(cardHost) {
		a.depart(why)
		return
	}
	buttons := []pane.Button{{ID: "stop", Label: "stop for everyone", Key: "s"}}
	if a.opts.KeepServing != nil {
		buttons = append(buttons, pane.Button{ID: "keep", Label: "keep serving without me", Key: "k"})
	}
	buttons = append(buttons, pane.Button{ID: "cancel", Label: "cancel", Key: "c"})
	a.openCard(topCard{kind: cardHost, card: &pane.Menu{
		Title: "Leave the chat that you host?",
		Text:  "Everything said is stored and is there when you host again.", Buttons: buttons,
	}, done: func(o pane.Outcome) {
		p, _ := o.(pane.Picked)
		switch p.ID {
		case "stop":
			a.depart(why)
		case "keep":
			a.keepServing(why)
		}
	}})
}

// keptMsg is what came of KeepServing.
type keptMsg struct {
	why chatnet.Text
	err error
}

// keepServing lets the server go on and leaves.
func (a *App) keepServing(why chatnet.Text) {
	keep := a.opts.KeepServing
	a.later(func() tea.Msg { return keptMsg{why, keep()} })
}

func (a *App) kept(m keptMsg) {
	if m.err != nil {
		a.problem("the server cannot go on without you: " + chatnet.AsError(m.err).Text)
		return
	}
	a.depart(m.why)
}

// depart says goodbye and ends the program when that has reached the link.
func (a *App) depart(why chatnet.Text) {
	a.stopTyping()
	a.tellRead()
	if a.chat.up() {
		a.ask(chatnet.Quit{Reason: why})
	}
	a.quitting = true
}
