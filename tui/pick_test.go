package tui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"tchat/chatnet"
)

// debate is a lobby in which messages were answered, edited, redacted and
// reacted to.
func debate() []chatnet.Update {
	w := newWorld()
	lobby := chatnet.RoomID("r-lobby")
	about := func(by chatnet.Nick, minute int, b chatnet.Body) chatnet.Event { return w.event(lobby, by, minute, b) }
	return []chatnet.Update{
		w.links, w.welcome(chatnet.RoleMember, rooms()...), memberList(lobby),
		w.arrived(lobby,
			about(bob, 1, said("shall we meet at thre?")), // 1
			about(bob, 1, chatnet.Edited{Target: 1, Text: chatnet.Clean("shall we meet at three?")}),
			about(ada, 2, chatnet.Said{Text: chatnet.Clean("four is better"), Reply: 1}), // 3
			about(carol, 2, chatnet.Reacted{Target: 3, Emoji: chatnet.MustEmoji("👍"), On: true}),
			about(dave, 3, said("the password is swordfish")), // 5
			about(carol, 3, chatnet.Redacted{Target: 5, Reason: chatnet.CleanLine("a secret")}),
			about(carol, 4, said("four, then")), // 7
		),
	}
}

func TestScreenAmendments(t *testing.T) {
	everywhere(t, "amend", debate(), func(t *testing.T, x *term, link *fake, shot func(string, string)) {
		shot("", x.wait("four, then", "redacted by carol", "(edited)"))
		x.keys("\x1bm") // alt+m
		x.wait("Esc back")
		x.keys("\x1b[A\x1b[A") // up, up
		shot("_picked", x.wait("e edit", "d redact"))
		x.keys("r")
		shot("_reply", x.wait("reply to ada"))
		x.keys("no\r")
		link.await(t, "Say {r-lobby  0000000000000000-0 no  false 3 0 false}")
		x.keys("\x1b[A") // up
		x.wait("four is better", "edit: ", "save the edit")
		x.keys("!\r")
		link.await(t, "Say {r-lobby  0000000000000000-0 four is better!  false 0 3 false}")
		x.keys("\x1bm\x1b[A\x1b[A+")
		x.wait(":thumbsup:")
		x.keys("th")
		shot("_react", x.wait("/react :th", ":thinking:"))
		x.keys("umbsu\t\r")
		link.await(t, "React {r-lobby 3 👍 true}")
		x.keys("\x1bm\x1b[A\x1b[Ad")
		shot("_redact", x.wait("Redact this message?", "Enter redacts"))
		x.keys("a slip\r")
		link.await(t, "Redact {r-lobby 3 a slip}")
	})
}

func TestPickedMessageHasTheKeys(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(debate()...)
		s.link.asked()
		s.press("alt+m")
		s.typed("q")
		s.shows("a message is chosen", "Esc back")
		s.typed("e")
		s.shows("only its writer may edit it")
		s.typed("d")
		s.shows("it is not yours, and you are no")
		s.press("up")
		s.typed("redy+") // dave's is gone: a reply and a copy make no sense, and nothing happens
		s.shows("/react :")
		s.press("esc", "esc")
		s.asked("")
		s.press("ctrl+u")
		s.press("alt+m", "down")
		s.hides("Esc back")
		s.press("alt+m", "esc")
		s.typed("just text")
		s.shows("› just text")
		s.press("alt+m")
		s.typed("r")
		s.shows("reply to carol: just text")
		s.press("enter")
		s.asked("Say {r-lobby  0000000000000000-0 just text  false 7 0 false}")
		s.press("alt+m")
		s.press("alt+down")
		s.hides("Esc back")
	})
}

func TestEditsAreLeftByEscAndKeptPerRoom(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(debate()...)
		s.link.asked()
		s.press("up")
		s.shows("edit: four is better")
		s.press("up") // the history must not become the message
		s.shows("edit: four is better")
		s.press("alt+down")
		s.hides("edit: ")
		s.press("alt+up")
		s.shows("edit: four is better")
		s.press("esc")
		s.hides("edit: ")
		s.shows("› ")
		s.line("/edit five")
		s.asked("Say {r-lobby  0000000000000000-0 five  false 0 3 false}")
		s.press("ctrl+p")
		s.shows("› /edit five")
		s.press("ctrl+n")
		s.line("/reply sure")
		s.asked("Say {r-lobby  0000000000000000-0 sure  false 7 0 false}")
		s.line("/redact oops")
		s.asked("Redact {r-lobby 3 oops}")
		s.line("/react 👍")
		s.asked("React {r-lobby 7 👍 true}")
		s.line("/reply")
		s.shows("reply to carol: ")
		s.press("backspace")
		s.hides("reply to carol: ")
		s.line("/edit")
		s.shows("edit: four is better")
		s.press("ctrl+u")
		s.line("/me waves")
		s.shows("an edit changes the text")
	})
}

func TestRefusedEditSaysSo(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(debate()...)
		edit := chatnet.Say{Room: "r-lobby", Origin: chatnet.Origin{Dev: 1, N: 7}, Text: chatnet.Clean("five"), Edits: 3}
		s.feed(chatnet.Queued{Say: edit})
		s.shows("◷", "five (edited)")
		s.feed(chatnet.Settled{Say: edit, Room: "r-lobby", Err: chatnet.E(chatnet.CodeForbidden, "the message was redacted")})
		s.shows("an edit was refused: the message was redacted", "four is better")
		s.press("alt+e")
		s.shows("edit: five")
	})
}

func TestClicksOnReactionsAndQuotes(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(debate()...)
		s.link.asked()
		s.clickOn("👍 1")
		s.asked("React {r-lobby 3 👍 true}")
		s.clickOn("↳ bob")
		s.shows("shall we meet at three?")
		s.asked("")
	})
}

func TestRedactedMessagesAreNotUnread(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.shows("dev        2")
		s.feed(chatnet.Arrived{Room: "r-dev", Events: []chatnet.Event{{
			Room: "r-dev", Seq: 3, Prev: 2, At: day, By: userOf(bob), Nick: bob, Body: chatnet.Redacted{Target: 2},
		}}})
		s.shows("dev        1")
	})
}

func TestCopyGoesThroughTheTerminal(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(debate()...)
		s.press("alt+m")
		s.send(tea.KeyPressMsg{Code: 'y', Text: "y"})
		s.shows("copied")
		s.hides("Esc back")
	})
}
