package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2" // commands and messages

	"tchat/chatnet"
	"tchat/tui/pane"
)

// openedMsg is what came of Open or HostHere.
type openedMsg struct {
	opened  Opened
	address string
	err     error
	turn    int // which opening it was
}

// begin takes the link that was given, or opens the address, or shows the start
// screen.
func (a *App) begin() {
	a.after(clockEvery, timerClock)
	switch {
	case a.opts.Opened.Link != nil:
		a.take(a.opts.Opened)
	case a.opts.Address != "":
		a.openAddress(a.opts.Address)
	default:
		a.openStart("")
	}
}

// take begins with a link.
func (a *App) take(o Opened) {
	a.closeLink()
	a.at, a.link = o, o.Link
	a.chat = newChat(a.opts.User)
	a.chat.nick = a.nick
	a.later(wait(o.Link))
}

// closeLink gives the link up; what it still brings is not taken.
func (a *App) closeLink() {
	if end := a.at.Close; end != nil {
		a.later(func() tea.Msg {
			end()
			return nil
		})
	}
	a.at, a.link, a.queue = Opened{}, nil, outgoing{}
	a.chat = newChat(a.opts.User)
	a.setKnocks(nil)
	a.input.Restore(pane.Draft{})
}

// openStart shows the start screen.
func (a *App) openStart(wrong string) {
	card := pane.NewStart(a.opts.Recent, a.opts.HostHere != nil)
	card.Say(wrong)
	a.openCard(topCard{kind: cardStart, card: card, done: func(o pane.Outcome) {
		p, ok := o.(pane.Picked)
		switch {
		case !ok:
			a.openStart("")
		case p.ID == pane.HostID:
			a.openHere()
		default:
			a.openAddress(strings.TrimPrefix(p.ID, pane.OpenID))
		}
	}})
}

// withNick goes on at once when the person has a nick, else asks for one.
func (a *App) withNick(then func()) {
	if !a.nick.IsZero() {
		then()
		return
	}
	a.openCard(topCard{kind: cardNick, card: pane.AskNick("", a.opts.Guess.String()), done: func(o pane.Outcome) {
		ans, ok := o.(pane.Answer)
		n, err := chatnet.ParseNick(trim(ans.Text))
		if !ok || err != nil {
			a.openStart("")
			return
		}
		a.nick = n
		then()
	}})
}

// openAddress opens an address, outside of Update.
func (a *App) openAddress(address string) {
	if a.opts.Open == nil {
		a.openStart("this program cannot open addresses")
		return
	}
	a.withNick(func() {
		a.run(address, "Connecting to "+address+" ...", func(ctx context.Context) (Opened, error) {
			return a.opts.Open(ctx, address, a.nick)
		})
	})
}

// openHere begins to host on this machine.
func (a *App) openHere() {
	a.withNick(func() {
		a.run("", "Starting a server here ...", func(ctx context.Context) (Opened, error) {
			return a.opts.HostHere(ctx, a.nick)
		})
	})
}

// run runs an opening while a card says so and can end it.
func (a *App) run(address, text string, open func(context.Context) (Opened, error)) {
	ctx, cancel := context.WithCancel(context.Background())
	a.opening = cancel
	a.turn++
	turn := a.turn
	a.openCard(topCard{kind: cardOpening, card: &pane.Menu{
		Title: "One moment", Text: text, Buttons: []pane.Button{{ID: "stop", Label: "stop", Key: "q"}},
	}, done: func(pane.Outcome) {
		a.stopOpening()
		a.openStart("")
	}})
	a.later(func() tea.Msg {
		o, err := open(ctx)
		return openedMsg{o, address, err, turn}
	})
}

func (a *App) stopOpening() {
	if a.opening != nil {
		a.opening()
		a.opening = nil
		a.turn++ // what it still brings is not taken
	}
}

// opened takes the link, or says why there is none.
func (a *App) opened(m openedMsg) {
	if m.turn != a.turn { // given up meanwhile
		if m.opened.Close != nil {
			end := m.opened.Close
			a.later(func() tea.Msg {
				end()
				return nil
			})
		}
		return
	}
	a.stopOpening()
	a.dropCard(cardOpening)
	if m.err != nil {
		a.openStart(chatnet.AsError(m.err).Text)
		if c, ok := a.cards[len(a.cards)-1].card.(*pane.Start); ok {
			c.SetAddress(m.address)
		}
		return
	}
	if m.opened.Server == "" {
		m.opened.Server = m.address
	}
	a.take(m.opened)
}

func trim(s string) string { return strings.TrimSpace(s) }
