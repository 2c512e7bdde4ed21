package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2" // key messages

	"tchat/tui/pane"
)

// binding is a line of the table of keys.
type binding struct {
	id    string   // names the action in the palette
	keys  []string // as Bubble Tea writes them
	show  string   // as people write them
	does  string
	group string
	do    func(*App) // nil: the input does it itself
}

// The groups of keys, in the order in which help shows them.
const (
	groupWrite = "WRITE"
	groupRead  = "READ"
	groupGo    = "GO"
	groupShow  = "SHOW"
)

// bindings is the one table of keys: handling, help and the palette use it.
func bindings() []binding {
	return []binding{
		{"send", []string{"enter"}, "Enter", "send", groupWrite, (*App).send},
		{"newline", nil, "Alt+Enter, Shift+Enter, Ctrl+J", "new line", groupWrite, nil},
		{"complete", []string{"tab"}, "Tab", "complete commands, @nicks, #rooms and colours", groupWrite, func(a *App) { a.complete(1) }},
		{"back", []string{"shift+tab"}, "Shift+Tab", "the completion before", groupWrite, func(a *App) { a.complete(-1) }},
		{"editlast", nil, "Up", "edit your last message (while nothing is written)", groupWrite, nil},
		{"history", nil, "Up, Down, Ctrl+P, Ctrl+N", "what you sent before", groupWrite, nil},
		{"resend", []string{"alt+r"}, "Alt+R", "send a refused message again", groupWrite, (*App).resend},
		{"edit", []string{"alt+e"}, "Alt+E", "edit a refused message", groupWrite, (*App).editLastRefused},

		{"pick", []string{"alt+m", "shift+up"}, "Alt+M, Shift+Up", "choose a message; up and down move, Esc leaves it", groupRead, func(a *App) { a.pick(-1) }},
		{"picked", nil, "r e d + y", "reply to the chosen message, edit, redact, react, copy", groupRead, nil},
		{"pageup", []string{"pgup"}, "PgUp", "a page up", groupRead, func(a *App) { a.scroll(-a.page()) }},
		{"pagedown", []string{"pgdown"}, "PgDn", "a page down", groupRead, func(a *App) { a.scroll(a.page()) }},
		{"up", []string{"ctrl+up"}, "Ctrl+Up", "a row up", groupRead, func(a *App) { a.scroll(-1) }},
		{"down", []string{"ctrl+down"}, "Ctrl+Down", "a row down", groupRead, func(a *App) { a.scroll(1) }},
		{"top", []string{"ctrl+home"}, "Home, Ctrl+Home", "the oldest message", groupRead, (*App).top},
		{"bottom", []string{"ctrl+end"}, "End, Ctrl+End", "the newest message", groupRead, (*App).bottom},

		{"palette", []string{"ctrl+k"}, "Ctrl+K", "go to a room or person, or do something", groupGo, (*App).openPalette},
		{"next", []string{"alt+down"}, "Alt+Down", "next room", groupGo, func(a *App) { a.step(1) }},
		{"previous", []string{"alt+up"}, "Alt+Up", "previous room", groupGo, func(a *App) { a.step(-1) }},
		{"unread", []string{"alt+a"}, "Alt+A", "next room with something new", groupGo, (*App).nextUnread},
		{"redial", []string{"ctrl+r"}, "Ctrl+R", "connect now", groupGo, (*App).redial},
		{"servers", []string{"alt+s"}, "Alt+S", "another server", groupGo, (*App).otherServer},
		{"knock", []string{"f3"}, "F3", "answer a knock: y accepts, n refuses", groupGo, (*App).focusKnock},

		{"rooms", []string{"ctrl+b"}, "Ctrl+B", "rooms pane", groupShow, func(a *App) { a.toggle(&a.fold.rooms, a.frame.rooms.Dx() > 0) }},
		{"members", []string{"ctrl+g"}, "Ctrl+G", "members pane", groupShow, func(a *App) { a.toggle(&a.fold.members, a.frame.members.Dx() > 0) }},
		{"mouse", []string{"ctrl+o"}, "Ctrl+O", "mouse off, for the terminal's own selection, or on", groupShow, (*App).toggleMouse},
		{"help", []string{"f1"}, "F1, ?", "all keys and commands (? while nothing is written)", groupShow, (*App).openHelp},
		{"close", []string{"esc"}, "Esc", "close the topmost thing", groupShow, (*App).escape},
		{"suspend", []string{"ctrl+z"}, "Ctrl+Z", "back to the shell; fg returns", groupShow, func(a *App) { a.later(tea.Suspend) }},
		{"quit", []string{"ctrl+c"}, "Ctrl+C twice", "leave", groupShow, (*App).interrupt},
	}
}

