package pane

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi" // takes styles off
	"github.com/google/go-cmp/cmp"    // readable differences

	"tchat/chatnet"
	"tchat/styles"
)

// noon is the time in which the tests live.
var noon = time.Date(2025, 11, 21, 12, 0, 0, 0, time.UTC)

// chat feeds a list with events, numbered as they come.
type chat struct {
	*Messages
	seq chatnet.Seq
	at  time.Time
}

// newChat is a list read by tess, at noon.
func newChat(w, h int) *chat {
	c := &chat{Messages: NewMessages(styles.New(styles.ASCII(), styles.Options{}), ansi.WcWidth), at: noon}
	c.SetNow(noon)
	c.SetSelf("u-tess", chatnet.MustNick("tess"))
	c.SetSize(w, h)
	return c
}

// event makes the next event, by the user "u-" + nick.
func (c *chat) event(nick string, body chatnet.Body) chatnet.Event {
	c.seq++
	return chatnet.Event{
		Seq: c.seq, Prev: c.seq - 1, At: c.at, By: chatnet.UserID("u-" + nick), Nick: chatnet.MustNick(nick), Body: body,
	}
}

func (c *chat) said(nick, text string) chatnet.Event {
	return c.event(nick, chatnet.Said{Text: chatnet.Clean(text)})
}

func (c *chat) say(nick, text string) { c.Add(c.said(nick, text)) }

func (c *chat) join(nick string) {
	c.Add(c.event(nick, chatnet.Joined{User: chatnet.UserID("u-" + nick), Nick: chatnet.MustNick(nick), Role: chatnet.RoleMember}))
}

func (c *chat) part(nick, why string) {
	c.Add(c.event(nick, chatnet.Parted{User: chatnet.UserID("u-" + nick), Reason: chatnet.CleanLine(why)}))
}

// wait lets time pass.
func (c *chat) wait(d time.Duration) { c.at = c.at.Add(d) }

// screen is what is seen, without styles and without blanks at the right.
func (c *chat) screen() []string {
	rows := plainRows(c.Rows())
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	for len(rows) > 0 && rows[len(rows)-1] == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// see compares the screen, after the day line.
func (c *chat) see(t *testing.T, what string, want ...string) {
	t.Helper()
	got := c.screen()
	if len(got) > 0 && strings.Contains(got[0], "- Fri 21 Nov -") {
		got = got[1:]
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func TestMessagesHeadings(t *testing.T) {
	c := newChat(60, 20)
	c.say("ada", "one")
	c.say("bob", "same minute")
	c.wait(4 * time.Minute)
	c.say("bob", "under the same heading")
	c.wait(time.Minute)
	c.say("bob", "five minutes later")
	c.say("tess", "my own\ntwo lines")
	c.see(t, "headings",
		" 12:00 ada       one",
		"       bob       same minute",
		"                 under the same heading",
		" 12:05 bob       five minutes later",
		"|      tess      my own",
		"|                two lines",
	)
}
