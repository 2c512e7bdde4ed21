package line

import (
	"slices"
	"strings"

	"tchat/chatnet"
)

// hits tells what a search found, the newest last.
func (t *Talk) hits(h chatnet.Hits) string {
	if len(h.Events) == 0 {
		return "nothing was found in your rooms"
	}
	lines := []string{"found:"}
	for _, ev := range slices.Backward(h.Events) {
		said, ok := ev.Body.(chatnet.Said)
		if !ok {
			continue
		}
		where := "?"
		if r := t.rooms[ev.Room]; r != nil && r.info.Name.IsZero() {
			where = "@" + r.info.With.Nick.String()
		} else if r != nil {
			where = r.info.Name.String()
		}
		text := strings.Join(strings.Fields(said.Text.String()), " ")
		lines = append(lines, ev.At.UTC().Format("2006-01-02 15:04")+" "+where+" "+ev.Nick.String()+": "+text)
	}
	return strings.Join(lines, "\n")
}
