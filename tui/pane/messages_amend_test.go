package pane

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // readable differences

	"tchat/chatnet"
	"tchat/styles"
)

var thumb, heart = chatnet.MustEmoji("👍"), chatnet.MustEmoji("❤️")

// amended is a room in which messages were answered, edited, redacted and
// reacted to.
func amended(w, h int) *chat {
	c := newChat(w, h)
	c.SetStyles(styles.New(styles.Dark(), styles.Options{}))
	c.say("ada", "shall we meet at thre?") // 1
	c.Add(c.event("ada", chatnet.Edited{Target: 1, Text: chatnet.Clean("shall we meet at three?\nor at four, when the others are back from lunch?")}))
	c.wait(time.Minute)
	c.Add(c.event("bob", chatnet.Said{Text: chatnet.Clean("four is better"), Reply: 1})) // 3
	c.Add(c.event("carol", chatnet.Reacted{Target: 3, Emoji: thumb, On: true}))
	c.Add(c.event("tess", chatnet.Reacted{Target: 3, Emoji: thumb, On: true}))
	c.Add(c.event("ada", chatnet.Reacted{Target: 3, Emoji: heart, On: true}))
	c.wait(time.Minute)
	c.say("eve", "the password is swordfish") // 7
	c.Add(c.event("carol", chatnet.Said{Text: chatnet.Clean("never write that here"), Reply: 7}))
	c.Add(c.event("carol", chatnet.Redacted{Target: 7, Reason: chatnet.CleanLine("a secret")}))
	c.wait(time.Minute)
	c.say("tess", "oops")
	c.Add(c.event("tess", chatnet.Redacted{Target: 10}))
	c.Add(c.event("tess", chatnet.Said{Text: chatnet.Clean("nods"), Me: true, Reply: 1}))
	c.AddPending(chatnet.Say{Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean("on its way"), Reply: 3})
	return c
}

func TestAmendedGolden(t *testing.T) {
	for _, size := range [][2]int{{40, 20}, {80, 24}, {120, 40}} {
		c := amended(size[0], size[1])
		golden(t, fmt.Sprintf("amended-%dx%d", size[0], size[1]), c.Rows())
		c.Pick(-1)
		c.Pick(-1)
		golden(t, fmt.Sprintf("amended-picked-%dx%d", size[0], size[1]), c.Rows())
	}
}

// Nothing of what was redacted is on the screen, in a quote neither.
func TestRedactedIsGoneFromTheScreen(t *testing.T) {
	c := amended(80, 24)
	if s := strings.Join(c.screen(), "\n"); strings.Contains(s, "swordfish") || !strings.Contains(s, "message redacted by carol: a secret") {
		t.Errorf("the screen:\n%s", s)
	}
	if m, ok := c.Message(7); !ok || !m.Gone || !m.Text.IsZero() {
		t.Errorf("message 7: %+v", m)
	}
	c.Add(c.event("eve", chatnet.Edited{Target: 7, Text: chatnet.Clean("swordfish again")})) // no server does that
	c.Add(c.event("bob", chatnet.Reacted{Target: 7, Emoji: thumb, On: true}))
	if s := strings.Join(c.screen(), "\n"); strings.Contains(s, "swordfish") {
		t.Errorf("an edit brought it back:\n%s", s)
	}
}

func TestTheLastReactionCounts(t *testing.T) {
	c := newChat(60, 20)
	c.say("ada", "hello")
	react := func(nick string, e chatnet.Emoji, on bool) {
		c.Add(c.event(nick, chatnet.Reacted{Target: 1, Emoji: e, On: on}))
	}
	react("bob", thumb, true)
	react("bob", thumb, true)
	react("tess", heart, true)
	c.see(t, "two", " 12:00 ada       hello", "                  👍 1 [❤ 1]")
	if !c.Reacted(1, heart) || c.Reacted(1, thumb) || c.Reacted(9, thumb) {
		t.Error("one's own reactions are wrong")
	}
	react("tess", thumb, true)
	react("tess", heart, false)
	c.see(t, "one left", " 12:00 ada       hello", "                 [👍 2]")
	if got := c.Hit(18, 2); got != (Target{Kind: TargetReaction, Seq: 1, Emoji: thumb}) {
		t.Errorf("a click is %+v", got)
	}
	react("bob", thumb, false)
	react("tess", thumb, false)
	c.see(t, "none", " 12:00 ada       hello")
}

func TestOwnEditOnItsWay(t *testing.T) {
	c := newChat(60, 20)
	c.say("tess", "helo")
	edit := func(n uint64, text string) chatnet.Say {
		return chatnet.Say{Origin: chatnet.Origin{Dev: 1, N: n}, Text: chatnet.Clean(text), Edits: 1}
	}
	c.AddPending(edit(1, "hell"))
	c.see(t, "on its way", "|    ~ tess      hell (edited)")
	c.Fail(edit(1, "").Origin, chatnet.E(chatnet.CodeForbidden, "no"))
	c.see(t, "refused", "|12:00 tess      helo")
	c.AddPending(edit(2, "hello"))
	c.Settle(edit(2, "").Origin, 2)
	c.see(t, "stored", "|12:00 tess      hello (edited)")
	ev := c.event("tess", chatnet.Edited{Target: 1, Text: chatnet.Clean("hello")})
	ev.Origin = edit(2, "").Origin
	c.Add(ev)
	c.see(t, "arrived", "|12:00 tess      hello (edited)")
	c.AddPending(edit(3, "bye"))
	c.Discard(edit(3, "").Origin)
	c.see(t, "dropped", "|12:00 tess      hello (edited)")
	c.AddPending(edit(4, "later"))
	c.Reset()
	c.Add(chatnet.Event{Seq: 1, At: c.at, By: "u-tess", Nick: chatnet.MustNick("tess"), Body: chatnet.Said{Text: chatnet.Clean("helo")}})
	c.see(t, "after a reset", "|    ~ tess      later (edited)")
	c.Discard(edit(4, "").Origin)
	if len(c.waiting) > 0 || len(c.edits) > 0 {
		t.Errorf("%d wait, %d edits", len(c.waiting), len(c.edits))
	}
}

