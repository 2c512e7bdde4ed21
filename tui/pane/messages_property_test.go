package pane

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // readable differences

	"tchat/chatnet"
)

// crowd appends n random events: talk, coming and going, in any colour.
func (c *chat) crowd(r *rand.Rand, n int) {
	for range n {
		c.Add(c.random(r))
	}
}

func (c *chat) random(r *rand.Rand) chatnet.Event {
	nicks := []string{"ada", "bob", "carol", "tess", "bartholomew_the_3rd_of_his_name", "漢字"}
	c.wait(time.Duration(r.IntN(200)) * time.Second)
	nick := nicks[r.IntN(len(nicks))]
	target := chatnet.Seq(r.IntN(int(c.seq) + 2))
	switch r.IntN(16) {
	case 12:
		return c.event(nick, chatnet.Edited{Target: target, Text: chatnet.Clean(randomText(r))})
	case 13:
		return c.event(nick, chatnet.Redacted{Target: target, Reason: chatnet.CleanLine(randomText(r))})
	case 14:
		return c.event(nick, chatnet.Reacted{Target: target, Emoji: chatnet.MustEmoji([]string{"👍", "👨‍👩‍👧", "❤️"}[r.IntN(3)]), On: r.IntN(4) > 0})
	case 15:
		return c.event(nick, chatnet.Said{Text: chatnet.Clean(randomText(r)), Reply: target, Me: r.IntN(9) == 0})
	case 0:
		return c.event(nick, chatnet.Joined{User: chatnet.UserID("u-" + nick), Nick: chatnet.MustNick(nick)})
	case 1:
		return c.event(nick, chatnet.Parted{User: chatnet.UserID("u-" + nick)})
	case 2:
		return c.event(nick, chatnet.TopicSet{Topic: chatnet.CleanLine(randomText(r))})
	}
	color := append(chatnet.Colors(), "")[r.IntN(8)]
	return c.event(nick, chatnet.Said{Text: chatnet.Clean(randomText(r)), Color: color, Me: r.IntN(9) == 0})
}

func TestMessagesRowsAreExact(t *testing.T) {
	for name, w := range methods() {
		r := rand.New(rand.NewPCG(5, 6))
		c := newChat(80, 24)
		c.SetWidth(w)
		c.SetDirect(chatnet.MustNick("ada"))
		c.crowd(r, 120)
		c.MarkUnreadFrom(60)
		c.Notice(chatnet.Clean(randomText(r)))
		c.AddPending(chatnet.Say{Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean(randomText(r))})
		c.Fail(chatnet.Origin{Dev: 1, N: 1}, chatnet.E(chatnet.CodeTooLong, "too long for words"))
		for cols := 0; cols <= 200; cols++ {
			h := r.IntN(60)
			c.SetSize(cols, h)
			c.ScrollBy(r.IntN(400) - 300)
			c.say("bob", "more")
			rows := c.Rows()
			if len(rows) != h {
				t.Fatalf("%s %dx%d: %d rows", name, cols, h, len(rows))
			}
			for y, row := range rows {
				if got := Cells(w, row); got != cols {
					t.Fatalf("%s %dx%d: row %d %q has %d cells", name, cols, h, y, row, got)
				}
			}
		}
	}
}

func TestMessagesSurviveEverySize(t *testing.T) {
	c := newChat(80, 24)
	c.SetHint("nobody has said anything\ntype, and press Enter")
	for _, full := range []bool{false, true} {
		if full {
			c.crowd(rand.New(rand.NewPCG(7, 8)), 100)
		}
		for _, w := range []int{-1, 0, 1, 2, 3, 7, 8, 9, 59, 60, 61, 99, 100, 500} {
			for _, h := range []int{-1, 0, 1, 2, 3, 300} {
				c.SetSize(w, h)
				for _, f := range []func(){c.PageUp, c.PageDown, c.Home, c.End, func() { c.Hover(0, 0) }, func() { c.Hit(w/2, h/2) }} {
					f()
					if got := len(c.Rows()); got != max(h, 0) {
						t.Fatalf("%dx%d: %d rows", w, h, got)
					}
				}
			}
		}
	}
}

func TestMessagesAppendKeepsTheView(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	c := newChat(70, 20)
	c.crowd(r, 200)
	c.ScrollBy(-60)
	before := slices.Clone(c.screen())
	for i := range 50 {
		c.Add(c.said("bob", randomText(r)))
		got := c.screen()
		if d := cmp.Diff(before[:19], got[:19]); d != "" { // the pill is in the last row
			t.Fatalf("after %d more (-before +after):\n%s", i+1, d)
		}
	}
	if c.NewBelow() != 50 || c.AtBottom() {
		t.Errorf("%d new below, at bottom %v, want 50, false", c.NewBelow(), c.AtBottom())
	}
}

