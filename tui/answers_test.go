package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tchat/chatnet"
	"tchat/tui"
)

func TestAnswersInWords(t *testing.T) {
	eve := chatnet.MustNick("eve")
	dev := chatnet.MustRoomName("dev")
	ok := func(a chatnet.Answer) chatnet.Reply { return chatnet.Reply{Answer: a} }
	no := chatnet.Reply{Err: chatnet.E(chatnet.CodeNoUser, "nobody here is called eve")}
	cases := []struct {
		name string
		u    chatnet.Answered
		want string
	}{
		{"rooms", chatnet.Answered{Request: chatnet.ListRooms{}, Reply: ok(chatnet.RoomList{Rooms: []chatnet.Listing{
			{Name: dev, Count: 1}, {Name: chatnet.Lobby(), Count: 3, Topic: chatnet.Clean("hi")}}})}, "lobby  3 members  hi"},
		{"no rooms", chatnet.Answered{Request: chatnet.ListRooms{}, Reply: ok(chatnet.RoomList{})}, "There is no room to join"},
		{"whois", chatnet.Answered{Request: chatnet.Whois{Nick: eve}, Reply: ok(chatnet.UserInfo{
			Member: chatnet.Member{User: "k-eve", Nick: eve, Role: chatnet.RoleMember, Presence: chatnet.Away, Away: chatnet.Clean("at lunch")},
			Rooms:  []chatnet.RoomName{dev}, Since: day})}, "eve  away, member, at lunch"},
		{"whois fails", chatnet.Answered{Request: chatnet.Whois{Nick: eve}, Reply: no}, "nobody here is called eve"},
		{"search", chatnet.Answered{Request: chatnet.Search{}, Reply: ok(chatnet.Hits{Events: []chatnet.Event{
			{Room: "r-lobby", Seq: 2, At: day, Nick: eve, Body: chatnet.Said{Text: chatnet.Clean("two\nlines")}}}})}, "lobby  eve: two lines"},
		{"nothing found", chatnet.Answered{Request: chatnet.Search{}, Reply: ok(chatnet.Hits{})}, "Nothing was found"},
		{"away", chatnet.Answered{Request: chatnet.SetAway{Away: true}, Reply: ok(chatnet.Done{})}, "You are away now"},
		{"back", chatnet.Answered{Request: chatnet.SetAway{}, Reply: ok(chatnet.Done{})}, "You are back"},
		{"role", chatnet.Answered{Request: chatnet.SetRole{Nick: eve, Role: chatnet.RoleModerator}, Reply: ok(chatnet.Done{})}, "eve is moderator now"},
		{"invite", chatnet.Answered{Request: chatnet.Invite{Nick: eve}, Reply: ok(chatnet.Done{})}, "eve was brought in"},
		{"entered", chatnet.Answered{Request: chatnet.Join{Name: dev}, Reply: ok(chatnet.Entered{Room: "r-dev"})}, "› dev"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			play(t, 80, 24, nil, func(s *scene) {
				s.feed(lively()...)
				s.feed(c.u)
				s.shows(c.want)
			})
		})
	}
}

func TestBackgroundFailuresAreQuiet(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		before := s.screen()
		no := chatnet.Reply{Err: chatnet.E(chatnet.CodeForbidden, "you may not")}
		for _, r := range []chatnet.Request{
			chatnet.Type{Room: "r-lobby"}, chatnet.MarkRead{Room: "r-lobby"}, chatnet.ListKnocks{}, chatnet.ListMembers{Room: "r-lobby"},
		} {
			s.feed(chatnet.Answered{Request: r, Reply: no})
		}
		if after := s.screen(); after != before {
			t.Errorf("the screen changed:\n%s", after)
		}
	})
}

func TestWhoAndKnocksAnswerThePersonOnly(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.feed(memberList("r-lobby"))
		s.hides("In lobby:")
		s.line("/who")
		s.feed(memberList("r-lobby"))
		s.shows("In lobby:", "dave  away")
		none := chatnet.Answered{Request: chatnet.ListKnocks{}, Reply: chatnet.Reply{Answer: chatnet.KnockList{}}}
		s.feed(none)
		s.hides("Nobody waits")
		s.line("/knocks")
		s.feed(none)
		s.shows("Nobody waits to be let in")
		s.line("/knocks")
		s.feed(chatnet.Answered{Request: chatnet.ListKnocks{}, Reply: chatnet.Reply{Answer: chatnet.KnockList{
			Knocks: []chatnet.Knock{{Nick: dave, Addr: "10.0.0.9", Door: "irc"}}}}})
		s.shows("dave from 10.0.0.9 via irc")
	})
}

func TestWhatTheLinkDoesNotTake(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.pass(time.Second)
		s.link.fail = chatnet.E(chatnet.CodeOffline, "there is no link just now")
		s.line("keep me")
		s.shows("there is no link just now", "› keep me")
		s.press("ctrl+u")
		s.line("/whois bob")
		s.shows("there is no link just now")
	})
}

