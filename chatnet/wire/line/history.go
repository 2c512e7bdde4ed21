package line

import "tchat/chatnet"

// pageEvents is how many events are asked for to find shownLines messages
// among them.
const (
	pageEvents = 100
	shownLines = 20
)

// more asks for older lines.
func (t *Talk) more() {
	if t.here == nil {
		t.Tell("no room is open; /join ROOM opens one")
		return
	}
	t.ask(call{request: chatnet.History{Room: t.here.info.ID, Before: t.here.oldest, Limit: pageEvents}})
}

// backlog asks for the lines that are shown on entering a room.
func (t *Talk) backlog() {
	if t.Backlog > 0 && t.here.settled {
		t.ask(call{request: chatnet.History{Room: t.here.info.ID, Before: t.here.oldest, Limit: pageEvents}, quiet: true})
	}
}

// page shows the newest messages of a page of history. Of a page without any,
// the one before it is asked for.
func (t *Talk) page(c call, p chatnet.Page) {
	if t.here == nil || t.here.info.ID != p.Room {
		return
	}
	limit := shownLines
	if c.quiet {
		limit = t.Backlog
	}
	first := len(p.Events)
	for found := 0; first > 0 && found < limit; first-- {
		if _, ok := p.Events[first-1].Body.(chatnet.Said); ok {
			found++
		}
	}
	shown, now := 0, corrected(p.Events)
	for _, ev := range p.Events[first:] {
		if said, ok := ev.Body.(chatnet.Said); ok {
			shown++
			if text, ok := now[ev.Seq]; ok && !said.Redacted() {
				said.Text = text
			}
			t.Write(t.voice.Said(t.message(ev, said, true))...)
		}
	}
	if len(p.Events) > 0 {
		t.here.oldest = p.Events[first].Seq
	}
	switch {
	case c.quiet:
	case shown == 0 && p.More && len(p.Events) > 0:
		t.more()
	case shown == 0:
		t.Tell("there is nothing older")
	case first == 0 && !p.More:
		t.Tell("that is the beginning of " + t.here.info.Name.String())
	}
}

// corrected returns what messages of a page read now.
func corrected(evs []chatnet.Event) map[chatnet.Seq]chatnet.Text {
	var now map[chatnet.Seq]chatnet.Text
	for _, ev := range evs {
		if e, ok := ev.Body.(chatnet.Edited); ok && !e.Redacted() {
			if now == nil {
				now = map[chatnet.Seq]chatnet.Text{}
			}
			now[e.Target] = e.Text
		}
	}
	return now
}