func TestMessagesResizeKeepsTheAnchor(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	c := newChat(70, 20)
	c.crowd(r, 500)
	c.ScrollBy(-400)
	before := slices.Clone(c.Rows())
	top, off := c.place()
	for i := range 500 {
		c.SetSize(1+r.IntN(200), r.IntN(50))
		c.Rows()
		if got, _ := c.place(); got != top {
			t.Fatalf("resize %d moved the anchor from item %d to %d", i, top, got)
		}
	}
	c.SetSize(70, 20)
	if gotTop, gotOff := c.place(); gotTop != top || gotOff != off {
		t.Errorf("the anchor is %d+%d, want %d+%d", gotTop, gotOff, top, off)
	}
	if d := cmp.Diff(before, c.Rows()); d != "" {
		t.Errorf("back at the old size (-before +after):\n%s", d)
	}
}

func TestMessagesPrependKeepsTheView(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(13, seed))
		all := newChat(70, 20)
		var evs []chatnet.Event
		for range 160 {
			ev := all.random(r)
			if said, ok := ev.Body.(chatnet.Said); ok {
				said.Reply = 0 // a quote may learn what it quotes
				ev.Body = said
			}
			evs = append(evs, ev)
		}
		c := newChat([]int{45, 70, 120}[seed%3], 12)
		c.Add(evs[100:]...)
		c.Home()
		c.ScrollBy(r.IntN(30))
		c.Rows()
		for at := 100; at > 0; at -= 20 {
			before := slices.Clone(c.screen())
			c.Prepend(evs[at-20:at], at > 20)
			got := c.screen()
			// What stood above the old first item (the day, older messages) may give way to
			// what is really there; from the first row of talk on nothing moves.
			k := len(before) - 1
			for k > 0 && got[k-1] == before[k-1] {
				k--
			}
			if k > 4 {
				t.Fatalf("seed %d, page before %d: the view moved (-before +after):\n%s", seed, at, cmp.Diff(before, got))
			}
			c.ScrollBy(-r.IntN(15))
			c.Rows()
		}
		if c.Oldest() != 1 || c.NeedsOlder() {
			t.Fatalf("seed %d: the oldest is %d, needs older %v", seed, c.Oldest(), c.NeedsOlder())
		}
	}
}

// A list that grew from both ends shows what one shows that got everything in order.
func TestMessagesPrependIsAddInOrder(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(15, seed))
		a, b := newChat(80, 400), newChat(80, 400)
		var evs []chatnet.Event
		for range 60 {
			a.wait(6 * time.Minute) // so that no heading lasts over the seam
			evs = append(evs, a.said([]string{"ada", "bob"}[r.IntN(2)], randomText(r)))
		}
		a.Add(evs...)
		b.Add(evs[30:]...)
		b.Prepend(evs[10:30], true)
		b.Prepend(evs[:10], false)
		if d := cmp.Diff(a.screen(), b.screen()); d != "" {
			t.Fatalf("seed %d (-in order +from both ends):\n%s", seed, d)
		}
	}
}

func TestMessagesScrollRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for _, size := range [][2]int{{40, 10}, {80, 24}, {33, 3}, {9, 7}} {
		c := newChat(size[0], size[1])
		c.crowd(r, 900)
		c.ScrollBy(-700)
		for i := range 200 {
			before := fmt.Sprint(c.screen())
			n := r.IntN(120)
			c.ScrollBy(-n)
			c.ScrollBy(n)
			if got := fmt.Sprint(c.screen()); got != before {
				t.Fatalf("%v: up and down %d, turn %d, ends elsewhere", size, n, i)
			}
			c.ScrollBy(r.IntN(9) - 4)
		}
	}
}

func TestMessagesScrollShowsEveryRowOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	c := newChat(60, 1000)
	c.crowd(r, 60)
	all := slices.Clone(c.screen())
	c.SetSize(60, 5)
	c.Home()
	for y := range len(all) - 5 {
		if d := cmp.Diff(all[y:y+4], slices.Clone(c.Rows())[:4], cmp.Comparer(func(a, b string) bool {
			return plainRow(a) == plainRow(b)
		})); d != "" {
			t.Fatalf("row %d (-want +got):\n%s", y, d)
		}
		c.ScrollBy(1)
	}
	if !c.AtBottom() {
		t.Error("the end was not reached")
	}
}
