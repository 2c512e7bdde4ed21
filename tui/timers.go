package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2" // commands and messages

	"tchat/chatnet"
)

// How long things take.
const (
	quietFor   = 500 * time.Millisecond // without a key before a knock or an uninvited card takes one
	quitWithin = 2 * time.Second        // between the two Ctrl+C
	markEvery  = 500 * time.Millisecond // between two read marks
	typingFor  = 8 * time.Second        // a sign of typing is shown
	typingTell = 4 * time.Second        // between two signs of typing of one's own
	ringEvery  = 2 * time.Second        // between two bells
	clockEvery = time.Minute
)

// timerMsg says that a time has passed.
type timerMsg string

const (
	timerMark   timerMsg = "mark"
	timerTyping timerMsg = "typing"
	timerQuit   timerMsg = "quit"
	timerClock  timerMsg = "clock"
)

// after sends a timer's message when d has passed.
func (a *App) after(d time.Duration, m timerMsg) {
	a.later(tea.Tick(d, func(time.Time) tea.Msg { return m }))
}

func (a *App) timer(m timerMsg) {
	switch m {
	case timerMark:
		a.markDue = false
		a.tellRead()
	case timerTyping:
		now := a.now()
		for _, r := range a.chat.rooms {
			r.typists = slices.DeleteFunc(r.typists, func(t typist) bool { return !t.until.After(now) })
		}
	case timerQuit:
		if a.say == quitHint {
			a.say = ""
		}
	case timerClock:
		for _, r := range a.chat.rooms {
			r.list.SetNow(a.now().In(a.opts.Zone))
		}
		a.after(clockEvery, timerClock)
	}
}

// markRead moves the read mark of the open room when the person sees its end, and
// asks for older messages when they see its beginning.
func (a *App) markRead() {
	r := a.chat.open
	if r == nil {
		return
	}
	a.older()
	if !a.focused || len(a.cards) > 0 || !r.list.AtBottom() {
		return
	}
	r.readTo(r.head)
	if r.told < r.read && !a.markDue && a.chat.up() && a.chat.welcome {
		a.markDue = true
		a.after(markEvery, timerMark)
	}
}

// tellRead tells the server of read marks that moved.
func (a *App) tellRead() {
	if !a.chat.up() {
		return
	}
	for _, r := range a.chat.order {
		if r.told < r.read {
			r.told = r.read
			a.ask(chatnet.MarkRead{Room: r.info.ID, Seq: r.read})
		}
	}
}

// askMembers asks who is in the open room when that may have changed.
func (a *App) askMembers() {
	r := a.chat.open
	if r == nil || !r.stale || r.asked || !a.chat.up() || !a.chat.welcome {
		return
	}
	r.stale, r.asked = false, true
	a.ask(chatnet.ListMembers{Room: r.info.ID})
}

// typing tells the others now and then that the person is writing.
func (a *App) typing() {
	r := a.chat.open
	if r == nil || !a.chat.up() || !a.input.To().IsZero() {
		return
	}
	text := a.input.Before()
	switch now := a.now(); {
	case a.input.Empty():
		a.stopTyping()
	case len(text) > 0 && text[0] == '/', now.Sub(a.typingAt) < typingTell:
	default:
		a.typingAt = now
		a.ask(chatnet.Type{Room: r.info.ID, On: true})
	}
}

// stopTyping tells the others that the person is not writing any more.
func (a *App) stopTyping() {
	if a.typingAt.IsZero() {
		return
	}
	a.typingAt = time.Time{}
	if r := a.chat.open; r != nil && a.chat.up() {
		a.ask(chatnet.Type{Room: r.info.ID, On: false})
	}
}
