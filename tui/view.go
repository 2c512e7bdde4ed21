package tui

import (
	"fmt"
	"image"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2" // what a frame is

	"tchat/chatnet"
	"tchat/styles"
	"tchat/tui/pane"
)

// View draws the frame: exactly as many rows as the screen has, each exactly as
// wide.
func (a *App) View() tea.View {
	var v tea.View
	if a.sized { // nothing is drawn for a size that is only guessed
		rows, cursor := a.draw()
		v = tea.NewView(strings.Join(rows, "\n"))
		v.Cursor = cursor
	}
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = a.title()
	if a.mouse {
		v.MouseMode = tea.MouseModeAllMotion
	}
	return v
}

// topKey and bottomKey are what the two quiet lines depend on.
type (
	topKey struct {
		look pane.Look
		w    int
		info pane.TopInfo
	}
	bottomKey struct {
		look        pane.Look
		w           int
		left, hints string
	}
)

// draw composes the rows and tells where the cursor stands.
func (a *App) draw() ([]string, *tea.Cursor) {
	if a.frame.input.Empty() {
		a.layout()
	}
	f := a.frame
	rows := make([]string, 0, a.h)
	if !f.top.Empty() {
		info := a.topInfo()
		rows = append(rows, a.topMemo.Rows(topKey{a.look, a.w, info}, func() []string {
			return []string{pane.Topline(a.look, a.w, info)}
		})...)
	}
	rows = a.drawBody(rows)
	if !f.knock.Empty() {
		rows = append(rows, a.knocks.Rows(a.look, a.w, f.knock.Dy())...)
	}
	if a.link == nil { // there is nobody to write to
		rows = append(rows, pane.Fill(a.look.Width, nil, a.w, f.input.Dy())...)
	} else {
		rows = append(rows, a.input.Rows(a.look.Width)...)
	}
	if !f.bottom.Empty() {
		left, hints := a.bottomInfo()
		rows = append(rows, a.bottomMemo.Rows(bottomKey{a.look, a.w, left, fmt.Sprint(hints)}, func() []string {
			return []string{pane.Bottomline(a.look, a.w, left, hints)}
		})...)
	}
	if len(rows) != a.h { // a screen too small for everything
		rows = pane.Fill(a.look.Width, rows, a.w, a.h)
	}
	cursor := a.inputCursor()
	a.drawPopup(rows)
	if c, ok := a.drawCard(rows); ok {
		cursor = c
	}
	return rows, cursor
}

func (a *App) inputCursor() *tea.Cursor {
	x, y, ok := a.input.Cursor()
	if !ok || a.link == nil || a.knocks.Focused() || a.picking {
		return nil
	}
	return tea.NewCursor(x, min(a.frame.input.Min.Y+y, a.h-1))
}

// drawBody draws the three columns.
func (a *App) drawBody(rows []string) []string {
	f := a.frame
	h := f.body.Dy()
	if a.chat.open == nil {
		return append(rows, a.empty(f.body.Dx(), h)...)
	}
	var left, mid, right []string
	if w := f.rooms.Dx(); w > 0 {
		left = a.rooms.Rows(a.look, w, h)
	}
	if w := f.messages.Dx(); w > 0 {
		mid = a.chat.open.list.Rows()
	}
	if w := f.members.Dx(); w > 0 {
		right = a.members.Rows(a.look, w, h)
	}
	div := a.look.Paint(styles.Divider, a.look.Signs().Divider)
	var b strings.Builder
	for i := range h {
		b.Reset()
		if left != nil {
			b.WriteString(left[i])
			if f.rooms.Dx() < a.w {
				b.WriteString(div)
			}
		}
		if i < len(mid) {
			b.WriteString(mid[i])
		}
		if right != nil {
			if f.members.Dx() < a.w {
				b.WriteString(div)
			}
			b.WriteString(right[i])
		}
		rows = append(rows, b.String())
	}
	return rows
}

// empty is the body while there is no room: what is going on.
func (a *App) empty(w, h int) []string {
	text := a.linkSentence()
	if len(a.cards) > 0 {
		text = "" // the card says it
	}
	var rows []string
	for range h / 3 {
		rows = append(rows, "")
	}
	for s := range strings.SplitSeq(a.look.Width.Wrap(text, max(1, w-4), "-"), "\n") {
		s = pane.Fit(a.look.Width, s, min(w, pane.Cells(a.look.Width, s)))
		rows = append(rows, pane.Blank(pane.Center(pane.Cells(a.look.Width, s), w))+a.look.Paint(styles.Quiet, s))
	}
	return pane.Fill(a.look.Width, rows, w, h)
}

