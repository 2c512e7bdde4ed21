package pane

import (
	"strings"
	"testing"
	"time"
	"unsafe" // the size of an item, of which there are many

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
	if len(got) > 0 && strings.Contains(got[0], " Fri 21 Nov -") {
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

func TestMessagesActionAndDirect(t *testing.T) {
	c := newChat(60, 20)
	c.Add(c.event("ada", chatnet.Said{Text: chatnet.Clean("waves"), Me: true}))
	c.say("ada", "hello")
	c.see(t, "an action stands alone",
		" 12:00 *         ada waves",
		"       ada       hello",
	)
	c = newChat(60, 20)
	c.SetDirect(chatnet.MustNick("carol"))
	c.say("carol", "only you can read this")
	c.say("tess", "I see")
	c.see(t, "a direct room says to whom",
		" 12:00 carol -> you  only you can read this",
		"|      you -> carol  I see",
	)
}

func TestMessagesNarrow(t *testing.T) {
	c := newChat(40, 20)
	c.say("ada", "a line that is too long for one row of forty cells")
	c.say("tess", "mine")
	c.Add(c.event("bob", chatnet.Said{Text: chatnet.Clean("waves"), Me: true}))
	c.join("carol")
	c.AddPending(chatnet.Say{Origin: chatnet.Origin{Dev: 1, N: 1}, Text: chatnet.Clean("on its way")})
	c.see(t, "narrow",
		" ada 12:00",
		"  a line that is too long for one row",
		"  of forty cells",
		"|tess",
		"| mine",
		"  * bob waves",
		"- carol joined",
		"|tess",
		"~ on its way",
	)
	c.SetSize(5, 40)
	if got := c.screen(); len(got) < 10 || !strings.HasPrefix(strings.Join(got, "\n"), "Fri 2\nada\na\nline") {
		t.Errorf("five cells wide:\n%s", strings.Join(got, "\n"))
	}
}

func TestMessagesLongNick(t *testing.T) {
	c := newChat(60, 20)
	c.say("bartholomew_the_third", "pushes the text aside, and the next row stands where all do")
	c.see(t, "a long nick",
		" 12:00 bartholomew_the_third  pushes the text aside, and",
		"                 the next row stands where all do",
	)
}

func TestMessagesMarkup(t *testing.T) {
	c := newChat(60, 20)
	c.say("ada", "> quoted\nplain *bold*\n```go\nif a  b {\n```\n```one line```")
	c.see(t, "markup",
		" 12:00 ada       | quoted",
		"                 plain bold",
		"                 if a  b {",
		"                 one line",
	)
	c.say("bob", "```")
	if got := c.screen(); got[len(got)-1] != "       bob" {
		t.Errorf("an empty fence shows %q", got[len(got)-1])
	}
}

func TestMessagesLinkOnEveryRow(t *testing.T) {
	c := newChat(60, 20)
	const url = "https://example.org/a/very/long/path/that/needs/more/than/one/row/of/text"
	c.say("ada", "read "+url+" and javascript:alert(1)")
	ids := map[string]bool{}
	linked := 0
	for _, row := range c.Rows() {
		if open, rest, ok := strings.Cut(row, "\x1b]8;"); ok && open != "" {
			id, to, _ := strings.Cut(rest, ";")
			ids[id] = true
			linked++
			if !strings.HasPrefix(to, url+"\a") || strings.Count(row, "\x1b]8;") != 2 {
				t.Errorf("the row does not open and close the link: %q", row)
			}
		}
	}
	if linked != 2 || len(ids) != 1 {
		t.Errorf("%d rows are linked under %d ids, want 2 under 1", linked, len(ids))
	}
}

func TestMessagesColours(t *testing.T) {
	c := newChat(60, 20)
	st := styles.New(styles.Dark(), styles.Options{})
	c.SetStyles(st)
	c.Add(c.event("ada", chatnet.Said{Text: chatnet.Clean("red text is red"), Color: "red"}))
	all := strings.Join(c.Rows(), "\n")
	for what, want := range map[string]string{
		"the text": styles.PenOf(st.Said("red")).Draw("red text is red"),
		"the nick": styles.PenOf(st.Nick("ada")).Draw("ada"),
		"the time": st.Paint(styles.Time, "12:00"),
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is not drawn as %q", what, want)
		}
	}
	c.say("bob", "TESS: look")
	if all = strings.Join(c.Rows(), "\n"); !strings.Contains(all, st.Paint(styles.Mention, "TESS")) {
		t.Errorf("the mention is not marked:\n%q", all)
	}
}

func TestMessagesDays(t *testing.T) {
	c := newChat(60, 20)
	c.at = noon.Add(-13 * time.Hour) // 23:00 the day before
	c.say("ada", "good night")
	c.wait(2 * time.Hour)
	c.say("ada", "good morning")
	want := []string{"- Thu 20 Nov -", "good night", "- Fri 21 Nov -", "good morning"}
	got := c.screen()
	for i, w := range want {
		if i >= len(got) || !strings.Contains(got[i], w) {
			t.Fatalf("row %d lacks %q:\n%s", i, w, strings.Join(got, "\n"))
		}
	}
	c.SetNow(noon.In(time.FixedZone("east", 3*3600))) // where both are on Friday
	got = c.screen()
	if len(got) != 3 || !strings.Contains(got[0], "Fri 21 Nov") || !strings.Contains(got[1], "02:00") {
		t.Errorf("three hours east:\n%s", strings.Join(got, "\n"))
	}
	c.SetNow(noon.AddDate(1, 0, 0))
	if got = c.screen(); !strings.Contains(got[0], "Thu 20 Nov 2025") {
		t.Errorf("a year later:\n%s", strings.Join(got, "\n"))
	}
}

func TestMessagesHint(t *testing.T) {
	c := newChat(30, 5)
	c.SetHint("nobody is here yet\ninvite somebody")
	c.see(t, "an empty room", "", "      nobody is here yet", "       invite somebody")
	c.say("ada", "I am")
	if strings.Contains(strings.Join(c.screen(), "\n"), "nobody") {
		t.Error("the hint stays")
	}
}

func TestMessagesAddTwiceIsOnce(t *testing.T) {
	c := newChat(60, 20)
	a, b := c.said("ada", "one"), c.said("ada", "two")
	c.Add(a, b)
	c.Add(a, b)
	c.Prepend([]chatnet.Event{a}, false)
	c.Add(chatnet.Event{Seq: 9, Body: chatnet.RoleSet{}})
	if c.Len() != 2 || c.Newest() != 9 || c.Oldest() != 1 {
		t.Errorf("%d items from %d to %d, want 2 from 1 to 9", c.Len(), c.Oldest(), c.Newest())
	}
	c.Reset()
	if c.Len() != 0 || c.Newest() != 0 || c.Oldest() != 0 {
		t.Errorf("after Reset %d items from %d to %d", c.Len(), c.Oldest(), c.Newest())
	}
	c.Add(b)
	if c.Len() != 1 {
		t.Error("after Reset nothing can be added")
	}
}

func TestMessagesDrawOnlyWhatChanged(t *testing.T) {
	c := newChat(60, 20)
	c.say("ada", "one")
	c.Rows()
	if n := testing.AllocsPerRun(100, func() { c.Rows() }); n != 0 {
		t.Errorf("an unchanged view allocates %v times", n)
	}
	version := c.version
	c.SetSize(60, 20)
	c.SetNow(noon.Add(time.Minute))
	c.SetSelf("u-tess", chatnet.MustNick("tess"))
	c.SetWidth(ansi.WcWidth)
	c.Hover(0, 0)
	if c.version != version {
		t.Error("what changes nothing has the view drawn anew")
	}
}

func TestMessagesKeepLittle(t *testing.T) {
	l, next := loaded(2000)
	l.limit = 2000
	l.Rows()
	l.Add(next())
	if got := l.Len(); got != 1801 {
		t.Errorf("%d items are kept past the limit, want 1801", got)
	}
	if !l.more || l.Oldest() != 201 {
		t.Errorf("the oldest is %d, more %v", l.Oldest(), l.more)
	}
	for range 1800 {
		l.ScrollBy(-1)
		l.Rows()
	}
	if l.hot == nil || len(l.hot)+len(l.cold) > 2*cacheSize {
		t.Errorf("%d blocks are kept", len(l.hot)+len(l.cold))
	}
	if size := unsafe.Sizeof(item{}); size > 96 {
		t.Errorf("an item has %d bytes, want at most 96", size)
	}
}
