package pane_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tchat/styles"
	"tchat/tui/pane"
)

// looks are the two kinds of look: with colours, and with signs only.
func looks() map[string]pane.Look {
	return map[string]pane.Look{
		"dark":  {Styles: styles.New(styles.Dark(), styles.Options{}), Width: ansi.WcWidth},
		"ascii": {Styles: styles.New(styles.ASCII(), styles.Options{}), Width: ansi.GraphemeWidth},
	}
}

func darkLook() pane.Look { return looks()["dark"] }

// press is a key by its name; a single character is that character typed.
func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp,
		"pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "f1": tea.KeyF1,
	}
	var mod tea.KeyMod
	for {
		head, rest, ok := strings.Cut(name, "+")
		if !ok || rest == "" {
			break
		}
		mod |= map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}[head]
		name = rest
	}
	if c, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: c, Mod: mod}
	}
	if mod != 0 {
		return tea.KeyPressMsg{Code: []rune(name)[0], Mod: mod}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// exact fails unless all rows have just so many cells, and gives their text.
func exact(t *testing.T, l pane.Look, rows []string, w int) string {
	t.Helper()
	out := make([]string, len(rows))
	for i, r := range rows {
		if n := l.Width.StringWidth(r); n != w {
			t.Fatalf("row %d has %d cells and not %d: %q", i, n, w, r)
		}
		out[i] = strings.TrimRight(ansi.Strip(r), " ")
	}
	return strings.Join(out, "\n")
}

// card gives keys to a card, and returns what came of the last one.
func card(c pane.Card, keys ...string) pane.Outcome {
	var o pane.Outcome
	for _, k := range keys {
		o = c.Key(press(k))
	}
	return o
}

// typed writes text into a card.
func typed(c pane.Card, text string) {
	for _, r := range text {
		c.Key(press(string(r)))
	}
}

// everySize draws a card at many sizes: never more than was given, all rows equal,
// the cursor within.
func everySize(t *testing.T, c pane.Card) {
	t.Helper()
	for name, l := range looks() {
		for w := 1; w < 100; w += 7 {
			for h := 1; h < 40; h += 3 {
				rows := c.Rows(l, w, h)
				if len(rows) > h {
					t.Fatalf("%s %dx%d: %d rows", name, w, h, len(rows))
				}
				if len(rows) == 0 {
					continue
				}
				n := l.Width.StringWidth(rows[0])
				if n > w {
					t.Fatalf("%s %dx%d: %d cells", name, w, h, n)
				}
				exact(t, l, rows, n)
			}
		}
	}
}

// spot finds text in drawn rows.
func spot(t *testing.T, l pane.Look, rows []string, text string) (x, y int) {
	t.Helper()
	for y, r := range rows {
		if at := strings.Index(ansi.Strip(r), text); at >= 0 {
			return l.Width.StringWidth(ansi.Strip(r)[:at]), y
		}
	}
	t.Fatalf("%q is not there:\n%s", text, strings.Join(rows, "\n"))
	return 0, 0
}
