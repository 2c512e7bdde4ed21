package tui_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/tui"
	"tchat/tui/pane"
)

// sizes are the screens that everything is looked at on.
var sizes = [][2]int{{40, 12}, {80, 24}, {120, 40}}

func sgrMouse(button, x, y int, end rune) string {
	return "\x1b[<" + strconv.Itoa(button) + ";" + strconv.Itoa(x) + ";" + strconv.Itoa(y) + string(end)
}

// fixed are options with a clock that stands still.
func fixed(link tui.Link) tui.Options {
	return tui.Options{
		Now: func() time.Time { return day.Add(10 * time.Minute) }, Zone: time.UTC, Theme: "dark",
		Nick: ada, User: userOf(ada), Opened: tui.Opened{Link: link, Server: "ada.local"},
	}
}

// everywhere runs f at every size, with a link that has brought updates.
func everywhere(t *testing.T, name string, us []chatnet.Update, f func(t *testing.T, x *term, link *fake, shot func(string, string))) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			link := newFake()
			x := openTerm(t, fixed(link), size[0], size[1])
			t.Cleanup(func() { close(link.updates) })
			for _, u := range us {
				link.updates <- u
			}
			f(t, x, link, func(part, screen string) {
				golden(t, fmt.Sprintf("%s%s_%dx%d", name, part, size[0], size[1]), screen)
			})
		})
	}
}

func TestScreenChat(t *testing.T) {
	everywhere(t, "chat", lively(), func(t *testing.T, x *term, link *fake, shot func(string, string)) {
		shot("", x.wait("lobby", "waves", "here", "TLS"))
		x.keys("hello @bo")
		x.wait("hello @bo")
		x.keys("\t")
		shot("_typed", x.wait("hello @bob"))
		x.keys("\x1b\r") // alt+enter
		x.keys("second row")
		x.wait("second row")
		x.keys("\r")
		x.gone("second row")
		link.await(t, "Say {r-lobby  0000000000000000-0 hello @bob \nsecond row")
		x.keys("\x03")
		x.wait("Ctrl+C once more")
		x.keys("\x03")
		x.end()
	})
}

func TestScreenUnreadAndDirect(t *testing.T) {
	everywhere(t, "unread", lively(), func(t *testing.T, x *term, link *fake, shot func(string, string)) {
		x.wait("waves", "Alt+A")
		x.keys("\x1ba") // alt+a
		shot("", x.wait("build", "look at this"))
		x.keys("\x1b[1;3A") // alt+up
		x.wait("waves")
		if screen := x.screen(); contains(screen, "carol 10:05") {
			x.click("carol 10:05")
		} else {
			x.click("carol     red")
		}
		shot("_dm", x.wait("to carol:"))
		x.keys("psst")
		x.wait("psst")
		x.keys("\r")
		x.wait("to carol: psst")
		link.await(t, "Say { carol 0000000000000000-0 psst")
	})
}

func TestScreenKnock(t *testing.T) {
	us := append(lively(), chatnet.Signalled{Signal: chatnet.KnocksChanged{Knocks: []chatnet.Knock{
		{User: "k-eve", Nick: chatnet.MustNick("eve"), Addr: "10.0.0.7", Door: "tchat", Since: day},
	}}})
	everywhere(t, "knock", us, func(t *testing.T, x *term, link *fake, shot func(string, string)) {
		shot("", x.wait("waves", "eve", "[accept]", "F3"))
		x.click("[accept]")
		x.gone("[accept]")
		link.updates <- chatnet.Answered{Request: chatnet.Admit{Nick: chatnet.MustNick("eve")}, Reply: chatnet.Reply{Answer: chatnet.Done{}}}
		x.wait("eve was let in")
		link.await(t, "Admit {eve}")
	})
}

func TestScreenOffline(t *testing.T) {
	say := chatnet.Say{Room: "r-lobby", Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean("still here?")}
	us := append(lively(),
		chatnet.LinkChanged{State: chatnet.LinkWaiting, Since: day.Add(7 * time.Minute), Next: day.Add(8 * time.Minute)},
		chatnet.Queued{Say: say})
	everywhere(t, "offline", us, func(_ *testing.T, x *term, _ *fake, shot func(string, string)) {
		shot("", x.wait("since 10:07", "next", "still here?"))
	})
}

