package pane_test

import (
	"strings"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/tui/pane"
)

func entries() []pane.RoomEntry {
	return []pane.RoomEntry{
		{ID: "a", Name: "lobby", Open: true}, {ID: "b", Name: "build", Unread: 3, Mentions: 1}, {ID: "c", Name: "日本語の部屋とても長い", Unread: 2000},
		{ID: "d", Name: "carol", Direct: true, Unread: 1, Mentions: 1},
	}
}

func TestRooms(t *testing.T) {
	p := pane.NewRooms()
	p.Set(entries())
	for _, l := range looks() {
		for w := range 30 {
			for h := range 10 {
				p.Hover(w % 7)
				if rows := p.Rows(l, w, h); len(rows) != h {
					t.Fatalf("%dx%d: %d rows", w, h, len(rows))
				}
				exact(t, l, p.Rows(l, w, h), w)
			}
		}
	}
	p.Hover(-1)
	got := exact(t, darkLook(), p.Rows(darkLook(), 16, 8), 16)
	want := " ROOMS\n › lobby\n   build    @ 3\n   日本語 … 1k+\n DIRECT\n   carol    @ 1\n + new room\n"
	if got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
	for row, id := range []chatnet.RoomID{"", "a", "b", "c", "", "d", pane.NewRoom, ""} {
		if got, ok := p.Hit(row); got != id || ok != (id != "") {
			t.Errorf("row %d is %q, want %q", row, got, id)
		}
	}
	p.Scroll(100)
	p.Rows(darkLook(), 16, 3)
	if id, _ := p.Hit(0); id != "" {
		t.Errorf("scrolled to the end, the first row is %q", id)
	}
	p.Show(3)
	if id, _ := p.Hit(0); id != "a" {
		t.Errorf("the open room is not shown but %q", id)
	}
}

func TestMembers(t *testing.T) {
	m := func(n string, role chatnet.Role, at chatnet.Presence) chatnet.Member {
		return chatnet.Member{User: chatnet.UserID("k-" + n), Nick: chatnet.MustNick(n), Role: role, Presence: at}
	}
	p := pane.NewMembers()
	p.Set([]chatnet.Member{
		m("dave", chatnet.RoleMember, chatnet.Away), m("carol", chatnet.RoleModerator, chatnet.Here), m("Ada", chatnet.RoleOwner, chatnet.Here),
		m("eve", chatnet.RoleVisitor, chatnet.Gone), m("bob", chatnet.RoleMember, chatnet.Here), m("frank", chatnet.RoleMember, ""),
	}, "k-bob")
	got := exact(t, darkLook(), p.Rows(darkLook(), 16, 10), 16)
	want := " HERE 3\n  Ada      owner\n  bob\n  carol      mod\n AWAY 1\n  dave\n GONE 2\n  eve    visitor\n  frank\n"
	if got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
	if who, ok := p.Hit(3); !ok || who.Nick.String() != "carol" {
		t.Errorf("row 3 is %v", who)
	}
	for _, row := range []int{-1, 0, 4, 9, 99} {
		if who, ok := p.Hit(row); ok {
			t.Errorf("row %d is %v", row, who)
		}
	}
	for _, l := range looks() {
		for w := range 24 {
			for h := range 10 {
				p.Hover(h)
				p.Scroll(w%3 - 1)
				exact(t, l, p.Rows(l, w, h), w)
			}
		}
	}
}

