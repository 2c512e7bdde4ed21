package tui

import (
	"strings"

	"tchat/chatnet"
	"tchat/tui/pane"
)

// linkChanged takes how the connection is, and asks the person where the link
// cannot go on by itself.
func (a *App) linkChanged(l chatnet.LinkChanged) {
	c := &a.chat
	before := c.link
	c.link = l
	a.dropCard(cardTrust)
	a.dropCard(cardLink)
	if l.State == chatnet.LinkUp {
		a.dropCard(cardNick)
		a.dropCard(cardOpening)
	} else {
		c.welcome = false
		for _, r := range c.rooms {
			r.asked, r.who = false, 0
		}
	}
	if l.Err != nil && (l.Err.Code == chatnet.CodeNickTaken || l.Err.Code == chatnet.CodeBadNick) {
		a.askNick(l.Err.Text)
		return
	}
	switch l.State {
	case chatnet.LinkUntrusted:
		a.askTrust(l)
	case chatnet.LinkKnocking:
		a.openCard(topCard{kind: cardLink, card: &pane.Menu{
			Title: "Knocking",
			Text: "The host of " + a.server() + " is being asked whether you may come in. " +
				"You see the chat as soon as somebody says yes.",
			Buttons: []pane.Button{{ID: "leave", Label: "stop waiting", Key: "q"}}, NoEsc: true,
		}, done: a.wayOn})
	case chatnet.LinkRefused:
		a.refused(l)
	case chatnet.LinkWaiting:
		if before.State == chatnet.LinkUp {
			a.say = "the link is lost; what you write waits"
		}
	case chatnet.LinkDialling, chatnet.LinkUp:
	}
}

// server is what the person calls the server.
func (a *App) server() string {
	if n := a.chat.server.Name.String(); n != "" {
		return n
	}
	return a.at.Server
}

// askNick asks for another nick, and dials again with it.
func (a *App) askNick(why string) {
	a.openCard(topCard{kind: cardNick, card: pane.AskNick(why, a.nick.String()), done: func(o pane.Outcome) {
		ans, ok := o.(pane.Answer)
		if !ok {
			a.wayOn(o)
			return
		}
		n, err := chatnet.ParseNick(trim(ans.Text))
		if err != nil {
			a.askNick(chatnet.AsError(err).Text)
			return
		}
		a.nick = n
		a.call(func(l Link) {
			l.SetNick(n)
			l.Redial()
		})
	}})
}

// askTrust asks about the server's key.
func (a *App) askTrust(l chatnet.LinkChanged) {
	a.openCard(topCard{kind: cardTrust, self: true, card: pane.AskTrust(a.at.Server, l.Fingerprint, l.Known),
		done: func(o pane.Outcome) {
			if _, ok := o.(pane.Answer); ok {
				a.call(func(link Link) { link.Trust(l.Fingerprint) })
				return
			}
			a.wayOn(o)
		}})
}

// refused says why the link will not be tried again, and offers ways on.
func (a *App) refused(l chatnet.LinkChanged) {
	title, text := "Not connected", a.linkSentence()
	again := pane.Button{ID: "redial", Label: "try again", Key: "r"}
	if l.Err != nil {
		switch l.Err.Code {
		case chatnet.CodeRefused:
			title, again.Label = "The host said no", "knock again"
		case chatnet.CodeReplaced:
			title, again.Label = "Taken over", "take it back"
		default:
		}
	}
	buttons := []pane.Button{again}
	if a.opts.Open != nil {
		buttons = append(buttons, pane.Button{ID: "start", Label: "another server", Key: "s"})
	}
	buttons = append(buttons, pane.Button{ID: "leave", Label: "leave", Key: "q"})
	a.openCard(topCard{kind: cardLink, self: true, card: &pane.Menu{Title: title, Text: text, Buttons: buttons}, done: a.wayOn})
}

// redial tries the connection at once, unless there is one.
func (a *App) redial() {
	if a.chat.link.State != chatnet.LinkUp {
		a.call(func(l Link) { l.Redial() })
	}
}

// otherServer leaves this server for the start screen. A host does not: leaving
// asks what becomes of the others.
func (a *App) otherServer() {
	switch {
	case a.at.Host:
		a.say = "you host this chat; /leave asks what becomes of it"
	case a.opts.Open != nil:
		a.closeLink()
		a.openStart("")
	}
}

// wayOn is what the person chose when the link could not go on.
func (a *App) wayOn(o pane.Outcome) {
	id := ""
	if p, ok := o.(pane.Picked); ok {
		id = p.ID
	}
	switch id {
	case "redial":
		a.redial()
	case "start":
		a.otherServer()
	case "leave":
		a.leave(chatnet.Text{})
	default: // closed: what is cached can be read; with nothing to read there must be a way on
		if a.chat.open != nil {
			a.say = "not connected; " + a.keyOf("palette") + " has the ways on"
			return
		}
		if a.opts.Open != nil {
			a.closeLink()
			a.openStart("")
			return
		}
		a.leave(chatnet.Text{})
	}
}

// linkSentence says in words how the connection is.
func (a *App) linkSentence() string {
	l := a.chat.link
	why := ""
	if l.Err != nil {
		why = l.Err.Text
	}
	switch l.State {
	case chatnet.LinkUp:
		return "Connected to " + a.server() + "."
	case chatnet.LinkWaiting:
		s := "Not connected to " + a.server()
		if why != "" {
			s = "Not connected: " + why
		}
		if !strings.HasSuffix(s, "?") {
			s += "."
		}
		if !l.Next.IsZero() {
			s += " Next try at " + l.Next.In(a.opts.Zone).Format("15:04:05") + "."
		}
		return s + " " + a.keyOf("redial") + " tries now, " + a.keyOf("servers") + " goes to another server, Ctrl+C twice leaves."
	case chatnet.LinkRefused:
		if why == "" {
			return "The connection to " + a.server() + " is closed."
		}
		return a.server() + ": " + why
	case chatnet.LinkKnocking:
		return "The host is being asked."
	case chatnet.LinkUntrusted:
		return "The key of " + a.server() + " is not known yet."
	case chatnet.LinkDialling:
	}
	if a.link == nil {
		return ""
	}
	return "Connecting to " + a.server() + " ..."
}
