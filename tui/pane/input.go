package pane

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"      // names of keys
	"charm.land/bubbles/v2/textarea" // edits text of several rows
	tea "charm.land/bubbletea/v2"    // key messages and the cursor
	"github.com/rivo/uniseg"         // what a person sees as one character

	"tchat/chatnet"
	"tchat/styles"
)

// The sizes of the input.
const (
	inputRows   = 6   // rows at most on the screen
	inputLimit  = 400 // rows at most in all; more is slow to edit
	foldLines   = 20  // a paste of more lines is folded
	foldBytes   = 2000
	historySize = 200
)

// Input is where a person writes. It keeps a history of what was sent and one
// draft at a time; the owner swaps drafts when another room is opened.
type Input struct {
	ta      textarea.Model
	st      *styles.Styles
	w, rows int
	to      chatnet.Nick
	about   About
	history []string
	at      int    // the place in history, len(history) when not in it
	stash   string // what was being written before history was looked at
	pastes  []string
	popup   popup
	version int
	memo    Memo[inputKey]
}

// Draft is what was written and not sent.
type Draft struct {
	Text   string
	Pastes []string
	To     chatnet.Nick
	About  About
}

// NewInput returns an empty input that has the focus.
func NewInput(st *styles.Styles) *Input {
	ta := textarea.New()
	ta.ShowLineNumbers = false
	ta.EndOfBufferCharacter = ' '
	ta.DynamicHeight = true
	ta.MinHeight, ta.MaxHeight, ta.MaxContentHeight = 1, inputRows, inputLimit
	ta.SetVirtualCursor(false)
	ta.KeyMap = inputKeys()
	ta.Focus()
	i := &Input{ta: ta, w: 1, rows: inputRows}
	i.SetStyles(st)
	i.SetSize(80, inputRows)
	return i
}

// inputKeys are the textarea's own keys without those that the program uses,
// and without the clipboard, which over ssh would be the wrong person's.
func inputKeys() textarea.KeyMap {
	m := textarea.DefaultKeyMap()
	m.InsertNewline = key.NewBinding(key.WithKeys("shift+enter", "alt+enter", "ctrl+j"))
	m.CharacterForward = key.NewBinding(key.WithKeys("right"))
	m.CharacterBackward = key.NewBinding(key.WithKeys("left"))
	m.DeleteCharacterForward = key.NewBinding(key.WithKeys("delete", "ctrl+d"))
	m.DeleteAfterCursor = key.NewBinding(key.WithKeys("alt+k"))
	m.LineNext = key.NewBinding(key.WithKeys("down"))
	m.LinePrevious = key.NewBinding(key.WithKeys("up"))
	for _, b := range []*key.Binding{&m.Paste, &m.CopySelection, &m.SelectAll, &m.PageUp, &m.PageDown,
		&m.InputBegin, &m.InputEnd, &m.TransposeCharacterBackward} {
		b.SetEnabled(false)
	}
	return m
}

// SetStyles changes how the input looks.
func (i *Input) SetStyles(st *styles.Styles) {
	i.st = st
	i.restyle()
	i.reprompt()
}

// SetSize tells the width in cells and how many rows there may be.
func (i *Input) SetSize(w, rows int) {
	w, rows = max(1, w), max(1, min(rows, inputRows))
	if w == i.w && rows == i.rows {
		return
	}
	i.w, i.rows = w, rows
	i.ta.MaxHeight = i.rows
	i.reprompt()
}

// Height returns how many rows the input takes now.
func (i *Input) Height() int { return max(1, min(i.ta.Height(), i.rows)) }

// Value returns the text with folded pastes put in.
func (i *Input) Value() string {
	v := i.ta.Value()
	for n, p := range i.pastes {
		v = strings.Replace(v, foldLabel(n, p), p, 1)
	}
	return v
}

// Empty reports whether nothing is written.
func (i *Input) Empty() bool { return i.ta.Length() == 0 && i.ta.LineCount() <= 1 }

// To returns whom the line is meant for, zero for the room.
func (i *Input) To() chatnet.Nick { return i.to }

// SetTo makes the line meant for one person, or for the room with a zero nick.
func (i *Input) SetTo(n chatnet.Nick) {
	i.to, i.about = n, About{}
	i.reprompt()
}

// SetValue replaces what is written.
func (i *Input) SetValue(s string) {
	i.pastes = nil
	i.ta.SetValue(s)
	i.popup = popup{}
	i.grow()
}

// Draft returns what is written, to be restored later.
func (i *Input) Draft() Draft { return Draft{i.ta.Value(), i.pastes, i.to, i.about} }

// Restore replaces what is written by a draft.
func (i *Input) Restore(d Draft) {
	i.SetValue(d.Text)
	i.pastes = d.Pastes
	i.at = len(i.history)
	i.to, i.about = d.To, d.About
	i.reprompt()
}

