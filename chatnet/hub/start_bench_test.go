package hub_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/store/sqlite"
)

// million is how many messages the great benchmarks have.
const million = 1_000_000

// great makes, once, a database of a server with a million messages: 64 rooms,
// the lobby with half of them, and returns its folder's path. It was closed
// well, after a hub had started and stopped once.
var great = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tchat-great-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "tchat.db")
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return "", err
	}
	rooms, err := greatRooms(ctx, s)
	if err != nil {
		return "", err
	}
	for i := range million / 1000 {
		id := rooms[0]
		if i%2 == 1 {
			id = rooms[1+i/2%(len(rooms)-1)]
		}
		head, err := s.Head(ctx, id)
		if err != nil {
			return "", err
		}
		evs := make([]chatnet.Event, 1000)
		for j := range evs {
			evs[j] = greatMessage(i*1000 + j)
		}
		if _, err := s.Append(ctx, id, head.Seq, evs); err != nil {
			return "", err
		}
	}
	if err := start(ctx, s, nil); err != nil { // takes the first snapshots
		return "", err
	}
	return path, s.Close()
})

// greatRooms makes 64 rooms and their one member, ada.
func greatRooms(ctx context.Context, s *sqlite.Store) ([]chatnet.RoomID, error) {
	var rooms []chatnet.RoomID
	err := start(ctx, s, func(a *asker) error {
		for i := range 64 {
			name := fmt.Sprintf("room%d", i)
			if i == 0 {
				name = "lobby"
			}
			answer, err := a.ask(ctx, chatnet.Join{Name: chatnet.MustRoomName(name)})
			if err != nil {
				return err
			}
			rooms = append(rooms, answer.(chatnet.Entered).Room)
		}
		return nil
	})
	return rooms, err
}

func greatMessage(n int) chatnet.Event {
	text := "a message as people write them, neither long nor short"
	for i, k := 0, uint64(n)*2654435761; i < 4; i, k = i+1, k>>7 { // some words are frequent, most rare
		text += fmt.Sprintf(" w%d", (k%4096)*(k%4096)/4096)
	}
	if n%10_007 == 0 {
		text += " 今天的会议很长 needle"
	}
	return chatnet.Event{
		At: time.UnixMilli(1_700_000_000_000 + int64(n)*1000).UTC(), By: "k-ada", Nick: chatnet.MustNick("ada"),
		Origin: chatnet.Origin{Dev: chatnet.Dev(1 + n%50), N: uint64(n)/50 + 1}, Body: chatnet.Said{Text: chatnet.Clean(text)},
	}
}

// asker is a session that waits for each answer.
type asker struct{ s *hub.Session }

func (a *asker) ask(ctx context.Context, r chatnet.Request) (chatnet.Answer, error) {
	if err := a.s.Submit(chatnet.Call{ID: 1, Request: r}); err != nil {
		return nil, err
	}
	for {
		select {
		case <-a.s.Ready():
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		t, err := a.s.Take(ctx, 1<<20)
		if err != nil {
			return nil, err
		}
		for _, r := range t.Replies {
			if r.ID != 1 {
				continue
			}
			if r.Err != nil {
				return nil, r.Err
			}
			return r.Answer, nil
		}
	}
}

// start starts a hub over s, lets ada do something, and stops it.
func start(ctx context.Context, s *sqlite.Store, do func(a *asker) error) error {
	h, err := hub.Open(ctx, hub.Config{Store: s})
	if err != nil {
		return err
	}
	session, err := h.Enter(ctx, hub.Peer{User: "k-ada"}, chatnet.Hello{Nick: chatnet.MustNick("ada"), Dev: 99})
	if err == nil && do != nil {
		err = do(&asker{session})
	}
	if err != nil {
		_ = h.Shutdown(ctx)
		return err
	}
	session.Close()
	return h.Shutdown(ctx)
}

func greatPath(b *testing.B) string {
	b.Helper()
	path, err := great()
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkStart is the start of a server with a million messages, from the
// opening of its database to the first ok for a message; closed well before, or
// not: then SQLite checks the file.
func BenchmarkStart(b *testing.B) {
	path := greatPath(b)
	n := uint64(0)
	for _, well := range []bool{true, false} {
		b.Run(map[bool]string{true: "ClosedWell", false: "AfterCrash"}[well], func(b *testing.B) {
			ctx := context.Background()
			for b.Loop() {
				b.StopTimer()
				if !well {
					if err := os.Remove(path + ".sum"); err != nil {
						b.Fatal(err)
					}
				}
				n++
				b.StartTimer()
				s, err := sqlite.Open(ctx, path)
				if err != nil {
					b.Fatal(err)
				}
				err = start(ctx, s, func(a *asker) error {
					answer, err := a.ask(ctx, chatnet.Join{Name: chatnet.Lobby()})
					if err != nil {
						return err
					}
					lobby := answer.(chatnet.Entered).Room
					_, err = a.ask(ctx, chatnet.Say{Room: lobby, Text: chatnet.Clean("here"), Origin: chatnet.Origin{Dev: 99, N: n + uint64(time.Now().UnixNano())}})
					b.StopTimer()
					return err
				})
				if err == nil {
					err = s.Close()
				}
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

// BenchmarkHistory reads pages anywhere in a room of half a million messages.
func BenchmarkHistory(b *testing.B) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, greatPath(b))
	if err != nil {
		b.Fatal(err)
	}
	err = start(ctx, s, func(a *asker) error {
		answer, err := a.ask(ctx, chatnet.Join{Name: chatnet.Lobby()})
		if err != nil {
			return err
		}
		lobby := answer.(chatnet.Entered).Room
		b.ResetTimer()
		for i := 0; b.Loop(); i++ {
			before := chatnet.Seq(201 + i*79_919%(million/2-300))
			answer, err := a.ask(ctx, chatnet.History{Room: lobby, Before: before})
			if err != nil {
				return err
			}
			if page := answer.(chatnet.Page); len(page.Events) != chatnet.PageSize {
				return fmt.Errorf("%d events before %d", len(page.Events), before)
			}
		}
		b.StopTimer()
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