// drawPopup lays the completions over the rows above the input.
func (a *App) drawPopup(rows []string) {
	a.frame.popup = image.Rectangle{}
	if len(a.cards) > 0 {
		return
	}
	top := a.frame.input.Min.Y
	box, first := a.input.Popup(a.look, a.w, top)
	if len(box) == 0 {
		return
	}
	w := pane.Cells(a.look.Width, box[0])
	a.frame.popup = image.Rect(0, top-len(box), w, top)
	a.frame.popupFirst = first
	pane.Overlay(a.look.Width, rows, box, 0, top-len(box))
}

// drawCard lays the topmost card over everything; the cursor is its own then.
func (a *App) drawCard(rows []string) (*tea.Cursor, bool) {
	a.frame.card = image.Rectangle{}
	n := len(a.cards)
	if n == 0 {
		return nil, false
	}
	card := a.cards[n-1].card
	h := a.h
	if h > 12 {
		h -= 2 // the lines on top and below stay
	}
	box := card.Rows(a.look, a.w, h)
	at := a.place(box)
	a.frame.card = at
	pane.Overlay(a.look.Width, rows, box, at.Min.X, at.Min.Y)
	if x, y, ok := card.Cursor(); ok && y < at.Dy() && x < at.Dx() {
		return tea.NewCursor(at.Min.X+x, at.Min.Y+y), true
	}
	return nil, true
}

// topInfo is what the line on top tells.
func (a *App) topInfo() pane.TopInfo {
	c := &a.chat
	t := pane.TopInfo{Server: a.at.Server, Link: c.link.State, Secure: c.link.Secure,
		Since: c.link.Since, Next: c.link.Next, Zone: a.opts.Zone}
	if name := c.server.Name.String(); name != "" {
		t.Server = name
	}
	if a.link == nil {
		t.Link = ""
	}
	if r := c.open; r != nil {
		t.Room, t.Topic, t.Here = r.title(), r.info.Topic.String(), r.here()
	}
	return t
}

// bottomInfo is what the line below the input tells: what happens, and the keys
// that matter just now.
func (a *App) bottomInfo() (string, []pane.Hint) {
	left := a.say
	if left == "" && a.chat.open != nil {
		left = typistSentence(a.chat.open.typists)
	}
	hint := func(id, does string) pane.Hint { return pane.Hint{Key: a.keyOf(id), Does: does} }
	switch all, taken := a.input.Choices(); {
	case len(a.cards) > 0:
		return left, nil
	case a.knocks.Focused():
		return left, []pane.Hint{{Key: "y", Does: "accept"}, {Key: "n", Does: "refuse"}, hint("close", "later")}
	case len(a.knocks.List()) > 0 && a.input.Empty():
		return left, []pane.Hint{hint("knock", "answer the knock"), hint("palette", "go"), hint("help", "keys")}
	case a.picking:
		return left, a.pickHints()
	case len(all) > 0 && taken < 0:
		return left, []pane.Hint{hint("complete", "complete"), hint("send", "send"), hint("close", "close")}
	case len(all) > 0:
		return left, []pane.Hint{hint("complete", "next"), hint("send", "send"), hint("close", "back")}
	case a.input.About().Edits != 0:
		return left, []pane.Hint{hint("send", "save the edit"), hint("close", "leave it")}
	case a.input.About().Reply != 0:
		return left, []pane.Hint{hint("send", "reply to "+a.input.About().Nick.String()), hint("close", "no reply")}
	case !a.input.To().IsZero():
		return left, []pane.Hint{hint("send", "send to "+a.input.To().String()), hint("close", "to the room")}
	case len(a.chat.refused) > 0 && a.input.Empty():
		return left, []pane.Hint{hint("resend", "send again"), hint("edit", "edit"), hint("help", "keys")}
	case !a.input.Empty():
		return left, []pane.Hint{hint("send", "send"), {Key: "Alt+Enter", Does: "new line"}, hint("palette", "go")}
	}
	if a.chat.open != nil && len(a.chat.order) > 1 {
		if all, _ := a.chat.total(); all > len(a.chat.open.unread) {
			return left, []pane.Hint{hint("unread", "next unread"), hint("palette", "go"), {Key: "?", Does: "keys"}}
		}
	}
	return left, []pane.Hint{hint("send", "send"), hint("palette", "go"), {Key: "?", Does: "keys"}}
}

// title is the window's title. It holds only what was cleaned.
func (a *App) title() string {
	s := "tchat"
	if r := a.chat.open; r != nil {
		s = r.title() + " - tchat"
	}
	if _, mine := a.chat.total(); mine > 0 {
		s = "(" + strconv.Itoa(mine) + ") " + s
	}
	return chatnet.CleanLine(s).String()
}

// typistSentence says who is writing.
func typistSentence(all []typist) string {
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0].nick.String() + " is typing ..."
	case 2:
		return all[0].nick.String() + " and " + all[1].nick.String() + " are typing ..."
	}
	return strconv.Itoa(len(all)) + " people are typing ..."
}
