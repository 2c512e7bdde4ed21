package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"     // raw output
	"github.com/charmbracelet/x/ansi" // the sequence of a desktop notification

	"tchat/chatnet"
	"tchat/tui/pane"
)

// ring tells of a message that is meant for the person while the terminal is not
// focused: the bell, and a notification of the desktop where the terminal knows
// one.
func (a *App) ring(r *room, ev chatnet.Event) {
	said, ok := ev.Body.(chatnet.Said)
	if !ok {
		return
	}
	where := " in " + r.title()
	if r.direct() {
		where = ""
	}
	a.notify(ev.Nick.String() + where + ": " + said.Text.String())
}

// ringKnock tells that somebody knocks.
func (a *App) ringKnock(k chatnet.Knock) { a.notify(k.Nick.String() + " knocks") }

// notify rings the bell and shows text on the desktop, not too often.
func (a *App) notify(text string) {
	if a.focused || a.now().Sub(a.rungAt) < ringEvery {
		return
	}
	a.rungAt = a.now()
	a.later(tea.Raw(ansi.Notify(forTerminal(a.look.Width, text)) + "\a"))
}

// forTerminal makes text fit for a control sequence: clean, on one line, short.
func forTerminal(w pane.Width, s string) string {
	s = chatnet.CleanLine(s).String()
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
	return w.Truncate(s, 120, "...")
}