func TestKnocks(t *testing.T) {
	var p pane.Knocks
	if p.Rows(darkLook(), 80, 2) != nil {
		t.Error("nobody knocks, but there are rows")
	}
	p.Focus(true)
	if p.Focused() {
		t.Error("nobody knocks, but it has the focus")
	}
	p.Set([]chatnet.Knock{
		{Nick: chatnet.MustNick("eve"), Addr: "10.0.0.7", Door: "tchat"}, {Nick: chatnet.MustNick("mallory"), Addr: "10.0.0.8", Door: "irc"},
	})
	for _, w := range []int{80, 40} {
		for _, focus := range []bool{false, true} {
			p.Focus(focus)
			rows := p.Rows(darkLook(), w, 2)
			exact(t, darkLook(), rows, w)
			x, y := spot(t, darkLook(), rows, "accept]")
			if nick, admit, ok := p.Hit(x, y); !ok || !admit || nick.String() != "eve" {
				t.Errorf("%d: accept is %v %v %v", w, nick, admit, ok)
			}
			x, y = spot(t, darkLook(), rows, "refuse]")
			if _, admit, ok := p.Hit(x, y); !ok || admit {
				t.Errorf("%d: refuse is %v %v", w, admit, ok)
			}
			if _, _, ok := p.Hit(0, 0); ok {
				t.Error("the text answers")
			}
		}
	}
	spot(t, darkLook(), p.Rows(darkLook(), 80, 2), "1 more")
	for _, l := range looks() {
		for w := range 90 {
			exact(t, l, p.Rows(l, w, 1+w%2), w)
		}
	}
	p.Set(nil)
	if _, ok := p.First(); ok || p.Focused() {
		t.Error("somebody is left")
	}
}

func TestTopline(t *testing.T) {
	at := time.Date(2025, 11, 21, 10, 7, 0, 0, time.UTC)
	up := pane.TopInfo{Room: "lobby", Topic: "where everyone meets", Server: "ada.local", Here: 3, Link: chatnet.LinkUp, Secure: true}
	waiting := pane.TopInfo{Room: "lobby", Server: "ada.local", Link: chatnet.LinkWaiting, Since: at, Next: at.Add(time.Minute)}
	open := up
	open.Secure = false
	cases := []struct {
		name     string
		info     pane.TopInfo
		w        int
		has, not string
	}{
		{"all", up, 80, "tchat  lobby - where everyone meets", "clear"},
		{"secure", up, 80, "TLS", "clear"},
		{"clear", open, 80, "clear", "TLS"},
		{"narrow", up, 24, "lobby", "ada.local"},
		{"waiting", waiting, 80, "offline since 10:07, next try 10:08:00", "here"},
		{"waiting, narrow", waiting, 40, "lobby   off since 10:07, next 10:08:00", "ada.local"},
		{"dialling", pane.TopInfo{Link: chatnet.LinkDialling}, 40, "connecting", "here"},
		{"refused", pane.TopInfo{Link: chatnet.LinkRefused}, 40, "not connected", "here"},
		{"knocking", pane.TopInfo{Link: chatnet.LinkKnocking}, 40, "being asked", "here"},
		{"untrusted", pane.TopInfo{Link: chatnet.LinkUntrusted}, 40, "key not known", "here"},
		{"none", pane.TopInfo{}, 40, "tchat", "connect"},
	}
	for _, c := range cases {
		got := exact(t, darkLook(), []string{pane.Topline(darkLook(), c.w, c.info)}, c.w)
		if !strings.Contains(got, c.has) || strings.Contains(got, c.not) {
			t.Errorf("%s: %q, want %q and not %q", c.name, got, c.has, c.not)
		}
		for _, l := range looks() {
			for w := range 100 {
				exact(t, l, []string{pane.Topline(l, w, c.info)}, w)
			}
		}
	}
}

func TestBottomline(t *testing.T) {
	hints := []pane.Hint{{Key: "Enter", Does: "send"}, {Key: "Ctrl+K", Does: "go"}, {Key: "?", Does: "keys"}}
	got := exact(t, darkLook(), []string{pane.Bottomline(darkLook(), 60, "bob is typing ...", hints)}, 60)
	if want := " bob is typing ...            Enter send  Ctrl+K go  ? keys"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, l := range looks() {
		for w := range 90 {
			exact(t, l, []string{pane.Bottomline(l, w, "日本語 is typing ...", hints)}, w)
		}
	}
}