// Whatever is known of a message counts alike whether it came before the
// message, as it does when history is loaded backwards, or behind it.
func TestHistoryBackwardsLooksTheSame(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(31, seed))
		forward, backward := newChat(70, 400), newChat(70, 400)
		var log []chatnet.Event
		for range 120 {
			log = append(log, forward.random(r))
		}
		forward.Add(log...)
		at := len(log) - 20
		backward.Add(log[at:]...)
		for at > 0 {
			n := min(1+r.IntN(15), at)
			backward.Rows() // what is drawn too early must be drawn anew
			backward.Prepend(log[at-n:at], at > n)
			at -= n
		}
		only := func(c *chat) (texts []string) { // joins fold, and headings part, otherwise at the seams
			for _, row := range c.screen() {
				if !strings.HasPrefix(strings.TrimSpace(row), "- ") {
					texts = append(texts, Cut(c.wm, Fit(c.wm, row, 70), 17, 70))
				}
			}
			return texts
		}
		if d := cmp.Diff(only(forward), only(backward)); d != "" {
			t.Fatalf("seed %d (-at once +backwards):\n%s", seed, d)
		}
	}
}

func TestQuoteOfAnOlderMessage(t *testing.T) {
	c := newChat(60, 20)
	old := c.said("ada", "```\ncode first\n```")
	c.Add(c.event("bob", chatnet.Said{Text: chatnet.Clean("yes"), Reply: 1}))
	c.SetMore(false)
	c.see(t, "not here", " 12:00 bob       ^ an older message", "                 yes")
	c.Prepend([]chatnet.Event{old}, false)
	c.see(t, "here", " 12:00 ada       code first", "       bob       ^ ada: code first", "                 yes")
	if got := c.Hit(20, 2); got != (Target{Kind: TargetQuote, Seq: 1}) {
		t.Errorf("a click is %+v", got)
	}
	c.Reset()
	if len(c.asides)+len(c.answers)+len(c.edits) > 0 {
		t.Error("something is kept over a reset")
	}
}

func TestPick(t *testing.T) {
	c := newChat(60, 6)
	for i := range 20 {
		c.say("ada", fmt.Sprintf("number %d", i+1))
		if i == 10 {
			c.join("bob")
		}
	}
	if _, ok := c.Picked(); ok {
		t.Error("something is chosen")
	}
	picked := func() string {
		m, _ := c.Picked()
		for _, row := range c.screen() {
			if strings.HasPrefix(row, ">") && strings.Contains(row, m.Text.String()) {
				return m.Text.String()
			}
		}
		return "out of view: " + m.Text.String()
	}
	if !c.Pick(-1) || picked() != "number 20" {
		t.Errorf("first: %s", picked())
	}
	for i := 19; i > 0; i-- {
		if !c.Pick(-1) || picked() != fmt.Sprintf("number %d", i) {
			t.Fatalf("%d: %s", i, picked())
		}
	}
	if c.Pick(-1) || picked() != "number 1" {
		t.Errorf("above the first: %s", picked())
	}
	if !c.Pick(19) || picked() != "number 20" || c.Pick(1) {
		t.Errorf("down again: %s", picked())
	}
	c.Unpick()
	c.Home()
	if !c.Pick(-1) || picked() != "number 5" { // the day line takes a row
		t.Errorf("the last in view: %s", picked())
	}
	c.Reset()
	if _, ok := c.Picked(); ok || c.Pick(-1) || c.Pick(1) {
		t.Error("something is chosen in an empty list")
	}
}

func TestPickWhatIsHigherThanTheView(t *testing.T) {
	c := newChat(60, 5)
	c.say("ada", strings.Repeat("a\n", 12)+"end")
	c.say("ada", "last")
	c.Pick(-1)
	c.Pick(-1)
	c.see(t, "from its top", ">12:00 ada       a", ">                a", ">                a", ">                a")
	c.SetSize(60, 0)
	c.Pick(1)
}

func TestLast(t *testing.T) {
	c := newChat(60, 20)
	if _, ok := c.Last(false); ok {
		t.Error("an empty list has a last one")
	}
	c.say("tess", "mine")
	c.say("ada", "hers")
	c.say("ada", "slip")
	c.Add(c.event("ada", chatnet.Redacted{Target: 3}))
	c.Notice(chatnet.Clean("a notice"))
	if m, ok := c.Last(false); !ok || m.Text.String() != "hers" || m.Own || m.Nick.String() != "ada" {
		t.Errorf("the last is %+v", m)
	}
	if m, ok := c.Last(true); !ok || m.Text.String() != "mine" || !m.Own || m.User != "u-tess" {
		t.Errorf("one's own last is %+v", m)
	}
}

func TestRedactedIsNotNew(t *testing.T) {
	c := newChat(60, 20)
	c.MarkUnreadFrom(1)
	c.Add(c.event("ada", chatnet.Said{}), c.said("ada", "hello"))
	if c.Unread() != 1 || c.unreadSeq != 2 {
		t.Errorf("%d new from %d", c.Unread(), c.unreadSeq)
	}
	c.MarkUnreadFrom(1)
	if c.Unread() != 1 || c.unreadSeq != 2 {
		t.Errorf("counted again: %d new from %d", c.Unread(), c.unreadSeq)
	}
}
