package pane_test

import (
	"strings"
	"testing"

	"tchat/tui/pane"
)

func TestQuestion(t *testing.T) {
	q := pane.AskNick("somebody else is called ada", "ada")
	everySize(t, q)
	if o := card(q, "ctrl+u", "enter"); o != nil {
		t.Errorf("an empty nick is %v", o)
	}
	if got := exact(t, darkLook(), q.Rows(darkLook(), 60, 20), 60); !strings.Contains(got, "a nick has 1 to 32") {
		t.Errorf("does not say what is wrong:\n%s", got)
	}
	typed(q, "Zoë")
	card(q, "home", "delete", "end", "left", "backspace", "right")
	q.Paste("\x1b[31mx\n")
	if o := card(q, "enter"); o != (pane.Answer{Text: "ëx "}) {
		t.Errorf("answer %#v", o)
	}
	if o := card(q, "esc"); o != (pane.Closed{}) {
		t.Errorf("esc gives %v", o)
	}
}

func TestTrustIsNeverGivenByEnter(t *testing.T) {
	q := pane.AskTrust("ada.local", strings.Repeat("abcd", 8), "")
	everySize(t, q)
	for _, wrong := range []string{"", "y", "yes", "Trust me", "ada.local"} {
		card(q, "ctrl+u")
		typed(q, wrong)
		if o := card(q, "enter"); o != nil {
			t.Errorf("%q trusts an unknown key", wrong)
		}
		card(q, "end", "ctrl+u")
	}
	typed(q, "trust")
	if o := card(q, "enter"); o != (pane.Answer{Text: "trust"}) {
		t.Errorf("trust gives %v", o)
	}
	q = pane.AskTrust("ada.local", strings.Repeat("abcd", 8), strings.Repeat("wxyz", 8))
	everySize(t, q)
	typed(q, "trust")
	if o := card(q, "enter"); o != nil {
		t.Error("trust is enough for a changed key")
	}
	card(q, "ctrl+u")
	typed(q, "ada.local")
	if o := card(q, "enter"); o != (pane.Answer{Text: "ada.local"}) {
		t.Errorf("the name gives %v", o)
	}
}

func TestGroups(t *testing.T) {
	for in, want := range map[string]string{"": "", "abc": "abc", "abcd": "abcd", "abcdefghi": "abcd efgh i"} {
		if got := pane.Groups(in); got != want {
			t.Errorf("Groups(%q) = %q", in, got)
		}
	}
}

func TestMenu(t *testing.T) {
	m := &pane.Menu{Title: "Leave?", Text: "Everything said is stored.", Buttons: []pane.Button{
		{ID: "stop", Label: "stop for everyone", Key: "s"}, {ID: "keep", Label: "keep serving", Key: "k"}, {ID: "no", Label: "cancel", Key: "c"},
	}}
	everySize(t, m)
	cases := []struct {
		keys []string
		want pane.Outcome
	}{
		{[]string{"enter"}, pane.Picked{ID: "stop"}},
		{[]string{"right", "enter"}, pane.Picked{ID: "keep"}},
		{[]string{"left", "left", "enter"}, pane.Picked{ID: "no"}},
		{[]string{"c"}, pane.Picked{ID: "no"}},
		{[]string{"x"}, nil},
		{[]string{"esc"}, pane.Closed{}},
	}
	for _, c := range cases {
		if got := card(m, c.keys...); got != c.want {
			t.Errorf("%v gives %v, want %v", c.keys, got, c.want)
		}
	}
	for _, w := range []int{24, 60} {
		rows := m.Rows(darkLook(), w, 20)
		x, y := spot(t, darkLook(), rows, "[keep serving]")
		if got := m.Click(x+1, y); got != (pane.Picked{ID: "keep"}) {
			t.Errorf("a click at width %d gives %v", w, got)
		}
		if got := m.Click(0, 0); got != nil {
			t.Errorf("a click beside gives %v", got)
		}
	}
	m.NoEsc = true
	if got := card(m, "esc"); got != nil {
		t.Errorf("esc gives %v", got)
	}
	if got := card(&pane.Menu{}, "left", "enter"); got != (pane.Closed{}) {
		t.Errorf("a menu without buttons gives %v", got)
	}
}

