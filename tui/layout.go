package tui

import (
	"image"

	"tchat/tui/pane"
)

// folding says whether a side pane is shown.
type folding uint8

const (
	foldAuto folding = iota // by the screen's width
	foldShown
	foldAway
)

// fold is what the person did to the side panes.
type fold struct{ rooms, members folding }

// The sizes of the layout, in cells.
const (
	roomsFrom    = 60 // columns from which the rooms are shown by themselves
	membersFrom  = 90
	sideWidth    = 16
	wideSide     = 20 // on screens of wideFrom columns and more
	wideFrom     = 120
	leastReading = 16 // columns below which a side pane covers the messages
	maxWidth     = 1000
	maxHeight    = 500
)

// frame is who gets which cells. An empty rectangle is not drawn.
type frame struct {
	top, body, rooms, messages, members image.Rectangle
	knock, input, bottom, popup         image.Rectangle
	card                                image.Rectangle
	popupFirst                          int
}

// resize takes the screen's new size. Absurd sizes are cut, so that a claim
// costs no memory.
func (a *App) resize(w, h int) {
	a.sized = true
	a.w, a.h = max(1, min(w, maxWidth)), max(1, min(h, maxHeight))
}

// layout gives every pane its cells. Rows go first to the input, then to the line
// below, the line on top, and the messages.
func (a *App) layout() {
	f := frame{}
	a.input.SetSize(a.w, max(1, min(a.h-4, a.h/3)))
	in := min(a.input.Height(), a.h)
	y0, y1 := 0, a.h-in
	if a.h >= 2 {
		y1--
		f.bottom = image.Rect(0, a.h-1, a.w, a.h)
	}
	if a.h >= 4 {
		y0 = 1
		f.top = image.Rect(0, 0, a.w, 1)
	}
	y1 = max(y1, y0)
	f.input = image.Rect(0, y1, a.w, y1+in)
	if n := len(a.knocks.Rows(a.look, a.w, min(2, y1-y0-1))); n > 0 {
		f.knock = image.Rect(0, y1-n, a.w, y1)
		y1 -= n
	}
	f.body = image.Rect(0, y0, a.w, y1)
	a.columns(&f)
	a.frame = f
	a.sizePanes()
}

// columns divides the body.
func (a *App) columns(f *frame) {
	side := sideWidth
	if a.w >= wideFrom {
		side = wideSide
	}
	left, right := 0, 0
	if a.chat.open == nil {
		f.messages = f.body
		return
	}
	if a.fold.rooms.shown(a.w >= roomsFrom) {
		left = min(side, a.w)
	}
	if a.fold.members.shown(a.w >= membersFrom) {
		right = min(side, a.w-left)
	}
	b := f.body
	if a.w-left-right < leastReading { // no room to read beside: the pane covers all
		switch {
		case left > 0 && a.fold.rooms == foldShown && a.fold.members != foldShown:
			left, right = a.w, 0
		case right > 0:
			left, right = 0, a.w
		}
	}
	f.rooms = image.Rect(0, b.Min.Y, left, b.Max.Y)
	f.members = image.Rect(a.w-right, b.Min.Y, a.w, b.Max.Y)
	x0, x1 := left, a.w-right
	if left > 0 && left < a.w {
		x0++ // the divider
	}
	if right > 0 && right < a.w {
		x1--
	}
	f.messages = image.Rect(x0, b.Min.Y, max(x0, x1), b.Max.Y)
}

func (f folding) shown(auto bool) bool { return f == foldShown || f == foldAuto && auto }

// sizePanes tells the message list how big it is.
func (a *App) sizePanes() {
	if r := a.chat.open; r != nil {
		r.list.SetSize(a.frame.messages.Dx(), a.frame.messages.Dy())
	}
	a.rooms.Set(a.chat.entries())
}

// place puts a card of some rows in the middle of the screen.
func (a *App) place(rows []string) image.Rectangle {
	if len(rows) == 0 {
		return image.Rectangle{}
	}
	w := pane.Cells(a.look.Width, rows[0])
	x, y := pane.Center(w, a.w), pane.Center(len(rows), a.h)
	return image.Rect(x, y, x+w, y+len(rows))
}
