package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2" // the terminal's clipboard

	"tchat/chatnet"
	"tchat/tui/pane"
)

// pick chooses the message n below the chosen one, the last one to begin with,
// and gives the keys to it. Below the last one the input has them again.
func (a *App) pick(n int) {
	r := a.chat.open
	if r == nil {
		return
	}
	if r.list.Pick(n) {
		a.picking = true
		return
	}
	if n > 0 {
		a.unpick()
		a.bottom()
	}
}

// unpick gives the keys back to the input.
func (a *App) unpick() {
	a.picking = false
	if r := a.chat.open; r != nil {
		r.list.Unpick()
	}
}

// pickKey handles a key while a message is chosen, and reports whether it did.
func (a *App) pickKey(s string) bool {
	m, ok := a.chosen()
	if !ok {
		a.unpick()
		return false
	}
	switch s {
	case "up", "k", "shift+up", "alt+m":
		a.pick(-1)
	case "down", "j", "shift+down":
		a.pick(1)
	case "esc":
		a.unpick()
	case "r", "enter":
		a.compose(m.Seq, 0)
	case "e":
		a.compose(0, m.Seq)
	case "d", "delete":
		a.askRedact(m)
	case "+":
		a.typeReaction()
	case "y":
		a.copyMessage(m)
	default:
		if utf8.RuneCountInString(s) == 1 || s == "space" || s == "backspace" {
			a.say = "a message is chosen; Esc goes back to writing"
			return true
		}
		return false
	}
	return true
}

// chosen returns the chosen message of the open room.
func (a *App) chosen() (pane.Message, bool) {
	if a.chat.open == nil {
		return pane.Message{}, false
	}
	return a.chat.open.list.Picked()
}

// compose makes the next line an answer to a message, or its new text.
func (a *App) compose(reply, edits chatnet.Seq) {
	r := a.chat.open
	if r == nil {
		return
	}
	m, _ := r.list.Message(max(reply, edits))
	switch {
	case m.Gone:
		a.say = "the message was redacted"
		return
	case edits != 0 && !m.Own:
		a.say = "only its writer may edit it"
		return
	case edits != 0 && !a.input.Empty():
		a.say = "send or clear what is written first"
		return
	}
	a.unpick()
	if edits != 0 {
		text := m.Text.String()
		if strings.HasPrefix(text, "/") {
			text = "/" + text // or it would be a command
		}
		a.input.SetValue(text)
	}
	a.input.SetAbout(pane.About{Reply: reply, Edits: edits, Nick: m.Nick})
}

// editLast puts the person's last message into the empty input, and reports
// whether there is one.
func (a *App) editLast() bool {
	if a.chat.open == nil || !a.input.To().IsZero() || a.input.About() != (pane.About{}) {
		return false
	}
	m, ok := a.chat.open.list.Last(true)
	if ok {
		a.compose(0, m.Seq)
	}
	return ok
}

// askRedact asks before a message's text is taken away for good.
func (a *App) askRedact(m pane.Message) {
	switch {
	case m.Gone:
		a.say = "the message was redacted already"
		return
	case !m.Own && !a.chat.role.AtLeast(chatnet.RoleModerator):
		a.say = "it is not yours, and you are no moderator"
		return
	}
	words, _, _ := strings.Cut(m.Text.String(), "\n")
	q := pane.NewQuestion("Redact this message?", m.Nick.String()+": "+words+
		"\n\nIts text is gone for everybody, for good; a mark stays. You may write why:", "", func(s string) string {
		if len(s) > chatnet.MaxReason {
			return "a reason has at most 256 bytes"
		}
		return ""
	})
	q.Keys = "Enter redacts   Esc keeps it"
	room := a.chat.open.info.ID
	a.openCard(topCard{kind: cardRedact, card: q, light: true, done: func(o pane.Outcome) {
		if answer, ok := o.(pane.Answer); ok {
			a.unpick()
			a.ask(chatnet.Redact{Room: room, Target: m.Seq, Reason: chatnet.CleanLine(answer.Text)})
		}
	}})
}

// typeReaction lets the person write the emoji; the message stays chosen.
func (a *App) typeReaction() {
	if !a.input.Empty() {
		a.say = "send or clear what is written first"
		return
	}
	a.picking = false
	a.input.SetValue("/react :")
	a.offer()
}

// react puts an emoji to a message, or takes it back.
func (a *App) react(seq chatnet.Seq, e chatnet.Emoji) {
	if r := a.chat.open; r != nil {
		a.ask(chatnet.React{Room: r.info.ID, Target: seq, Emoji: e, On: !r.list.Reacted(seq, e)})
	}
}

// copyMessage gives a message's text to the terminal's clipboard (OSC 52).
func (a *App) copyMessage(m pane.Message) {
	if m.Gone {
		a.say = "the message was redacted"
		return
	}
	a.later(tea.SetClipboard(m.Text.String()))
	a.unpick()
	a.say = "copied, if the terminal allows it"
}

// showMessage brings a message into view, if it is loaded.
func (a *App) showMessage(seq chatnet.Seq) {
	if r := a.chat.open; r != nil && !r.list.Show(seq) {
		a.say = "the message is further up; scroll until it is loaded"
	}
}

// unchoose lets go of a message that is chosen while something is written, and
// reports whether there was one.
func (a *App) unchoose() bool {
	if _, ok := a.chosen(); !ok {
		return false
	}
	a.unpick()
	return true
}

// targets are the messages that a command may be about: the chosen one, that or
// the last one, and that or the last one of the person's own.
func (r *room) targets() (chosen, last, own chatnet.Seq) {
	if m, ok := r.list.Picked(); ok {
		if m.Own {
			return m.Seq, m.Seq, m.Seq
		}
		return m.Seq, m.Seq, 0
	}
	if m, ok := r.list.Last(false); ok {
		last = m.Seq
	}
	if m, ok := r.list.Last(true); ok {
		own = m.Seq
	}
	return 0, last, own
}

// pickHints are the keys that matter while a message is chosen.
func (a *App) pickHints() []pane.Hint {
	m, _ := a.chosen()
	hints := []pane.Hint{{Key: "r", Does: "reply"}}
	if m.Own {
		hints = append(hints, pane.Hint{Key: "e", Does: "edit"})
	}
	if m.Own || a.chat.role.AtLeast(chatnet.RoleModerator) {
		hints = append(hints, pane.Hint{Key: "d", Does: "redact"})
	}
	return append(hints, pane.Hint{Key: "Esc", Does: "back"}, pane.Hint{Key: "+", Does: "react"}, pane.Hint{Key: "y", Does: "copy"})
}