func TestHistoryIsLoadedNearTheTop(t *testing.T) {
	play(t, 80, 12, nil, func(s *scene) {
		w := newWorld()
		w.seq["r-lobby"] = 500
		s.feed(w.links, w.welcome(chatnet.RoleMember, rooms()[0]))
		for i := range 60 {
			s.feed(w.says("r-lobby", bob, i, fmt.Sprintf("number %d", i)))
		}
		s.asked("older r-lobby 501") // while there was less than a screen
		s.press("home", "ctrl+up", "pgup")
		s.asked("") // it is under way
		s.feed(chatnet.PageLoaded{Room: "r-lobby", Err: chatnet.E(chatnet.CodeOffline, "not now")})
		s.shows("older messages: not now")
		s.asked("") // not at once again
		s.pass(10 * time.Second)
		s.press("ctrl+up")
		s.asked("older r-lobby 501")
		old := newWorld()
		old.seq["r-lobby"] = 498
		evs := []chatnet.Event{old.event("r-lobby", carol, 0, said("the very first")), old.event("r-lobby", carol, 0, said("the second"))}
		s.feed(chatnet.PageLoaded{Room: "r-lobby", Events: evs})
		s.shows("number 0")
		s.press("home")
		s.shows("the very first")
		s.asked("")
	})
}

func TestTypingIsToldAndShown(t *testing.T) {
	play(t, 80, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.typed("hello there")
		if n := s.link.count("Type {r-lobby true}"); n != 1 {
			t.Errorf("told %d times", n)
		}
		s.press("enter")
		if n := s.link.count("Type {r-lobby false}"); n != 1 {
			t.Errorf("the end was told %d times", n)
		}
		for _, n := range []chatnet.Nick{bob, carol, dave, ada} {
			s.feed(chatnet.Signalled{Signal: chatnet.Typing{Room: "r-lobby", User: userOf(n), Nick: n, On: true}})
		}
		s.shows("3 people are typing")
		s.feed(chatnet.Signalled{Signal: chatnet.Typing{Room: "r-lobby", User: userOf(bob), Nick: bob}})
		s.shows("carol and dave are typing")
		s.pass(10 * time.Second)
		s.hides("typing")
	})
}

func TestPresenceMovesPeople(t *testing.T) {
	play(t, 100, 24, nil, func(s *scene) {
		s.feed(lively()...)
		s.shows("HERE 3", "AWAY 1")
		s.feed(chatnet.Signalled{Signal: chatnet.PresenceChanged{User: userOf(dave), Nick: dave, Presence: chatnet.Here}})
		s.shows("HERE 4")
		s.hides("AWAY")
		s.feed(chatnet.Signalled{Signal: chatnet.SelfChanged{Nick: chatnet.MustNick("lovelace"), Role: chatnet.RoleOwner}})
	})
}

func TestPaletteGoesAndDoes(t *testing.T) {
	cases := []struct{ typed, shows, asked string }{
		{"dev", "› dev", ""},
		{"bob", "lobby", "OpenDirect {bob}"},
		{"rooms pane", "lobby", ""},
		{"/topic", "› /topic", ""},
		{"/rooms", "lobby", "ListRooms {}"},
	}
	for _, c := range cases {
		play(t, 80, 24, nil, func(s *scene) {
			s.feed(lively()...)
			s.link.asked()
			s.press("ctrl+k")
			s.typed(c.typed)
			s.press("enter")
			s.shows(c.shows)
			s.asked(c.asked)
		})
	}
}

func TestFilterThinsOutThePointer(t *testing.T) {
	now := day
	pass := tui.Filter(func() time.Time { return now })
	move, turn := tea.MouseMotionMsg{X: 1}, tea.MouseWheelMsg{Button: tea.MouseWheelUp}
	key := tea.KeyPressMsg{Code: 'a', Text: "a"}
	if pass(nil, move) == nil || pass(nil, move) != nil {
		t.Error("motions within a frame are not dropped")
	}
	if got := pass(nil, turn); got != (tui.Wheel{Mouse: tea.Mouse(turn), Steps: 1}) {
		t.Errorf("the first step is %v", got)
	}
	for range 3 {
		if got := pass(nil, turn); got != nil {
			t.Errorf("a step within a frame is %v", got)
		}
	}
	if pass(nil, key) != tea.Msg(key) {
		t.Error("a key is not let through")
	}
	now = now.Add(20 * time.Millisecond)
	if got := pass(nil, turn); got != (tui.Wheel{Mouse: tea.Mouse(turn), Steps: 4}) {
		t.Errorf("the steps are summed to %v", got)
	}
	now = now.Add(20 * time.Millisecond)
	down := tea.MouseWheelMsg{Button: tea.MouseWheelDown}
	if got := pass(nil, down); got != (tui.Wheel{Mouse: tea.Mouse(down), Steps: 1}) {
		t.Errorf("the other way is %v", got)
	}
}
