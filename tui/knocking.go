package tui

import "tchat/chatnet"

// setKnocks takes who waits to be let in.
func (a *App) setKnocks(list []chatnet.Knock) {
	had := len(a.knocks.List())
	a.knocks.Set(list)
	if n := len(list); n > had && !a.focused {
		a.ringKnock(list[n-1])
	}
}

// focusKnock gives the knock the keys.
func (a *App) focusKnock() {
	if len(a.knocks.List()) == 0 {
		a.say = "nobody knocks"
		return
	}
	a.knocks.Focus(true)
	a.knockSince = a.now()
}

// knockKey handles a key while a knock has the focus, and reports whether it
// meant something there. Any other key goes back to the input with the focus.
func (a *App) knockKey(s string) bool {
	k, ok := a.knocks.First()
	switch {
	case !ok:
		return false
	case s == "y" || s == "n":
		if a.now().Sub(a.knockSince) >= quietFor {
			a.answerKnock(k.Nick, s == "y")
		}
		return true
	case s == "tab" || s == "shift+tab" || s == "f3":
		a.knocks.Focus(false)
		return true
	case s == "esc" || s == "ctrl+c":
		return false
	}
	a.knocks.Focus(false)
	return false
}

// answerKnock lets somebody in, or sends them away.
func (a *App) answerKnock(n chatnet.Nick, admit bool) {
	a.knocks.Focus(false)
	if admit {
		a.ask(chatnet.Admit{Nick: n})
	} else {
		a.ask(chatnet.Refuse{Nick: n})
	}
	// It is gone from the card at once; the server tells who waits from now on.
	var rest []chatnet.Knock
	for _, k := range a.knocks.List() {
		if k.Nick != n {
			rest = append(rest, k)
		}
	}
	a.knocks.Set(rest)
}
