package pane

import (
	"strings"

	"charm.land/bubbles/v2/textarea" // edits text of several rows

	"tchat/styles"
)

// promptText is what stands in front of the first row.
func (i *Input) promptText() string {
	p := i.st.Signs().Prompt + " "
	if !i.to.IsZero() {
		p = "to " + i.to.String() + ": "
	}
	switch {
	case i.about.Edits != 0:
		p = "edit: "
	case i.about.Reply != 0:
		p = "reply to " + i.about.Nick.String() + ": "
	}
	if len(p) > i.w/2 {
		p = i.st.Signs().Prompt + " "
	}
	if i.w < 8 {
		return ""
	}
	return p
}

// reprompt lays the textarea out anew behind its prompt.
func (i *Input) reprompt() {
	p := i.promptText()
	i.ta.SetPromptFunc(Cells(0, p), func(at textarea.PromptInfo) string {
		if at.LineNumber == 0 {
			return p
		}
		return ""
	})
	i.grow()
}

// restyle gives the textarea the theme's styles.
func (i *Input) restyle() {
	s := textarea.StyleState{
		Base:        i.st.Style(styles.Input),
		Text:        i.st.Style(styles.Input),
		CursorLine:  i.st.Style(styles.Input),
		EndOfBuffer: i.st.Style(styles.Input),
		Placeholder: i.st.Style(styles.Hint),
		Prompt:      i.st.Style(styles.Prompt),
		Selection:   i.st.Style(styles.Selection),
	}
	i.ta.SetStyles(textarea.Styles{Focused: s, Blurred: s, Cursor: textarea.CursorStyle{Blink: false}})
}

// SetHint changes what is shown while nothing is written.
func (i *Input) SetHint(s string) {
	if s != i.ta.Placeholder {
		i.ta.Placeholder = s
		i.version++
	}
}

// Rows draws the input: Height rows of exactly its width.
func (i *Input) Rows(wd Width) []string {
	return i.memo.Rows(inputKey{wd, i.w, i.version}, func() []string {
		rows := strings.Split(i.ta.View(), "\n")
		for n := range rows {
			rows[n] = strings.TrimRight(rows[n], " ")
		}
		return Fill(wd, rows, i.w, i.Height())
	})
}

// inputKey is what the rows of the input depend on.
type inputKey struct {
	width   Width
	w       int
	version int
}

// Cursor tells where the cursor stands in the rows.
func (i *Input) Cursor() (x, y int, ok bool) {
	c := i.ta.Cursor()
	if c == nil {
		return 0, 0, false
	}
	return min(max(c.X, 0), i.w-1), min(max(c.Y, 0), i.Height()-1), true
}

// popupRows is how many choices are seen at once.
const popupRows = 6

// Popup draws the choices into at most w x h cells, to lie right above the input.
// first is the index of the choice in the first row.
func (i *Input) Popup(l Look, w, h int) (rows []string, first int) {
	p := i.popup
	n := min(len(p.choices), popupRows, h)
	if n <= 0 || w < 4 {
		return nil, 0
	}
	first = min(max(0, p.sel-n/2), len(p.choices)-n)
	text, note := 0, 0
	for _, c := range p.choices[first : first+n] {
		text = max(text, Cells(l.Width, c.Text))
		note = max(note, Cells(l.Width, c.Note))
	}
	all := text + 2
	if note > 0 {
		all += note + 2
	}
	all = min(all, w)
	for k, c := range p.choices[first : first+n] {
		s := " " + Fit(l.Width, c.Text, text) + " "
		if note > 0 {
			s += " " + c.Note + " "
		}
		t := styles.Card
		if first+k == p.sel {
			t = styles.Selection
		}
		rows = append(rows, l.Paint(t, FitTail(l.Width, Degrade(l.Width, s), all, l.Signs().Ellipsis)))
	}
	return rows, first
}
