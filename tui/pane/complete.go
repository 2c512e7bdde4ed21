package pane

import (
	"strings"
	"unicode/utf8"
)

// Choice is one line of the popup above the input.
type Choice struct {
	Text string // what is put in
	Note string // said beside it, may be empty
}

// popup is what may stand at the cursor. The word from start to the cursor is
// replaced by the choice at sel; -1 is what the person typed.
type popup struct {
	choices []Choice
	sel     int
	typed   string // the word as the person typed it
	now     string // the word as it stands in the input
}

// chosen reports whether the person is choosing, not only being shown.
func (p popup) chosen() bool { return len(p.choices) > 0 && p.sel >= 0 }

// Choices returns what the popup shows and which one is taken, -1 for none.
func (i *Input) Choices() (all []Choice, taken int) {
	if len(i.popup.choices) == 0 {
		return nil, -1
	}
	return i.popup.choices, i.popup.sel
}

// Offer shows what may replace the text from byte start of Before to the
// cursor, and changes nothing yet.
func (i *Input) Offer(start int, choices []Choice) {
	before := i.Before()
	word := before[min(start, len(before)):]
	i.popup = popup{choices: choices, sel: -1, typed: word, now: word}
}

// Next takes the next choice (or, with -1, the one before); the first time it
// puts in what all choices have in common when that is more than is there. A
// single choice is put in and done. It reports whether there was a choice.
func (i *Input) Next(by int) bool {
	p := &i.popup
	switch n := len(p.choices); {
	case n == 0:
		return false
	case n == 1:
		i.swap(p.choices[0].Text + " ")
		i.popup = popup{}
		return true
	case p.sel < 0 && len(p.common()) > len(p.now):
		i.swap(p.common())
		return true
	case p.sel < 0 && by < 0:
		p.sel = n - 1
	default:
		p.sel = (p.sel + by + n) % n
	}
	i.swap(p.choices[p.sel].Text + " ")
	return true
}

// Choose takes the choice at n and closes the popup.
func (i *Input) Choose(n int) {
	if n < 0 || n >= len(i.popup.choices) {
		return
	}
	i.swap(i.popup.choices[n].Text + " ")
	i.popup = popup{}
}

// Dismiss closes the popup and puts back what the person typed. It reports
// whether there was one.
func (i *Input) Dismiss() bool {
	if len(i.popup.choices) == 0 {
		return false
	}
	i.swap(i.popup.typed)
	i.popup = popup{}
	return true
}

// swap replaces the word in front of the cursor.
func (i *Input) swap(by string) {
	if i.popup.now == by {
		return
	}
	for range utf8.RuneCountInString(i.popup.now) {
		i.ta, _ = i.ta.Update(backspace()) // its command only blinks a cursor of its own, which is off
	}
	i.ta.InsertString(by)
	i.popup.now = by
	i.grow()
}

// common is what all choices begin with.
func (p popup) common() string {
	out := p.choices[0].Text
	for _, c := range p.choices[1:] {
		for !strings.HasPrefix(c.Text, out) {
			_, size := utf8.DecodeLastRuneInString(out)
			out = out[:len(out)-size]
		}
	}
	return out
}
