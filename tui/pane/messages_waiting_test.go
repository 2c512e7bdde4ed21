package pane

import (
	"testing"

	"tchat/chatnet"
)

func say(n uint64, text string) chatnet.Say {
	return chatnet.Say{Origin: chatnet.Origin{Dev: 7, N: n}, Text: chatnet.Clean(text)}
}

func TestMessagesPending(t *testing.T) {
	c := newChat(60, 20)
	c.say("ada", "hello")
	c.AddPending(say(1, "first"))
	c.AddPending(say(2, "second"))
	c.see(t, "two on their way",
		" 12:00 ada       hello",
		"|    ~ tess      first",
		"|    ~           second",
	)
	c.say("ada", "meanwhile")
	c.Notice(chatnet.Clean("the program says"))
	c.see(t, "what comes stands above",
		" 12:00 ada       hello",
		"                 meanwhile",
		" = the program says",
		"|    ~ tess      first",
		"|    ~           second",
	)
	ev := c.said("tess", "first")
	ev.Origin = say(1, "").Origin
	c.Settle(ev.Origin, ev.Seq)
	c.see(t, "stored, its event on the way",
		" 12:00 ada       hello",
		"                 meanwhile",
		" = the program says",
		"|12:00 tess      first",
		"|    ~           second",
	)
	c.Add(ev)
	c.see(t, "the event takes its place",
		" 12:00 ada       hello",
		"                 meanwhile",
		" = the program says",
		"|12:00 tess      first",
		"|    ~           second",
	)
	ev = c.said("tess", "second")
	ev.Origin = say(2, "").Origin
	c.Add(ev)
	c.Settle(ev.Origin, ev.Seq)
	if c.Len() != 5 || len(c.waiting) != 0 {
		t.Errorf("%d items, %d waiting, want 5, 0", c.Len(), len(c.waiting))
	}
}

func TestMessagesSettleAfterTheEvent(t *testing.T) {
	c := newChat(60, 20)
	c.AddPending(say(1, "first"))
	c.Add(c.said("tess", "first")) // as an old server may send it, without its origin
	c.Settle(say(1, "").Origin, c.seq)
	c.see(t, "once", "|12:00 tess      first")
}

func TestMessagesRefused(t *testing.T) {
	c := newChat(60, 20)
	c.AddPending(say(1, "let me in"))
	c.Fail(say(1, "").Origin, chatnet.E(chatnet.CodeForbidden, "you may not speak here"))
	c.see(t, "refused",
		"|    x tess      let me in",
		"|                not sent: you may not speak here",
		"|                 send again   edit   drop",
	)
	for x, want := range map[int]TargetKind{18: TargetRetry, 31: TargetEdit, 38: TargetDrop, 55: TargetMessage} {
		if got := c.Hit(x, 3); got.Kind != want || want != TargetMessage && got.Origin != say(1, "").Origin {
			t.Errorf("a click at column %d hits %+v, want kind %d", x, got, want)
		}
	}
	if s, ok := c.Refused(); !ok || s.Text.String() != "let me in" {
		t.Errorf("Refused = %v, %v", s, ok)
	}
	if s, ok := c.Waiting(say(1, "").Origin); !ok || s.Text.String() != "let me in" {
		t.Errorf("Waiting = %v, %v", s, ok)
	}
	c.AddPending(say(1, "let me in"))
	c.see(t, "sent again", "|    ~ tess      let me in")
	c.Discard(say(1, "").Origin)
	if _, ok := c.Waiting(say(1, "").Origin); ok || c.Len() != 0 {
		t.Error("dropped, but still there")
	}
	if _, ok := c.Refused(); ok {
		t.Error("nothing was refused, but Refused finds it")
	}
	c.Discard(say(9, "").Origin)
	c.Fail(say(9, "").Origin, nil)
	c.Settle(say(9, "").Origin, 1)
}

func TestMessagesPendingGoesToTheEnd(t *testing.T) {
	c := newChat(60, 5)
	for range 30 {
		c.say("ada", "talk")
	}
	c.Home()
	c.AddPending(say(1, "mine"))
	if !c.AtBottom() {
		t.Error("who sends does not see it")
	}
	c.ScrollBy(-1)
	c.Discard(say(1, "").Origin)
	c.Rows()
	if top, _ := c.place(); top >= c.Len() {
		t.Errorf("the anchor %d is past %d items", top, c.Len())
	}
}

func TestMessagesSignsInFiveCells(t *testing.T) {
	c := newChat(12, 20)
	c.AddPending(say(1, "hi"))
	c.Fail(say(1, "").Origin, chatnet.E(chatnet.CodeBusy, "busy"))
	for y, row := range c.Rows() {
		if len(plainRow(row)) > 12 {
			t.Errorf("row %d is too wide: %q", y, row)
		}
	}
}
