// Package memory is a store in RAM: for tests, and for a server that shall
// forget. It keeps the contract of store but for one word: an event lives as
// long as the process.
package memory

import (
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"sync"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

var _ store.Store = (*Store)(nil)

// Store keeps logs and marks in maps. Its methods may be called by many
// goroutines.
type Store struct {
	epoch chatnet.Epoch

	mu     sync.RWMutex // guards what follows
	closed bool
	rooms  map[chatnet.RoomID]*log
	marks  map[chatnet.UserID]map[chatnet.RoomID]chatnet.Seq
}

// log is one room's; the event with seq n stands at n-1.
type log struct {
	events  []chatnet.Event
	origins map[chatnet.Origin]chatnet.Seq
}

// New returns an empty store with an epoch of its own.
func New() *Store {
	return &Store{
		epoch: chatnet.Epoch(rand.Text()),
		rooms: make(map[chatnet.RoomID]*log),
		marks: make(map[chatnet.UserID]map[chatnet.RoomID]chatnet.Seq),
	}
}

// Durability returns "process": what was stored ends with it.
func (s *Store) Durability() string { return "process" }

// Close forgets everything. It may be called again.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed, s.rooms, s.marks = true, nil, nil
	return nil
}

// ready says why nothing can be done; mu is held.
func (s *Store) ready(ctx context.Context) error {
	if s.closed {
		return chatnet.E(chatnet.CodeShutdown, "the store is closed")
	}
	if err := ctx.Err(); err != nil {
		return chatnet.E(chatnet.CodeBusy, "the request was given up").Because(err)
	}
	return nil
}

// Append stores events behind last, see store.Log.
func (s *Store) Append(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
	if slices.ContainsFunc(evs, func(ev chatnet.Event) bool { return ev.Body == nil }) {
		return nil, chatnet.E(chatnet.CodeInternal, "an event without a body cannot be stored")
	}
	placed := store.Place(room, last, evs)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if len(placed) == 0 {
		return nil, nil
	}
	l := s.rooms[room]
	if l == nil {
		l = &log{origins: make(map[chatnet.Origin]chatnet.Seq)}
	}
	if chatnet.Seq(len(l.events)) != last {
		return nil, chatnet.E(chatnet.CodeConflict, "the log has moved on")
	}
	fresh := make(map[chatnet.Origin]chatnet.Seq)
	for _, ev := range placed {
		if ev.Origin.IsZero() {
			continue
		}
		if fresh[ev.Origin]+l.origins[ev.Origin] != 0 {
			return nil, chatnet.E(chatnet.CodeConflict, "the log has an event of that origin")
		}
		fresh[ev.Origin] = ev.Seq
	}
	s.rooms[room] = l
	maps.Copy(l.origins, fresh)
	l.events = append(l.events, placed...)
	for _, ev := range placed {
		if b, ok := ev.Body.(chatnet.Redacted); ok {
			l.mask(b.Target)
		}
	}
	return placed, nil
}

// mask takes the words of a redacted message out of the log.
func (l *log) mask(target chatnet.Seq) {
	for i := range l.events {
		if l.events[i].Words(target) {
			l.events[i] = l.events[i].Masked()
		}
	}
}

// Read returns events after a seq, see store.Log.
func (s *Store) Read(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error) {
	return s.cut(ctx, room, func(evs []chatnet.Event) []chatnet.Event {
		evs = evs[min(after, chatnet.Seq(len(evs))):]
		return evs[:max(0, min(limit, len(evs)))]
	})
}

// ReadBack returns events before a seq, see store.Log.
func (s *Store) ReadBack(ctx context.Context, room chatnet.RoomID, before chatnet.Seq, limit int) ([]chatnet.Event, error) {
	return s.cut(ctx, room, func(evs []chatnet.Event) []chatnet.Event {
		if before > 0 {
			evs = evs[:min(before-1, chatnet.Seq(len(evs)))]
		}
		return evs[len(evs)-max(0, min(limit, len(evs))):]
	})
}

func (s *Store) cut(ctx context.Context, room chatnet.RoomID, piece func([]chatnet.Event) []chatnet.Event) ([]chatnet.Event, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	l := s.rooms[room]
	if l == nil {
		return nil, nil
	}
	return slices.Clone(piece(l.events)), nil
}

// Head returns a room's newest position, see store.Log.
func (s *Store) Head(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return chatnet.Cursor{}, err
	}
	c := chatnet.Cursor{Room: room, Epoch: s.epoch}
	if l := s.rooms[room]; l != nil {
		c.Seq = chatnet.Seq(len(l.events))
	}
	return c, nil
}

// ByOrigin finds the event of an origin, see store.Log.
func (s *Store) ByOrigin(ctx context.Context, room chatnet.RoomID, o chatnet.Origin) (chatnet.Event, bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return chatnet.Event{}, false, err
	}
	l := s.rooms[room]
	if l == nil || l.origins[o] == 0 {
		return chatnet.Event{}, false, nil
	}
	return l.events[l.origins[o]-1], true, nil
}

// Mark raises a read mark, see store.Marks.
func (s *Store) Mark(ctx context.Context, user chatnet.UserID, room chatnet.RoomID, seq chatnet.Seq) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	of := s.marks[user]
	if of == nil {
		of = make(map[chatnet.RoomID]chatnet.Seq)
		s.marks[user] = of
	}
	of[room] = max(of[room], seq)
	return nil
}

// Marks returns all marks of a user, see store.Marks.
func (s *Store) Marks(ctx context.Context, user chatnet.UserID) (map[chatnet.RoomID]chatnet.Seq, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	marks := make(map[chatnet.RoomID]chatnet.Seq, len(s.marks[user]))
	maps.Copy(marks, s.marks[user])
	return marks, nil
}