// Sent empties the input and remembers text in the history.
func (i *Input) Sent(text string) {
	if n := len(i.history); text != "" && (n == 0 || i.history[n-1] != text) {
		i.history = append(i.history, text)
		if len(i.history) > historySize {
			i.history = append([]string(nil), i.history[1:]...)
		}
	}
	i.Restore(Draft{})
}

// Paste puts text in as it stands, its line breaks included. A long one is
// folded into a short label, and is whole again in Value.
func (i *Input) Paste(s string) {
	s = chatnet.Clean(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)).String()
	if s == "" {
		return
	}
	if strings.Count(s, "\n") >= foldLines || len(s) > foldBytes {
		i.pastes = append(i.pastes, s)
		s = foldLabel(len(i.pastes)-1, s)
	}
	i.ta.InsertString(s)
	i.popup = popup{}
	i.grow()
}

// Before returns what is written in front of the cursor.
func (i *Input) Before() string {
	lines := strings.Split(i.ta.Value(), "\n")
	row := min(i.ta.Line(), len(lines)-1)
	line := []rune(lines[row])
	return strings.Join(append(lines[:row:row], string(line[:min(i.ta.Column(), len(line))])), "\n")
}

// Key handles a key and reports whether it meant anything here.
func (i *Input) Key(k tea.KeyPressMsg) bool {
	if i.popup.chosen() && (k.String() == "up" || k.String() == "down") {
		return i.Next(map[string]int{"up": -1, "down": 1}[k.String()])
	}
	before, row, col := i.ta.Value(), i.ta.Line(), i.ta.Column()
	i.popup = popup{}
	switch k.String() {
	case "up":
		if i.onFirstRow() {
			return i.recall(-1)
		}
	case "down":
		if i.onLastRow() {
			return i.recall(1)
		}
	}
	switch k.String() {
	case "ctrl+p":
		return i.recall(-1)
	case "ctrl+n":
		return i.recall(1)
	}
	if k.String() == "backspace" && i.Empty() && (!i.to.IsZero() || i.about != About{}) {
		i.SetTo(chatnet.Nick{})
		return true
	}
	for range i.steps(k.String()) {
		i.ta, _ = i.ta.Update(k) // its command only blinks a cursor of its own, which is off
	}
	i.grow()
	return i.ta.Value() != before || i.ta.Line() != row || i.ta.Column() != col
}

// steps is how many code points a key moves or removes, so that what a person
// sees as one character stays whole.
func (i *Input) steps(k string) int {
	var cluster string
	lines := strings.Split(i.ta.Value(), "\n")
	line := []rune(lines[min(i.ta.Line(), len(lines)-1)])
	col := min(i.ta.Column(), len(line))
	switch k {
	case "backspace", "left", "ctrl+h":
		cluster = lastCluster(string(line[:col]))
	case "delete", "right":
		cluster, _, _, _ = uniseg.FirstGraphemeClusterInString(string(line[col:]), -1)
	}
	return max(1, utf8.RuneCountInString(cluster))
}

func lastCluster(s string) string {
	last := ""
	for g := uniseg.NewGraphemes(s); g.Next(); {
		last = g.Str()
	}
	return last
}

func (i *Input) onFirstRow() bool { return i.ta.Line() == 0 && i.ta.LineInfo().RowOffset == 0 }

func (i *Input) onLastRow() bool {
	info := i.ta.LineInfo()
	return i.ta.Line() == i.ta.LineCount()-1 && info.RowOffset >= info.Height-1
}

// recall walks the history; the unsent text waits behind its newest entry.
func (i *Input) recall(by int) bool {
	at := i.at + by
	if at < 0 || at > len(i.history) || i.about.Edits != 0 {
		return false
	}
	if i.at == len(i.history) {
		i.stash = i.ta.Value()
	}
	i.at = at
	text := i.stash
	if at < len(i.history) {
		text = i.history[at]
	}
	pastes := i.pastes
	i.SetValue(text)
	i.pastes = pastes
	return true
}

// grow lets the textarea notice its new height, and the rows be drawn anew.
func (i *Input) grow() {
	i.ta.SetWidth(i.w)
	i.version++
}

// foldLabel is what stands in the input for the n-th folded paste.
func foldLabel(n int, s string) string {
	return "[paste " + strconv.Itoa(n+1) + ": " + strconv.Itoa(strings.Count(s, "\n")+1) + " lines]"
}

// AtHome reports whether there is nothing to move to in front of the cursor in its
// line, AtEnd whether there is nothing behind it.
func (i *Input) AtHome() bool { return i.ta.Column() == 0 }

// AtEnd reports whether the cursor is behind the last character of its line.
func (i *Input) AtEnd() bool {
	lines := strings.Split(i.ta.Value(), "\n")
	return i.ta.Column() >= len([]rune(lines[min(i.ta.Line(), len(lines)-1)]))
}
