package hub_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

// sailor is a client that behaves as DELIVERY says, through any weather: it
// keeps what is not answered, sends it again in order, and counts what it gets.
type sailor struct {
	*hand
	nick   string
	outbox []chatnet.Say
	flying map[uint64]bool // calls of this session that have no reply
	held   bool            // something was refused and may be tried again
	seen   int             // replies looked at
	got    []string        // messages, over all sessions
	counts int             // of them, in this session
}

// come begins a new session, which takes over the old one, and sends what
// was not answered.
func (c *sailor) come(l *lab) {
	old := c.hand
	if old == nil {
		c.hand = l.come(c.nick, chatnet.Dev(len(c.nick)))
	} else {
		c.count()
		c.hand = old.back()
	}
	c.flying, c.held, c.seen, c.counts = map[uint64]bool{}, false, 0, 0
	if old != nil {
		c.n = old.n
	}
	for _, say := range c.outbox {
		say.Again = false
		c.flying[c.send(say)] = true
	}
}

// count keeps the messages that came since it was last called.
func (c *sailor) count() {
	said := c.said(c.room("lobby"))
	c.got = append(c.got, said[c.counts:]...)
	c.counts = len(said)
}

// speak puts a new message into the outbox and sends it.
func (c *sailor) speak() {
	say := c.line(c.room("lobby"), fmt.Sprintf("%s %d", c.nick, c.n+1))
	c.outbox = append(c.outbox, say)
	c.flying[c.send(say)] = true
}

// breathe takes what is there without waiting for more, and settles replies.
func (c *sailor) breathe() {
	select {
	case <-c.s.Ready():
		t, err := c.s.Take(c.l.t.Context(), 3000)
		if err != nil {
			c.l.t.Fatal(err)
		}
		c.note(t)
	default:
	}
	for ; c.seen < len(c.replies); c.seen++ {
		r := c.replies[c.seen]
		delete(c.flying, r.ID)
		if r.Err != nil {
			if !r.Err.Retry {
				c.l.t.Fatalf("%s: refused for good: %v", c.nick, r.Err)
			}
			c.held = true
			continue
		}
		stored := r.Answer.(chatnet.Stored)
		if len(c.outbox) == 0 || c.outbox[0].Origin != stored.Origin {
			c.l.t.Fatalf("%s: an answer out of turn: %+v", c.nick, stored)
		}
		c.outbox = c.outbox[1:]
	}
	if c.held && len(c.flying) == 0 {
		c.held = false
		for i, say := range c.outbox {
			say.Again = i == 0
			c.flying[c.send(say)] = true
		}
	}
}

// TestChaos has clients speak while the store fails, connections are replaced
// and the hub restarts. At the end everything that was said is stored once, in
// each sender's order, and everybody heard the same (DELIVERY I1 to I7, I10).
func TestChaos(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			inLab(t, hub.Config{}, func(t *testing.T, l *lab) { sail(t, l, rand.New(rand.NewPCG(seed, 7))) })
		})
	}
}

func sail(t *testing.T, l *lab, r *rand.Rand) {
	crew := []*sailor{{nick: "a"}, {nick: "bb"}, {nick: "ccc"}, {nick: "dddd"}}
	for _, c := range crew {
		c.come(l)
	}
	for range 1500 {
		c := crew[r.IntN(len(crew))]
		switch n := r.IntN(100); {
		case n < 45:
			if len(c.outbox) < 40 {
				c.speak()
			}
		case n < 90:
			c.breathe()
		case n < 93:
			l.store.fail(chatnet.E(chatnet.CodeStorageFull, "full"))
		case n < 97:
			l.store.fail(nil)
		case n < 99:
			c.come(l)
		case r.IntN(4) == 0:
			l.shut()
			l.open(hub.Config{})
			for _, c := range crew {
				c.come(l)
			}
		}
	}
	l.store.fail(nil)
	for range 50 {
		for _, c := range crew {
			c.breathe()
			c.look()
		}
	}
	stored := stored(t, l, crew[0].room("lobby"))
	next := map[string]int{}
	for _, text := range stored {
		var who string
		var n int
		if _, err := fmt.Sscan(text, &who, &n); err != nil || n != next[who]+1 {
			t.Fatalf("%q is stored behind %d", text, next[who])
		}
		next[who] = n
	}
	for _, c := range crew {
		c.count()
		if len(c.outbox) != 0 || next[c.nick] != int(c.n) {
			t.Errorf("%s: %d of %d stored, %d in the outbox", c.nick, next[c.nick], c.n, len(c.outbox))
		}
		if diff := cmp.Diff(stored, c.got); diff != "" {
			t.Errorf("%s heard otherwise: %s", c.nick, diff)
		}
	}
}

// stored returns the messages of a room as the store has them.
func stored(t *testing.T, l *lab, id chatnet.RoomID) []string {
	t.Helper()
	evs, err := l.store.Read(t.Context(), id, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, ev := range evs {
		if said, ok := ev.Body.(chatnet.Said); ok {
			texts = append(texts, said.Text.String())
		}
	}
	return texts
}
