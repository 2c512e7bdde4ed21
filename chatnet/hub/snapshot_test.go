package hub_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/store"
	"tchat/chatnet/store/memory"
)

var _ store.Snapshots = (*frail)(nil)

// shelved is a snapshot that a frail store keeps.
type shelved struct {
	at   chatnet.Seq
	data []byte
}

func (f *frail) SaveSnapshot(_ context.Context, room chatnet.RoomID, at chatnet.Seq, data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return f.err
	}
	if f.shelf == nil {
		f.shelf = map[chatnet.RoomID]shelved{}
	}
	f.shelf[room] = shelved{at, bytes.Clone(data)}
	return nil
}

func (f *frail) LoadSnapshot(_ context.Context, room chatnet.RoomID) (chatnet.Seq, []byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shelf[room].at, f.shelf[room].data, nil
}

func (f *frail) Read(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error) {
	evs, err := f.Store.Read(ctx, room, after, limit)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.read += len(evs)
	return evs, err
}

// chatter fills the lobby with n messages of ada.
func chatter(l *lab, n int) (ada *hand, lobby chatnet.RoomID) {
	ada = l.come("ada", 7)
	lobby = ada.room("lobby")
	for i := range n {
		ada.send(ada.line(lobby, numbered(i)))
		if i%50 == 49 {
			ada.look()
		}
	}
	ada.look()
	for _, r := range ada.replies {
		if r.Err != nil {
			l.t.Fatal(r.Err)
		}
	}
	return ada, lobby
}

// checkRestarted holds a hub that came up again to what it knew before.
func checkRestarted(t *testing.T, l *lab, lobby chatnet.RoomID, had []chatnet.Event) {
	t.Helper()
	hi := hello("ada", 7)
	last := had[len(had)-1]
	old := had[len(had)-700]
	hi.Cursors = []chatnet.Cursor{{Room: lobby, Epoch: epochOf(t, l, lobby), Seq: old.Seq}}
	again := l.enter(hub.Peer{User: "k-ada"}, hi)
	info := again.welcome.Rooms[0]
	if info.Reset || info.After != old.Seq || info.Head != last.Seq || info.Count != 2 {
		t.Errorf("the room is %+v, want it from %d to %d", info, old.Seq, last.Seq)
	}
	if got := again.events[lobby]; len(got) != 700 || got[699].Seq != last.Seq {
		t.Errorf("%d events, want 699 and the marker", len(got))
	}
	said := chatnet.Say{Room: lobby, Origin: last.Origin, Text: last.Body.(chatnet.Said).Text}
	if st, ok := again.must(said).(chatnet.Stored); !ok || !st.Dup || st.Seq != last.Seq {
		t.Errorf("a repeat is %+v", st)
	}
	elsewhere, _ := again.must(joinRoom("other")).(chatnet.Entered)
	said.Room = elsewhere.Room
	if code := again.code(said); code != chatnet.CodeOriginReused {
		t.Errorf("the same origin in another room: %q", code)
	}
	if got := l.come("bob", 8).welcome.Nick.String(); got != "bob" {
		t.Errorf("bob is %q", got)
	}
}

func epochOf(t *testing.T, l *lab, room chatnet.RoomID) chatnet.Epoch {
	t.Helper()
	head, err := l.store.Head(t.Context(), room)
	if err != nil {
		t.Fatal(err)
	}
	return head.Epoch
}

// TestStartFromSnapshots holds that a hub that was stopped, or not, starts
// without reading its history, and knows all that it knew.
func TestStartFromSnapshots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lab{t: t, store: &frail{Store: memory.New()}}
		l.open(hub.Config{})
		l.come("bob", 8)
		ada, lobby := chatter(l, 4500)
		had := slices.Clone(ada.events[lobby])
		if at := l.store.shelf[lobby].at; at < 2000 {
			t.Fatalf("while it runs: a snapshot at %d of %d", at, had[len(had)-1].Seq)
		}
		crashed := shelfOf(l.store)
		l.shut()
		stopped := shelfOf(l.store)
		if at := stopped[lobby].at; at != had[len(had)-1].Seq {
			t.Errorf("at the end: a snapshot at %d", at)
		}
		for name, tt := range map[string]struct {
			shelf map[chatnet.RoomID]shelved
			most  int
		}{"crashed": {crashed, 2600}, "stopped": {stopped, 50}} {
			l.store.shelf, l.store.read = tt.shelf, 0
			l.open(hub.Config{})
			if l.store.read > tt.most {
				t.Errorf("%s: %d events were read", name, l.store.read)
			}
			checkRestarted(t, l, lobby, had)
			l.shut()
		}
	})
}

func shelfOf(f *frail) map[chatnet.RoomID]shelved {
	f.mu.Lock()
	defer f.mu.Unlock()
	shelf := map[chatnet.RoomID]shelved{}
	for room, s := range f.shelf {
		shelf[room] = s
	}
	return shelf
}

// TestUselessSnapshots holds that a snapshot which is damaged, of another
// version, or does not fit its log is as good as none.
func TestUselessSnapshots(t *testing.T) {
	spoil := map[string]func(s shelved) shelved{
		"empty": func(s shelved) shelved { return shelved{s.at, nil} },
		"cut":   func(s shelved) shelved { return shelved{s.at, s.data[:len(s.data)/2]} },
		"null":  func(s shelved) shelved { return shelved{s.at, []byte("null")} },
		"version": func(s shelved) shelved {
			return shelved{s.at, bytes.Replace(s.data, []byte(`"v":1`), []byte(`"v":2`), 1)}
		},
		"inner": func(s shelved) shelved {
			return shelved{s.at, bytes.Replace(s.data, []byte(`{"v":1,"id"`), []byte(`{"v":7,"id"`), 1)}
		},
		"another seq":  func(s shelved) shelved { return shelved{s.at - 1, s.data} },
		"past the log": func(s shelved) shelved { return shelved{s.at + 99_999, s.data} },
	}
	synctest.Test(t, func(t *testing.T) {
		l := &lab{t: t, store: &frail{Store: memory.New()}}
		l.open(hub.Config{})
		l.come("bob", 8)
		ada, lobby := chatter(l, 2500)
		had := slices.Clone(ada.events[lobby])
		l.shut()
		sound := shelfOf(l.store)
		for name, f := range spoil {
			t.Log(name)
			l.store.shelf = map[chatnet.RoomID]shelved{lobby: f(sound[lobby]), chatnet.HubRoom: f(shelved{1, []byte(`{"v":1}`)})}
			l.store.read = 0
			l.open(hub.Config{})
			if l.store.read < 2500 {
				t.Errorf("%s: only %d events were read", name, l.store.read)
			}
			checkRestarted(t, l, lobby, had)
			l.shut()
		}
	})
}

// Search passes on what the store below can do.
func (f *frail) Search(ctx context.Context, q store.Find) ([]chatnet.Event, error) {
	return f.Store.(store.Searcher).Search(ctx, q) //nolint:forcetypeassert // each store of this test can
}
