package sim

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// The bugs of this file are in the store, or in how it is used.

// badStore is a store of which some methods are replaced.
type badStore struct {
	store.Store
	append func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error)
	read   func(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error)
	head   func(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error)
	marks  func()
	close  func()
}

func (s *badStore) Marks(ctx context.Context, user chatnet.UserID) (map[chatnet.RoomID]chatnet.Seq, error) {
	if s.marks != nil {
		s.marks()
	}
	return s.Store.Marks(ctx, user)
}

func (s *badStore) Append(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
	if s.append == nil {
		return s.Store.Append(ctx, room, last, evs)
	}
	return s.append(ctx, room, last, evs)
}

func (s *badStore) Read(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error) {
	if s.read == nil {
		return s.Store.Read(ctx, room, after, limit)
	}
	return s.read(ctx, room, after, limit)
}

func (s *badStore) Head(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error) {
	if s.head == nil {
		return s.Store.Head(ctx, room)
	}
	return s.head(ctx, room)
}

func (s *badStore) Close() error {
	if s.close != nil {
		s.close()
	}
	return s.Store.Close()
}

// withStore puts a bug into every life of the store.
func withStore(spoil func(inner *logStore, s *badStore)) func() Seams {
	return func() Seams {
		return Seams{Store: func(inner store.Store) store.Store {
			s := &badStore{Store: inner}
			spoil(inner.(*logStore), s)
			return s
		}}
	}
}

// replyBeforeCommit answers at once and commits behind the caller's back.
func replyBeforeCommit(inner *logStore, s *badStore) {
	var work sync.WaitGroup
	last := map[chatnet.RoomID]chan struct{}{}
	var mu sync.Mutex
	s.close = work.Wait
	s.append = func(_ context.Context, room chatnet.RoomID, after chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
		mu.Lock()
		defer mu.Unlock()
		before, done := last[room], make(chan struct{})
		last[room] = done
		work.Go(func() {
			defer close(done)
			if before != nil {
				<-before
			}
			_, _ = inner.Append(context.Background(), room, after, evs) // nobody is told: that is the bug
		})
		return store.Place(room, after, evs), nil
	}
}

// lostAppend answers some appends without storing them.
func lostAppend(inner *logStore, s *badStore) {
	var n atomic.Int64
	s.append = func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
		if n.Add(1)%15 == 0 {
			return store.Place(room, last, evs), nil
		}
		return inner.Append(ctx, room, last, evs)
	}
}

// errorIsOK takes a full disk for a success.
func errorIsOK(inner *logStore, s *badStore) {
	s.append = func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
		placed, err := inner.Append(ctx, room, last, evs)
		if chatnet.CodeOf(err) == chatnet.CodeStorageFull {
			return store.Place(room, last, evs), nil
		}
		return placed, err
	}
}

// forgetOrigins does not learn from the log which origins there are: it knows
// one only as long as the process lives, or, with a time, so long.
func forgetOrigins(after time.Duration) func(inner *logStore, s *badStore) {
	return func(inner *logStore, s *badStore) {
		inner.loose = true
		var replayed atomic.Bool // whoever asks for marks is being welcomed
		s.marks = func() { replayed.Store(true) }
		s.read = func(ctx context.Context, room chatnet.RoomID, from chatnet.Seq, limit int) ([]chatnet.Event, error) {
			evs, err := inner.Read(ctx, room, from, limit)
			for i := range evs {
				if !replayed.Load() && time.Since(evs[i].At) >= after {
					evs[i].Origin = chatnet.Origin{}
				}
			}
			return evs, err
		}
	}
}

// blindRetry appends again behind the new head, without deciding again, when
// an append that was in fact stored looks failed.
func blindRetry(inner *logStore, s *badStore) {
	inner.loose = true
	var n atomic.Int64
	s.append = func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
		placed, err := inner.Append(ctx, room, last, evs)
		if n.Add(1)%10 == 0 && err == nil {
			head, _ := inner.Head(ctx, room)
			return inner.Append(ctx, room, head.Seq, evs)
		}
		return placed, err
	}
}

// brokenChain gives some events a wrong prev.
func brokenChain(inner *logStore, s *badStore) {
	s.append = func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
		placed, err := inner.Append(ctx, room, last, evs)
		if n := len(placed); n > 1 {
			placed[n-1].Prev = last
		}
		return placed, err
	}
}

// readSkips leaves out the event right behind a cursor, and hides it.
func readSkips(inner *logStore, s *badStore) {
	s.read = func(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error) {
		evs, err := inner.Read(ctx, room, after, limit)
		if after > 0 && len(evs) > 1 {
			evs = evs[1:]
			evs[0].Prev = after
		}
		return evs, err
	}
}

// changed changes some messages before they are stored.
func changed(every int, change func(ev *chatnet.Event, said chatnet.Said)) func(inner *logStore, s *badStore) {
	return func(inner *logStore, s *badStore) {
		var n atomic.Int64
		s.append = func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
			evs = slices.Clone(evs)
			for i := range evs {
				if said, ok := evs[i].Body.(chatnet.Said); ok {
					if n.Add(1)%int64(every) == 0 {
						change(&evs[i], said)
					}
				}
			}
			return inner.Append(ctx, room, last, evs)
		}
	}
}

// cutText shortens what is long.
func cutText(ev *chatnet.Event, said chatnet.Said) {
	if text := said.Text.String(); len(text) > 100 {
		said.Text = chatnet.Clean(strings.ToValidUTF8(text[:100], ""))
		ev.Body = said
	}
}

// wrongSender says that somebody else said it.
func wrongSender(ev *chatnet.Event, _ chatnet.Said) { ev.By = "g-somebody" }

// backwards stores the messages of a batch in the wrong order.
func backwards(inner *logStore, s *badStore) {
	s.append = func(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
		evs = slices.Clone(evs)
		slices.Reverse(evs)
		return inner.Append(ctx, room, last, evs)
	}
}

// otherEpoch has a new epoch in every life of the process.
func otherEpoch(inner *logStore, s *badStore) {
	epoch := chatnet.Epoch(itoa(int(time.Now().UnixNano())))
	s.head = func(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error) {
		c, err := inner.Head(ctx, room)
		c.Epoch = epoch
		return c, err
	}
}

// lastLineLost drops the last transaction whenever the server starts.
func lastLineLost() Seams {
	return Seams{Restart: func(_ *World, d *Disk, who string) {
		f := d.names[logName]
		if who != hostName || f == nil {
			return
		}
		if i := strings.LastIndexByte(strings.TrimSuffix(string(f.data), "\n"), '\n'); i > 0 {
			f.data = f.data[: i+1 : i+1]
			f.safe, f.waiting = slices.Clone(f.data), nil
		}
	}}
}
