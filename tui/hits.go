package tui

import (
	"fmt"
	"slices"
	"strings"

	"tchat/chatnet"
)

// hitLines tells what a search found: the newest last, next to the input, as
// the messages are.
func (a *App) hitLines(hits chatnet.Hits) string {
	if len(hits.Events) == 0 {
		return "Nothing was found in your rooms."
	}
	var b strings.Builder
	b.WriteString("Found " + plural(len(hits.Events), "message"))
	if hits.More {
		b.WriteString(", and older ones; before:DAY shows them")
	}
	b.WriteString(":")
	for _, ev := range slices.Backward(hits.Events) {
		said, ok := ev.Body.(chatnet.Said)
		if !ok {
			continue
		}
		fmt.Fprintf(&b, "\n  %s  %s  %s: %s", ev.At.Local().Format("2006-01-02 15:04"), a.placeOf(ev.Room), ev.Nick, oneLine(said.Text.String()))
	}
	return b.String()
}

// placeOf returns how a room is called here.
func (a *App) placeOf(id chatnet.RoomID) string {
	r := a.chat.rooms[id]
	switch {
	case r == nil:
		return "?"
	case r.info.Name.IsZero():
		return "@" + r.info.With.Nick.String()
	}
	return r.info.Name.String()
}

// oneLine puts a message's lines behind each other.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
