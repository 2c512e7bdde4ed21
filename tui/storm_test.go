package tui_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tchat/chatnet"
)

func contains(s, want string) bool { return strings.Contains(s, want) }

// TestStorm gives a model random sizes, keys, clicks and updates: whatever comes,
// a frame has the screen's size.
func TestStorm(t *testing.T) {
	for seed := range uint64(3) {
		play(t, 80, 24, nil, func(s *scene) {
			r := rand.New(rand.NewPCG(seed, 7))
			w := newWorld()
			s.feed(lively()...)
			w.seq["r-lobby"] = 7
			for range 150 {
				stir(s, w, r)
				s.screen()
			}
		})
	}
}

var stormKeys = []string{
	"esc", "tab", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "backspace", "delete", "f1", "f3",
	"shift+tab", "alt+enter", "alt+down", "alt+up", "ctrl+up", "ctrl+down", "ctrl+home", "ctrl+end", "ctrl+k", "ctrl+g",
	"ctrl+b", "ctrl+o", "ctrl+j", "alt+a", "alt+r", "alt+e", "ctrl+u", "ctrl+w", "enter",
}

var stormTexts = []string{"a", "word ", "/", "/co", "@b", "日本語", "👨‍👩‍👧", "❤️", "e\u0301", "?", "y", "n", "//x", strings.Repeat("long ", 30)}

func stir(s *scene, w *world, r *rand.Rand) {
	switch r.IntN(9) {
	case 0:
		s.resize(1+r.IntN(140), 1+r.IntN(50))
	case 1, 2:
		s.press(stormKeys[r.IntN(len(stormKeys))])
	case 3:
		s.typed(stormTexts[r.IntN(len(stormTexts))])
	case 4:
		s.send(tea.PasteMsg{Content: strings.Repeat(stormTexts[r.IntN(len(stormTexts))]+"\n", r.IntN(40))})
	case 5:
		s.send(tea.MouseClickMsg{X: r.IntN(150), Y: r.IntN(60), Button: tea.MouseLeft})
	case 6:
		s.send(tea.MouseWheelMsg{X: r.IntN(150), Y: r.IntN(60), Button: []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[r.IntN(2)]})
		s.send(tea.MouseMotionMsg{X: r.IntN(150), Y: r.IntN(60)})
	case 7:
		s.feed(w.says("r-lobby", bob, 20, stormTexts[r.IntN(len(stormTexts))]+"x"))
	case 8:
		s.feed([]chatnet.Update{
			chatnet.LinkChanged{State: chatnet.LinkWaiting, Since: day, Next: day},
			w.links, memberList("r-lobby"), w.welcome(chatnet.RoleOwner, rooms()...),
			chatnet.RoomReset{Room: "r-dev"}, chatnet.RoomExited{Room: "r-build"}, chatnet.RoomEntered{Info: rooms()[2]},
			chatnet.Signalled{Signal: chatnet.Typing{Room: "r-lobby", User: userOf(bob), Nick: bob, On: true}},
			chatnet.LinkChanged{State: chatnet.LinkUntrusted, Fingerprint: "abcd"},
			chatnet.LinkChanged{State: chatnet.LinkRefused, Err: chatnet.E(chatnet.CodeRefused, "no")},
			chatnet.Signalled{Signal: chatnet.KnocksChanged{Knocks: []chatnet.Knock{{Nick: dave, Addr: "10.1.1.1", Door: "irc"}}}},
		}[r.IntN(11)])
	}
}

func TestEveryResize(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		for _, size := range [][2]int{{1, 1}, {1, 50}, {300, 1}, {2, 2}, {3, 3}, {5, 4}, {10, 5}, {39, 11}, {59, 24}, {60, 24}, {89, 24}, {90, 24}, {500, 300}} {
			s.resize(size[0], size[1])
			s.screen()
			for _, k := range []string{"ctrl+k", "esc", "f1", "esc", "ctrl+b", "ctrl+g"} {
				s.press(k)
				s.screen()
			}
		}
	})
}
