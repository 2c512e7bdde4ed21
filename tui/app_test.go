package tui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tchat/chatnet"
	"tchat/tui"
)

func TestSaysAndShowsWhatIsOnItsWay(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.link.asked()
		s.line("good morning")
		s.asked("Say {r-lobby  0000000000000000-0 good morning  false 0 0 false}")
		say := chatnet.Say{Room: "r-lobby", Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean("good morning")}
		s.feed(chatnet.Queued{Say: say})
		s.shows("◷", "good morning")
		ev := chatnet.Event{
			Room: "r-lobby", Seq: 8, Prev: 7, At: day.Add(10 * time.Minute), By: userOf(ada), Nick: ada,
			Origin: say.Origin, Body: said("good morning"),
		}
		s.feed(chatnet.Settled{Say: say, Room: "r-lobby", Seq: 8}, chatnet.Arrived{Room: "r-lobby", Events: []chatnet.Event{ev}})
		s.hides("◷")
		s.shows("10:10 ada")
		if n := strings.Count(s.screen(), "good morning"); n != 1 {
			t.Errorf("shown %d times:\n%s", n, s.screen())
		}
	})
}

func TestRefusedIsSentAgainOrEdited(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		say := chatnet.Say{Room: "r-lobby", Origin: chatnet.Origin{Dev: 1, N: 7}, Text: chatnet.Clean("too much")}
		refuse := []chatnet.Update{
			chatnet.Queued{Say: say}, chatnet.Settled{Say: say, Err: chatnet.E(chatnet.CodeForbidden, "you may not speak here")},
		}
		s.feed(refuse...)
		s.shows("you may not speak here", "Alt+R send again", "Alt+E edit")
		s.link.asked()
		s.press("alt+r")
		s.asked("Say {r-lobby  0000000000000001-7 too much  false 0 0 false}")
		s.hides("you may not speak here")
		s.feed(refuse...)
		s.press("alt+e")
		s.asked("discard 7")
		s.shows("› too much")
		s.press("alt+e")
		s.shows("send or clear what is written first")
		s.press("ctrl+u")
		s.feed(refuse...)
		s.clickOn(" edit ")
		s.asked("discard 7")
		s.shows("› too much")
		s.press("ctrl+u")
		s.feed(refuse...)
		s.clickOn(" drop ")
		s.asked("discard 7")
		s.hides("too much")
	})
}

func TestCommandsAreNeverSaid(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.link.asked()
		s.line("/privat bob hi")
		s.asked("")
		s.shows("did you mean", "/private?", "› /privat bob hi")
		for range len("/privat bob hi") {
			s.press("backspace")
		}
		s.line("/private bob /color red psst")
		s.asked("Say { bob 0000000000000000-0 psst red false 0 0 false}")
		s.shows("to bob: psst")
		s.line("/help color")
		s.shows("/color NAME TEXT", "say something in a colour")
		s.asked("")
	})
}

func TestRoomsUnreadAndReadMarks(t *testing.T) {
	play(t, 100, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.shows("build    @ 1", "dev        2", "carol    @ 1")
		s.press("alt+a")
		s.shows("› build", "1 new", "look at this @ada")
		s.hides("build    @ 1")
		s.pass(time.Second)
		if n := s.link.count("MarkRead {r-build 1}"); n != 1 {
			t.Errorf("the read mark of build was told %d times", n)
		}
		s.clickOn("dev        2")
		s.shows("› dev", "two")
		s.press("alt+down")
		s.shows("› carol", "only you can read this")
		s.press("alt+up", "alt+up", "alt+up")
		s.shows("› lobby")
		s.press("alt+a")
		s.shows("nothing new")
		s.feed(chatnet.Signalled{Signal: chatnet.ReadMoved{Room: "r-dev", Seq: 2}})
	})
}