func TestScreenNickTaken(t *testing.T) {
	us := []chatnet.Update{chatnet.LinkChanged{State: chatnet.LinkRefused, Err: chatnet.E(chatnet.CodeNickTaken, "somebody else is called ada here")}}
	everywhere(t, "nick", us, func(t *testing.T, x *term, link *fake, shot func(string, string)) {
		shot("", x.wait("Your nick", "somebody else is called ada"))
		x.keys("2\r")
		x.gone("Your nick")
		link.updates <- lively()[0]
		link.updates <- lively()[1]
		x.wait("lobby")
		link.await(t, "nick ada2")
		link.await(t, "redial")
	})
}

func TestScreenHelpAndPalette(t *testing.T) {
	everywhere(t, "help", lively(), func(_ *testing.T, x *term, _ *fake, shot func(string, string)) {
		x.wait("waves")
		x.keys("?")
		shot("", x.wait("Keys and commands", "WRITE"))
		x.keys("next room")
		x.wait("Alt+Down")
		x.keys("\x1b[27u") // escape, as terminals with the kitty protocol write it
		x.gone("Keys and commands")
		x.keys("\x0b") // ctrl+k
		x.wait("Go to")
		x.keys("bui")
		shot("_palette", x.wait("build"))
		x.keys("\r")
		x.wait("look at this")
	})
}

func TestScreenStart(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			link := newFake()
			t.Cleanup(func() { close(link.updates) })
			o := fixed(nil)
			o.Opened, o.Nick = tui.Opened{}, chatnet.Nick{}
			o.Recent = []pane.Recent{{Address: "ada.local", Name: "Ada's room", When: "yesterday"}, {Address: "10.0.0.7:4000"}}
			o.HostHere = func(context.Context, chatnet.Nick) (tui.Opened, error) { return tui.Opened{}, nil }
			o.Open = func(_ context.Context, address string, nick chatnet.Nick) (tui.Opened, error) {
				if address == "nowhere" {
					return tui.Opened{}, chatnet.E(chatnet.CodeUnreachable, "there is no machine called nowhere")
				}
				link.note("open %s as %s", address, nick)
				return tui.Opened{Link: link}, nil
			}
			x := openTerm(t, o, size[0], size[1])
			shot := fmt.Sprintf("start_%dx%d", size[0], size[1])
			golden(t, shot, x.wait("address", "Ada's room", "host here"))
			x.keys("nowhere\r")
			x.wait("Your nick")
			x.keys("ada\r")
			x.wait("no machine called")
			x.keys("\x1b[B\x1b[B\r") // down, down: the second of the recent ones
			x.gone("address")
			for _, u := range lively() {
				link.updates <- u
			}
			x.wait("waves")
			link.await(t, "open 10.0.0.7:4000 as ada")
		})
	}
}

func TestScreenResizeKeepsUsable(t *testing.T) {
	link := newFake()
	x := openTerm(t, fixed(link), 120, 40)
	t.Cleanup(func() { close(link.updates) })
	for _, u := range lively() {
		link.updates <- u
	}
	x.wait("HERE 3", "ROOMS", "waves")
	x.resize(59, 20)
	x.gone("ROOMS")
	x.keys("\x02") // ctrl+b
	x.wait("ROOMS")
	x.keys("\x07") // ctrl+g
	golden(t, "narrow_59x20", x.wait("ROOMS", "HERE 3"))
	x.resize(1, 1)
	x.resize(40, 12)
	x.keys("\x07\x02")
	golden(t, "narrow_40x12", x.until("messages alone", func(s string) bool {
		return len(s) > 0 && !contains(s, "ROOMS") && !contains(s, "HERE 3") && contains(s, "waves")
	}))
	x.keys("\x1b[200~pasted\nas one\x1b[201~")
	x.wait("pasted", "as one")
	x.keys("\r")
	x.gone("as one")
	link.await(t, "Say {r-lobby  0000000000000000-0 pasted\nas one")
}