func byKey(table []binding) map[string]binding {
	m := map[string]binding{}
	for _, b := range table {
		for _, k := range b.keys {
			m[k] = b
		}
	}
	return m
}

// keyHelp is the table as help shows it.
func keyHelp(table []binding) []pane.HelpLine {
	var out []pane.HelpLine
	group := ""
	for _, b := range table {
		if b.group != group {
			group = b.group
			out = append(out, pane.HelpLine{Head: group})
		}
		out = append(out, pane.HelpLine{Left: b.show, Right: b.does})
	}
	return out
}

// key gives a key to whoever is on top: a card, a knock with the focus, the
// table, the input.
func (a *App) key(k tea.KeyPressMsg) {
	a.say = ""
	s := k.String()
	quiet := a.now().Sub(a.typedAt) >= quietFor
	a.typedAt = a.now()
	if s != "ctrl+c" {
		a.quitAt = time.Time{}
	}
	if n := len(a.cards); n > 0 && s != "ctrl+c" && s != "ctrl+z" {
		if a.cards[n-1].steals(a.now(), quiet) {
			a.cards[n-1].awake = true
			a.outcome(a.cards[n-1].card.Key(k))
		}
		return
	}
	if a.knocks.Focused() && a.knockKey(s) {
		return
	}
	if a.picking && a.pickKey(s) {
		return
	}
	if a.editing(s) {
		return
	}
	if b, ok := a.byKey[s]; ok && b.do != nil {
		b.do(a)
		return
	}
	a.input.Key(k)
	a.suggest()
	a.typing()
}

// editing handles the keys that mean one thing in a text and another without.
func (a *App) editing(s string) bool {
	switch {
	case s == "?" && a.input.Empty():
		a.openHelp()
	case s == "up" && a.input.Empty() && a.editLast():
	case s == "home" && a.input.AtHome():
		a.top()
	case s == "end" && a.input.AtEnd():
		a.bottom()
	case s == "tab" && a.input.Empty() && len(a.knocks.List()) > 0:
		a.focusKnock()
	case s == "esc" && a.input.Dismiss():
	default:
		return false
	}
	return true
}

// paste gives pasted text to whoever is on top.
func (a *App) paste(s string) {
	a.typedAt = a.now()
	if n := len(a.cards); n > 0 {
		a.cards[n-1].card.Paste(s)
		return
	}
	a.knocks.Focus(false)
	a.picking = false
	a.input.Paste(s)
	a.typing()
}

// escape closes the topmost thing.
func (a *App) escape() {
	switch {
	case a.input.Dismiss():
	case a.knocks.Focused():
		a.knocks.Focus(false)
	case a.unchoose():
	case a.input.About().Edits != 0:
		a.input.Restore(pane.Draft{})
	case !a.input.To().IsZero(), a.input.About() != pane.About{}:
		a.input.SetTo(noNick)
	default:
		a.bottom()
	}
}

// toggle folds a pane away, or shows it, at any width.
func (a *App) toggle(f *folding, shown bool) {
	*f = foldShown
	if shown {
		*f = foldAway
	}
}

func (a *App) toggleMouse() {
	a.mouse = !a.mouse
	a.say = "the mouse is the terminal's now; Ctrl+O gives it back"
	if a.mouse {
		a.say = "the mouse is on"
	}
}

// keyOf returns how people write the key of an action.
func (a *App) keyOf(id string) string {
	for _, b := range a.keys {
		if b.id == id {
			first, _, _ := strings.Cut(b.show, ",")
			return first
		}
	}
	return ""
}
