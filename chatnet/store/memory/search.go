package memory

import (
	"context"
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

var _ store.Searcher = (*Store)(nil)

// Search looks at every message, see store.Searcher.
func (s *Store) Search(ctx context.Context, f store.Find) ([]chatnet.Event, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	var hits []chatnet.Event
	for _, id := range f.Rooms {
		if l := s.rooms[id]; l != nil {
			hits = append(hits, l.search(f)...)
		}
	}
	slices.SortStableFunc(hits, func(a, b chatnet.Event) int { return b.At.Compare(a.At) })
	return hits[:max(0, min(f.Limit, len(hits)))], nil
}

// search returns the messages of a log that match, the newest first.
func (l *log) search(f store.Find) []chatnet.Event {
	texts := map[chatnet.Seq]chatnet.Text{} // by the last edit
	for _, ev := range l.events {
		if b, ok := ev.Body.(chatnet.Edited); ok {
			texts[b.Target] = b.Text
		}
	}
	var hits []chatnet.Event
	for _, ev := range slices.Backward(l.events) {
		if said, ok := ev.Body.(chatnet.Said); ok && !said.Redacted() {
			if text, edited := texts[ev.Seq]; edited {
				said.Text = text
			}
			if ev.Body = said; f.Match(ev) {
				hits = append(hits, ev)
			}
		}
	}
	return hits
}
