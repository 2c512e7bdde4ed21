package tui_test

import (
	"context"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/tui"
)

func TestWaysOnWithoutALink(t *testing.T) {
	opens := func(o *tui.Options) {
		o.Open = func(context.Context, string, chatnet.Nick) (tui.Opened, error) { return tui.Opened{}, nil }
	}
	play(t, 100, 24, opens, func(s *scene) {
		s.feed(chatnet.LinkChanged{
			State: chatnet.LinkWaiting, Next: day.Add(time.Hour),
			Err: chatnet.E(chatnet.CodeUnreachable, "nothing listens there: is the server running?"),
		})
		s.shows("Not connected: nothing listens there: is the server running? Next try at", "Ctrl+R tries")
		s.press("ctrl+r")
		s.asked("redial")
		s.press("alt+s")
		s.shows("address", "host, host:port or tchat://...")
	})
}

func TestTheHostStaysWhenAskedForAnotherServer(t *testing.T) {
	host := func(o *tui.Options) { o.Opened.Host = true }
	play(t, 100, 24, host, func(s *scene) {
		w := newWorld()
		s.feed(w.links, w.welcome(chatnet.RoleOwner, rooms()...))
		s.link.asked() // what entering asks
		s.press("alt+s")
		s.shows("you host this chat", "lobby")
		s.press("ctrl+r") // there is a link already
		s.asked("")
	})
}
