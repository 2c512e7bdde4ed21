package pane

import (
	"strings"
	"testing"
	"time"

	"tchat/chatnet"
)

func TestMessagesFold(t *testing.T) {
	c := newChat(60, 20)
	line := func(what, want string) {
		t.Helper()
		got := c.screen()
		if text := strings.TrimSpace(got[len(got)-1]); text != want {
			t.Errorf("%s: %q, want %q", what, text, want)
		}
	}
	c.say("ada", "hello")
	c.join("bob")
	line("one joins", "-         bob joined")
	c.join("carol")
	line("another", "-         bob, carol joined")
	c.part("carol", "")
	line("who comes and goes leaves no trace", "-         bob joined")
	c.part("ada", "lunch")
	line("one leaves", "-         bob joined; ada left (lunch)")
	c.join("ada")
	line("and comes back", "-         bob joined")
	c.Add(c.event("bob", chatnet.Renamed{User: "u-bob", Nick: chatnet.MustNick("rob")}))
	line("a newcomer is renamed", "-         rob joined")
	c.Add(c.event("ada", chatnet.Renamed{User: "u-ada", Nick: chatnet.MustNick("eve")}))
	line("an old one is renamed", "-         rob joined; ada is now eve")
	c.Add(c.event("eve", chatnet.Renamed{User: "u-ada", Nick: chatnet.MustNick("ada")}))
	line("and back", "-         rob joined")
	c.Add(c.event("ada", chatnet.TopicSet{Topic: chatnet.CleanLine("cats")}))
	c.Add(c.event("ada", chatnet.TopicSet{Topic: chatnet.CleanLine("dogs")}))
	line("the last topic counts", "-         rob joined; ada set the topic: dogs")
	c.Add(c.event("ada", chatnet.TopicSet{}))
	line("no topic", "-         rob joined; ada took the topic away")
	c.say("ada", "talk")
	c.join("dave")
	line("talk ends a line", "-         dave joined")
	c.part("dave", "")
	line("and nothing is left of it", "12:00 ada       talk")
	c.wait(24 * time.Hour)
	c.join("dave")
	line("a new day", "-         dave joined")
}

func TestMessagesFoldPresence(t *testing.T) {
	c := newChat(60, 20)
	c.AddPending(chatnet.Say{Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean("waits")})
	for _, p := range []chatnet.Presence{chatnet.Away, chatnet.Here, chatnet.Gone} {
		c.Presence(noon, "u-bob", chatnet.MustNick("bob"), p)
	}
	c.Presence(noon, "u-ada", chatnet.MustNick("ada"), chatnet.Gone)
	c.see(t, "presence", "       -         bob, ada gone", "|    ~ tess      waits")
}

func TestMessagesFoldNamesAFew(t *testing.T) {
	c := newChat(80, 20)
	for _, n := range strings.Split("abcdefghijk", "") {
		c.join("n" + n)
	}
	c.Add(c.event("na", chatnet.Parted{User: "u-ghost"}))
	c.see(t, "a crowd",
		"       -         na, nb, nc, nd, ne, nf, ng, nh and 3 more joined; somebody",
		"                 left")
}

func TestFoldIsBounded(t *testing.T) {
	c := newChat(80, 20)
	for i := range 3 * maxFold {
		nick := "n" + strings.Repeat("x", i%30) + string(rune('a'+i/30))
		c.join(nick)
	}
	if c.Len() != 3 {
		t.Errorf("%d changes make %d lines, want 3", 3*maxFold, c.Len())
	}
}

func TestPrependJoinsQuietLines(t *testing.T) {
	c := newChat(60, 20)
	evs := []chatnet.Event{
		c.event("bob", chatnet.Joined{User: "u-bob", Nick: chatnet.MustNick("bob")}),
		c.event("carol", chatnet.Joined{User: "u-carol", Nick: chatnet.MustNick("carol")}),
		c.event("bob", chatnet.Parted{User: "u-bob"}),
	}
	c.Add(evs[1])
	c.Prepend(evs[:1], false)
	c.see(t, "joined", "       -         bob, carol joined")
	c.Reset()
	c.Add(evs[2])
	c.Prepend(evs[:1], false)
	c.see(t, "what would vanish stays", "       -         bob joined", "       -         bob left")
}
