package pane

import (
	"strings"
	"testing"

	"tchat/chatnet"
)

func TestMessagesUnreadLine(t *testing.T) {
	c := newChat(60, 20)
	c.say("ada", "one")
	c.MarkUnreadFrom(2)
	if c.Unread() != 0 {
		t.Errorf("%d unread before anything came", c.Unread())
	}
	c.say("tess", "my own is not new")
	c.join("bob")
	c.say("bob", "two")
	c.say("bob", "three")
	c.see(t, "above the first of another",
		" 12:00 ada       one",
		"|      tess      my own is not new",
		"       -         bob joined",
		" "+strings.Repeat("-", 26)+" 2 new "+strings.Repeat("-", 25),
		" 12:00 bob       two",
		"                 three",
	)
	c.Seen()
	c.say("bob", "four")
	if c.Unread() != 2 {
		t.Errorf("%d unread after it was seen, want 2", c.Unread())
	}
	c.MarkUnreadFrom(1)
	if c.Unread() != 4 {
		t.Errorf("%d unread from the first on, want 4", c.Unread())
	}
	c.ClearUnread()
	if strings.Contains(strings.Join(c.screen(), "\n"), " new -") || c.Unread() != 0 {
		t.Error("the line stays")
	}
}

func TestMessagesUnreadFromOlderPage(t *testing.T) {
	c := newChat(60, 20)
	evs := []chatnet.Event{c.said("ada", "one"), c.said("ada", "two"), c.said("ada", "three")}
	c.MarkUnreadFrom(2)
	c.Add(evs[2])
	c.Prepend(evs[:2], false)
	if c.Unread() != 2 || c.unreadSeq != 2 {
		t.Errorf("%d unread from %d, want 2 from 2", c.Unread(), c.unreadSeq)
	}
}

func TestMessagesUnreadWhileFurtherUp(t *testing.T) {
	c := newChat(60, 6)
	for range 20 {
		c.say("ada", "talk")
	}
	c.Home()
	c.say("bob", "one")
	c.say("bob", "two")
	first := c.unreadSeq
	if c.Unread() != 2 || c.NewBelow() != 2 {
		t.Errorf("%d unread, %d below, want 2, 2", c.Unread(), c.NewBelow())
	}
	c.End()
	c.say("bob", "three")
	if c.Unread() != 2 || c.unreadSeq != first || c.NewBelow() != 0 {
		t.Errorf("after the end: %d unread from %d", c.Unread(), c.unreadSeq)
	}
	c.Home()
	c.say("bob", "four")
	if c.Unread() != 1 || c.unreadSeq == first {
		t.Errorf("the second time: %d unread from %d", c.Unread(), c.unreadSeq)
	}
}

func TestMessagesPill(t *testing.T) {
	c := newChat(60, 5)
	for range 20 {
		c.say("ada", "talk")
	}
	c.PageUp()
	if strings.Contains(strings.Join(c.screen(), "\n"), "below") {
		t.Error("a pill without anything new")
	}
	for range 5 {
		c.say("ada", "more")
	}
	last := c.screen()[4]
	if !strings.HasSuffix(last, "v 5 new below  End") {
		t.Errorf("the last row is %q", last)
	}
	if got := c.Hit(50, 4); got.Kind != TargetBottom {
		t.Errorf("a click on the pill hits %+v", got)
	}
	c.SetSize(14, 5)
	if last = c.screen()[4]; !strings.HasSuffix(last, "v 5") {
		t.Errorf("narrow, the last row is %q", last)
	}
	c.SetSize(60, 5)
	c.PageDown()
	c.PageDown()
	c.PageDown()
	if !c.AtBottom() || c.NewBelow() != 0 || c.Hit(50, 4).Kind == TargetBottom && c.Rows() == nil {
		t.Errorf("at the end: bottom %v, %d below", c.AtBottom(), c.NewBelow())
	}
}

func TestMessagesOlder(t *testing.T) {
	c := newChat(60, 5)
	c.seq = 100
	if c.NeedsOlder() {
		t.Error("an empty list needs older ones")
	}
	for range 20 {
		c.say("ada", "talk")
	}
	if c.NeedsOlder() {
		t.Error("at the end it needs older ones")
	}
	c.Home()
	if got := c.screen()[0]; !c.NeedsOlder() || !strings.Contains(got, "older messages") {
		t.Errorf("at the top it needs none; the first row is %q", got)
	}
	if got := c.Hit(3, 0); got.Kind != TargetOlder {
		t.Errorf("a click on the first row hits %+v", got)
	}
	c.SetLoading(true)
	if got := c.screen()[0]; c.NeedsOlder() || !strings.Contains(got, "loading") {
		t.Errorf("loading, the first row is %q", got)
	}
	c.Prepend(nil, false)
	if got := c.screen()[0]; c.NeedsOlder() || strings.Contains(got, "older") {
		t.Errorf("at the beginning of all, the first row is %q", got)
	}
	c.SetMore(true)
	if !c.NeedsOlder() {
		t.Error("SetMore does nothing")
	}
}

func TestMessagesShow(t *testing.T) {
	c := newChat(60, 9)
	for range 50 {
		c.say("ada", "talk")
	}
	if !c.Show(20) {
		t.Fatal("an event that is there is not found")
	}
	if got := c.Hit(30, 3); got.Seq != 20 {
		c.Rows()
		if got = c.Hit(30, 3); got.Seq != 20 {
			t.Errorf("a third from the top stands %+v", got)
		}
	}
	if c.Show(51) || c.Show(0) {
		t.Error("what is not there is shown")
	}
	if top, all := c.Position(); all != 50 || top < 10 || top > 20 {
		t.Errorf("Position = %d of %d", top, all)
	}
}

func TestMessagesHit(t *testing.T) {
	c := newChat(60, 9)
	c.say("ada", "ask @bob or see https://x.y/z now")
	c.Rows()
	for _, h := range []struct {
		x, y int
		want Target
	}{
		{8, 1, Target{Kind: TargetNick, Nick: chatnet.MustNick("ada")}},
		{21, 1, Target{Kind: TargetNick, Nick: chatnet.MustNick("bob")}},
		{25, 1, Target{Kind: TargetMessage, Seq: 1, Nick: chatnet.MustNick("ada")}},
		{35, 1, Target{Kind: TargetLink, URL: "https://x.y/z"}},
		{8, 0, Target{}},
		{8, 5, Target{}},
		{-1, 1, Target{}},
		{60, 1, Target{}},
		{8, 99, Target{}},
	} {
		if got := c.Hit(h.x, h.y); got != h.want {
			t.Errorf("Hit(%d, %d) = %+v, want %+v", h.x, h.y, got, h.want)
		}
	}
}

func TestMessagesHover(t *testing.T) {
	c := newChat(60, 9)
	c.say("ada", "see https://x.y/z now")
	plain := c.screen()
	before := c.Rows()[1]
	if got := c.Hover(8, 1); got.Kind != TargetNick {
		t.Errorf("over the nick is %+v", got)
	}
	if c.Rows()[1] == before {
		t.Error("what is clickable is not shown")
	}
	c.Hover(25, 1)
	c.Rows()
	if got := c.screen(); strings.Join(got, "\n") != strings.Join(plain, "\n") {
		t.Errorf("the pointer changed the text:\n%s", strings.Join(got, "\n"))
	}
	c.Hover(-1, -1)
	if c.Rows()[1] != before {
		t.Error("the pointer has left, but its mark stays")
	}
	c.Hover(8, 1)
	c.Reset()
	c.Rows()
}