func TestPalette(t *testing.T) {
	items := []pane.Item{
		{ID: "1", Title: "lobby", Note: "room"}, {ID: "2", Title: "build", Note: "room"}, {ID: "3", Title: "dev/backend", Note: "room"},
		{ID: "4", Title: "members pane", Note: "Ctrl+G"}, {ID: "5", Title: "日本語", Note: "room"},
	}
	p := pane.NewPalette(items)
	everySize(t, p)
	cases := []struct{ text, want string }{
		{"", "1"}, {"bu", "2"}, {"db", "3"}, {"BACK", "3"}, {"mp", "4"}, {"本", "5"},
	}
	for _, c := range cases {
		p := pane.NewPalette(items)
		typed(p, c.text)
		if got := card(p, "enter"); got != (pane.Picked{ID: c.want}) {
			t.Errorf("%q goes to %v, want %s", c.text, got, c.want)
		}
	}
	typed(p, "zzz")
	if got := card(p, "enter"); got != nil {
		t.Errorf("nothing matches, but %v", got)
	}
	rows := p.Rows(darkLook(), 60, 20)
	spot(t, darkLook(), rows, "nothing of that name")
	p = pane.NewPalette(items)
	p.Paste("e")
	p.Wheel(1)
	rows = p.Rows(darkLook(), 60, 20)
	x, y := spot(t, darkLook(), rows, "members pane")
	if got := p.Click(x, y); got != (pane.Picked{ID: "4"}) {
		t.Errorf("a click gives %v", got)
	}
	if got := p.Click(x, 0); got != nil {
		t.Errorf("a click on the title gives %v", got)
	}
	if got := card(p, "down", "down", "pgdown", "pgup", "up", "esc"); got != (pane.Closed{}) {
		t.Errorf("esc gives %v", got)
	}
}

func TestHelp(t *testing.T) {
	lines := []pane.HelpLine{{Head: "WRITE"}}
	for _, s := range []string{"Enter", "Tab", "Up", "Down", "PgUp", "F1", "Esc", "Ctrl+K"} {
		lines = append(lines, pane.HelpLine{Left: s, Right: "what " + s + " does"})
	}
	p := pane.NewHelp(lines)
	everySize(t, p)
	l := darkLook()
	spot(t, l, p.Rows(l, 80, 10), "WRITE")
	card(p, "end")
	spot(t, l, p.Rows(l, 80, 10), "Ctrl+K")
	card(p, "home", "down", "pgdown", "up", "pgup")
	p.Wheel(2)
	typed(p, "esc")
	if rows := p.Rows(l, 80, 20); len(rows) != 6 {
		t.Errorf("searching for esc leaves %d rows", len(rows))
	}
	p.Paste("x")
	spot(t, l, p.Rows(l, 80, 20), "nothing of that name")
	if got := card(p, "esc"); got != (pane.Closed{}) {
		t.Errorf("esc gives %v", got)
	}
	if p.Click(1, 1) != nil {
		t.Error("a click does something")
	}
}

func TestStart(t *testing.T) {
	recent := []pane.Recent{{Address: "ada.local", Name: "Ada", When: "yesterday"}, {Address: "10.0.0.7:4000"}}
	p := pane.NewStart(recent, true)
	everySize(t, p)
	if got := card(p, "enter"); got != nil {
		t.Errorf("no address gives %v", got)
	}
	l := darkLook()
	spot(t, l, p.Rows(l, 70, 20), "type an address first")
	cases := []struct {
		keys []string
		want pane.Outcome
	}{
		{[]string{"x", ".", "y", "enter"}, pane.Picked{ID: pane.OpenID + "x.y"}},
		{[]string{"down", "enter"}, pane.Picked{ID: pane.OpenID + "ada.local"}},
		{[]string{"down", "down", "enter"}, pane.Picked{ID: pane.OpenID + "10.0.0.7:4000"}},
		{[]string{"up", "enter"}, pane.Picked{ID: pane.HostID}},
	}
	for _, c := range cases {
		p := pane.NewStart(recent, true)
		if got := card(p, c.keys...); got != c.want {
			t.Errorf("%v gives %v, want %v", c.keys, got, c.want)
		}
		if _, _, writes := p.Cursor(); writes != (c.keys[0] == "x") {
			t.Errorf("%v: the cursor is in the address line: %v", c.keys, writes)
		}
	}
	x, y := spot(t, l, p.Rows(l, 70, 20), "10.0.0.7")
	if got := p.Click(x, y); got != (pane.Picked{ID: pane.OpenID + "10.0.0.7:4000"}) {
		t.Errorf("a click gives %v", got)
	}
	if got := p.Click(x, 0); got != nil {
		t.Errorf("a click on the title gives %v", got)
	}
	p.Say("no answer")
	p.SetAddress("nowhere")
	p.Paste(".net\n")
	p.Wheel(1)
	p.Wheel(-9)
	if got := card(p, "enter"); got != (pane.Picked{ID: pane.OpenID + "nowhere.net"}) {
		t.Errorf("gives %v", got)
	}
}
