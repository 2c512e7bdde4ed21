package pane_test

import (
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/tui/pane"
)

func newInput(keys ...string) *pane.Input {
	i := pane.NewInput(darkLook().Styles)
	i.SetSize(40, 6)
	for _, k := range keys {
		i.Key(press(k))
	}
	return i
}

func write(i *pane.Input, text string) {
	for _, r := range text {
		i.Key(press(string(r)))
	}
}

func TestInputWritesRowsAndWholeCharacters(t *testing.T) {
	i := newInput()
	if !i.Empty() || !i.AtHome() || !i.AtEnd() {
		t.Error("a new input is not empty")
	}
	write(i, "ab")
	i.Key(press("alt+enter"))
	write(i, "  c👨‍👩‍👧")
	if got := i.Value(); got != "ab\n  c👨‍👩‍👧" {
		t.Errorf("value %q", got)
	}
	if i.Height() != 2 {
		t.Errorf("height %d", i.Height())
	}
	i.Key(press("left"))
	if got := i.Before(); got != "ab\n  c" {
		t.Errorf("one step to the left of a family: before %q", got)
	}
	i.Key(press("right"))
	i.Key(press("backspace"))
	if got := i.Value(); got != "ab\n  c" {
		t.Errorf("a family is not one character: %q", got)
	}
	write(i, strings.Repeat("long words ", 40))
	if i.Height() != 6 {
		t.Errorf("height %d, want 6", i.Height())
	}
	for w := 1; w < 60; w += 3 {
		i.SetSize(w, 6)
		exact(t, darkLook(), i.Rows(darkLook().Width), w)
		if x, y, ok := i.Cursor(); !ok || x < 0 || x >= w || y < 0 || y >= i.Height() {
			t.Errorf("width %d: cursor %d,%d %v", w, x, y, ok)
		}
	}
}

func TestInputHistoryAndDrafts(t *testing.T) {
	i := newInput()
	for _, s := range []string{"one", "two", "two", ""} {
		i.Sent(s)
	}
	write(i, "half")
	steps := []struct{ key, want string }{
		{"up", "two"}, {"up", "one"}, {"up", "one"}, {"down", "two"}, {"down", "half"}, {"down", "half"},
	}
	for _, s := range steps {
		i.Key(press(s.key))
		if got := i.Value(); got != s.want {
			t.Errorf("%s shows %q, want %q", s.key, got, s.want)
		}
	}
	bob := chatnet.MustNick("bob")
	i.SetTo(bob)
	exactTo := exact(t, darkLook(), i.Rows(darkLook().Width), 40)
	if !strings.HasPrefix(exactTo, "to bob: half") {
		t.Errorf("rows %q", exactTo)
	}
	d := i.Draft()
	i.Restore(pane.Draft{})
	if !i.Empty() || !i.To().IsZero() {
		t.Error("something is left")
	}
	i.Restore(d)
	if i.Value() != "half" || i.To() != bob {
		t.Errorf("restored %q to %q", i.Value(), i.To())
	}
	i.SetValue("")
	i.Key(press("backspace"))
	if !i.To().IsZero() {
		t.Error("backspace in an empty input leaves whom it is for")
	}
}

func TestInputPaste(t *testing.T) {
	i := newInput()
	i.Paste("\x1b[31mred\x1b[m\r\nblue\rgreen")
	if got := i.Value(); got != "red\nblue\ngreen" {
		t.Errorf("value %q", got)
	}
	i.SetValue("")
	long := strings.TrimSuffix(strings.Repeat("  line\n", 300), "\n")
	write(i, "see ")
	i.Paste(long)
	if i.Height() != 1 || !strings.Contains(exact(t, darkLook(), i.Rows(darkLook().Width), 40), "[paste 1: 300 lines]") {
		t.Errorf("not folded: %d rows", i.Height())
	}
	if got := i.Value(); got != "see "+long {
		t.Errorf("the value has %d bytes, want %d", len(got), len(long)+4)
	}
	i.Paste("")
	i.Paste(strings.Repeat("x", 3000))
	if got := len(i.Value()); got != 4+len(long)+3000 {
		t.Errorf("the value has %d bytes", got)
	}
}

func TestInputChoices(t *testing.T) {
	offer := func(typed string, choices ...string) *pane.Input {
		i := newInput()
		write(i, typed)
		var all []pane.Choice
		for _, c := range choices {
			all = append(all, pane.Choice{Text: c, Note: "note"})
		}
		i.Offer(strings.LastIndex(typed, " ")+1, all)
		return i
	}
	i := offer("hi @b", "@bob")
	if !i.Next(1) || i.Value() != "hi @bob " {
		t.Errorf("a single choice gives %q", i.Value())
	}
	if all, at := i.Choices(); all != nil || at != -1 {
		t.Errorf("the popup stays: %v %d", all, at)
	}
	i = offer("@c", "@carol", "@cat")
	want := []string{"@ca", "@carol ", "@cat ", "@carol "}
	for n, w := range want {
		if i.Next(1); i.Value() != w {
			t.Errorf("step %d gives %q, want %q", n, i.Value(), w)
		}
	}
	i.Key(press("down"))
	if i.Value() != "@cat " {
		t.Errorf("down gives %q", i.Value())
	}
	for name, l := range looks() {
		for w := 1; w < 50; w += 6 {
			if rows, first := i.Popup(l, w, 3); len(rows) > 0 {
				exact(t, l, rows, l.Width.StringWidth(rows[0]))
				if len(rows) > 3 || l.Width.StringWidth(rows[0]) > w || first != 0 {
					t.Errorf("%s %d: %d rows from %d", name, w, len(rows), first)
				}
			}
		}
	}
	if !i.Dismiss() || i.Value() != "@c" || i.Dismiss() {
		t.Errorf("dismissed, %q is left", i.Value())
	}
	i = offer("@c", "@carol", "@cat")
	if i.Choose(7); i.Value() != "@c" {
		t.Error("chose what is not there")
	}
	if i.Choose(1); i.Value() != "@cat " {
		t.Errorf("chose %q", i.Value())
	}
	if i.Next(1) {
		t.Error("there is nothing to choose")
	}
}