func TestReadMarkNeedsFocusAndTheEnd(t *testing.T) {
	play(t, 80, 12, nil, func(s *scene) {
		w := newWorld()
		s.feed(w.links, w.welcome(chatnet.RoleMember, rooms()...))
		s.pass(time.Second)
		s.send(tea.BlurMsg{})
		s.feed(w.says("r-lobby", bob, 1, "while you were away"))
		s.pass(time.Second)
		if n := s.link.count("MarkRead {r-lobby 1}"); n != 0 {
			t.Errorf("read without the focus: %d", n)
		}
		s.send(tea.FocusMsg{})
		s.pass(time.Second)
		if n := s.link.count("MarkRead {r-lobby 1}"); n != 1 {
			t.Errorf("told %d times after the focus came back", n)
		}
		for i := range 40 {
			s.feed(w.says("r-lobby", bob, 2+i, "more"))
		}
		s.pass(time.Second)
		s.press("pgup")
		s.feed(w.says("r-lobby", bob, 50, "unseen"))
		s.pass(time.Second)
		if n := s.link.count("MarkRead {r-lobby 42}"); n != 0 {
			t.Error("read while further up")
		}
		s.shows("1 new below")
		s.press("end")
		s.pass(time.Second)
		s.shows("unseen")
		if n := s.link.count("MarkRead {r-lobby 42}"); n != 1 {
			t.Errorf("told %d times at the end", n)
		}
	})
}

func TestBellAndTitleOnlyWithoutFocus(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		w := newWorld()
		w.seq["d-carol"], w.seq["r-dev"] = 1, 2
		s.feed(w.says("d-carol", carol, 9, "here?"))
		if len(s.raw) != 0 {
			t.Errorf("rang with the focus: %q", s.raw)
		}
		s.send(tea.BlurMsg{})
		s.pass(time.Minute)
		s.feed(w.says("r-dev", bob, 9, "nothing for you"))
		if len(s.raw) != 0 {
			t.Errorf("rang for an ordinary message: %q", s.raw)
		}
		s.feed(w.says("d-carol", carol, 9, "still\nhere?"), w.says("d-carol", carol, 9, "hm"))
		if want := "\x1b]9;carol: still here?\a\a"; len(s.raw) != 1 || s.raw[0] != want {
			t.Errorf("rang %q, want %q", s.raw, want)
		}
		if got := s.app.View().WindowTitle; got != "(5) lobby - tchat" {
			t.Errorf("title %q", got)
		}
	})
}

func TestOpeningCanBeStopped(t *testing.T) {
	closed := 0
	var link *fake
	slow := func(o *tui.Options) {
		link = o.Opened.Link.(*fake)
		o.Opened, o.Address = tui.Opened{}, "ada.local"
		o.Open = func(ctx context.Context, _ string, _ chatnet.Nick) (tui.Opened, error) {
			<-ctx.Done()
			return tui.Opened{Link: link, Close: func() { closed++ }}, nil // too late
		}
	}
	play(t, 80, 24, slow, func(s *scene) {
		s.shows("Connecting to ada.local")
		s.press("enter")
		s.pass(time.Second)
		s.shows("address")
		if closed != 1 {
			t.Errorf("the late link was closed %d times", closed)
		}
	})
}

func TestUnreadLineWhileLookingAway(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.pass(time.Second)
		s.send(tea.BlurMsg{})
		w := newWorld()
		w.seq["r-lobby"] = 7
		s.feed(w.says("r-lobby", bob, 9, "you were not looking"))
		s.send(tea.FocusMsg{})
		s.shows("1 new", "you were not looking")
		s.line("now I am")
		s.hides("1 new")
	})
}

func TestDirectByClick(t *testing.T) {
	play(t, 100, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.link.asked()
		s.clickOn("dave")
		s.shows("to dave: ", "send to dave")
		s.line("are you there")
		s.asked("Say { dave 0000000000000000-0 are you there  false 0 0 false}")
		s.shows("to dave: are you there")
		s.press("esc")
		s.clickOn("bob       multi")
		s.shows("to bob: ")
		s.press("backspace")
		s.hides("to bob: ")
	})
}

func TestKnock(t *testing.T) {
	knock := chatnet.Signalled{Signal: chatnet.KnocksChanged{Knocks: []chatnet.Knock{
		{User: "k-eve", Nick: chatnet.MustNick("eve"), Addr: "10.0.0.7", Door: "tchat", Since: day},
	}}}
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.feed(knock)
		s.shows("knock eve from 10.0.0.7 via tchat", "[accept]", "[refuse]")
		s.link.asked()
		s.typed("yes, n")
		s.asked("")
		s.clickOn("[accept]")
		s.asked("Admit {eve}")
		s.hides("knock eve")
		s.feed(knock)
		s.press("f3")
		s.typed("n")
		s.asked("") // too soon
		s.pass(time.Second)
		s.typed("n")
		s.asked("Refuse {eve }")
		s.feed(chatnet.Answered{Request: chatnet.Refuse{Nick: chatnet.MustNick("eve")}, Reply: chatnet.Reply{Answer: chatnet.Done{}}})
		s.shows("eve was sent away", "› yes, n")
	})
}

