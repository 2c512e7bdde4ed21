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
	for n := len(p.Events); c.quiet && n > 0 && t.here.since > 0 && p.Events[n-1].Seq > t.here.since; n-- {
		p.Events = p.Events[:n-1] // came by itself
	}
	first := len(p.Events)
	for found := 0; first > 0 && found < limit; first-- {
		if _, ok := p.Events[first-1].Body.(chatnet.Said); ok {
			found++
		}
	}
	shown := 0
	for _, ev := range p.Events[first:] {
		if said, ok := ev.Body.(chatnet.Said); ok {
			shown++
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
