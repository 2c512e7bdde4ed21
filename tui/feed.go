package tui

import (
	"time"

	tea "charm.land/bubbletea/v2" // commands and messages

	"tchat/chatnet"
)

// How updates are gathered: for so long, and so many at most.
const (
	gatherFor  = 8 * time.Millisecond
	gatherMost = 4096
)

// updatesMsg is what a link brought, in its order.
type updatesMsg struct {
	link    Link
	updates []chatnet.Update
	closed  bool // nothing follows
}

// wait is the one command that waits for updates. It returns when something came
// and either nothing more did for a moment or the batch is full.
func wait(link Link) tea.Cmd {
	return func() tea.Msg {
		first, ok := <-link.Updates()
		if !ok {
			return updatesMsg{link: link, closed: true}
		}
		m := updatesMsg{link: link, updates: []chatnet.Update{first}}
		t := time.NewTimer(gatherFor)
		defer t.Stop()
		for len(m.updates) < gatherMost {
			select {
			case u, ok := <-link.Updates():
				if !ok {
					m.closed = true
					return m
				}
				m.updates = append(m.updates, u)
			case <-t.C:
				return m
			}
		}
		return m
	}
}