func TestOfflineAndBack(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.feed(chatnet.LinkChanged{State: chatnet.LinkWaiting, Since: day.Add(7 * time.Minute), Next: day.Add(8 * time.Minute)})
		s.shows("offline since 10:07, next try 10:08:00", "what you write waits")
		s.line("for later")
		s.feed(chatnet.Queued{Say: chatnet.Say{Room: "r-lobby", Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean("for later")}})
		s.shows("◷", "for later")
		w := newWorld()
		s.feed(w.links, w.welcome(chatnet.RoleOwner, rooms()[:2]...))
		s.shows("TLS", "lobby", "dev")
		s.hides("build", "offline")
	})
}

func TestNickTaken(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(chatnet.LinkChanged{State: chatnet.LinkRefused, Err: chatnet.E(chatnet.CodeNickTaken, "somebody else is called ada")})
		s.shows("Your nick", "somebody else is called ada")
		s.press("ctrl+u")
		s.line("a b")
		s.shows("a nick has 1 to 32 letters")
		s.press("ctrl+u")
		s.line("ada2")
		s.asked("nick ada2; redial")
		s.hides("Your nick")
	})
}

func TestTrustNeedsTheWord(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		shown := strings.Repeat("abcd", 8)
		s.feed(chatnet.LinkChanged{State: chatnet.LinkUntrusted, Fingerprint: shown})
		s.pass(time.Second)
		s.shows("abcd abcd abcd", "Type trust")
		s.press("enter", "enter")
		s.line("yes")
		s.asked("")
		s.press("ctrl+u")
		s.line("trust")
		s.asked("trust " + shown)
		s.feed(chatnet.LinkChanged{State: chatnet.LinkUntrusted, Fingerprint: shown, Known: strings.Repeat("wxyz", 8)})
		s.pass(time.Second)
		s.shows("has changed", "expected", "wxyz wxyz")
		s.line("trust")
		s.asked("")
		s.press("ctrl+u")
		s.line("ada.local")
		s.asked("trust " + shown)
	})
}

func TestKnockingAndRefused(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(chatnet.LinkChanged{State: chatnet.LinkKnocking})
		s.shows("is being asked whether you may", "[stop waiting]")
		s.feed(chatnet.LinkChanged{State: chatnet.LinkRefused, Err: chatnet.E(chatnet.CodeRefused, "not today")})
		s.shows("The host said no", "not today", "[knock again]", "[leave]")
		s.typed("r") // typed when the card came: not an answer
		s.asked("")
		s.pass(time.Second)
		s.press("enter")
		s.asked("redial")
		s.feed(chatnet.LinkChanged{State: chatnet.LinkRefused, Err: chatnet.E(chatnet.CodeRefused, "no")})
		s.pass(time.Second)
		s.clickOn("[leave]")
		if !s.quit {
			t.Error("the program goes on")
		}
	})
}

func TestLeaving(t *testing.T) {
	quits := 0
	play(t, 80, 24, func(o *tui.Options) { o.Quit = func() { quits++ } }, func(s *scene) {
		s.feed(lively()...)
		s.link.asked()
		s.press("ctrl+c")
		s.shows("Ctrl+C once more leaves")
		s.typed("x")
		s.press("ctrl+c")
		s.pass(3 * time.Second)
		s.press("ctrl+c")
		if s.quit {
			t.Fatal("left too easily")
		}
		s.press("backspace")
		s.line("/leave good night")
		s.asked("Quit {good night}")
		if !s.quit || quits != 1 {
			t.Errorf("quit %v, hook called %d times", s.quit, quits)
		}
	})
}

func TestHostIsAskedBeforeLeaving(t *testing.T) {
	kept := 0
	host := func(o *tui.Options) {
		o.Opened.Host, o.Opened.Guest = true, []string{"tchat tchat://ada.local/lobby#abc"}
		o.KeepServing = func() error { kept++; return nil }
	}
	play(t, 80, 24, host, func(s *scene) {
		w := newWorld()
		s.feed(w.links, w.welcome(chatnet.RoleOwner, rooms()...))
		s.shows("Guests can type:", "tchat://ada.local/lobby#abc")
		s.press("ctrl+c", "ctrl+c")
		s.shows("[stop for everyone]", "[keep serving without me]", "[cancel]")
		s.typed("c")
		s.hides("[cancel]")
		s.line("/quit")
		s.press("right", "enter")
		if !s.quit || kept != 1 {
			t.Errorf("quit %v, kept %d", s.quit, kept)
		}
	})
}
