package hub

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
	"tchat/chatnet/store"
)

// Config is what a hub is made of.
type Config struct {
	Store   store.Store
	Now     func() time.Time   // nil: time.Now
	Log     *slog.Logger       // nil: nothing is logged
	Server  chatnet.ServerInfo // what the welcome tells; Durability is the store's
	Approve bool               // newcomers knock and wait
	Owner   chatnet.UserID     // who is the server's owner, beside the operator; may be empty
}

// Peer is what is known of who wants a session.
type Peer struct {
	User     chatnet.UserID // proven by a key; empty for a guest
	Operator bool           // speaks for the machine that the server runs on
	Addr     string         // for knocks
	Door     string         // for knocks: the scheme it came through
}

// Hub runs the rooms of a store and the sessions of their users. It is safe
// for use by many goroutines.
type Hub struct {
	cfg     Config
	dir     *directory
	readers *readers
	trail   trail
	gate    gate

	spawn  func(func(context.Context)) // starts a goroutine that Shutdown waits for
	cancel context.CancelFunc          // ends their context
	stop   chan struct{}               // closed when they have nothing more to do
	gone   chan struct{}               // closed when they are no more
	wg     sync.WaitGroup

	failOnce sync.Once
	failed   chan struct{}
	stopOnce sync.Once
	goneOnce sync.Once

	mu       sync.RWMutex
	users    map[chatnet.UserID]*user
	rooms    map[chatnet.RoomID]*hall
	sessions map[*Session]struct{}
	knocks   []*knock
	live     bool // the replay is over
}

// user is what the hub has of a user beside the directory: where they are.
type user struct {
	sessions map[*Session]struct{}
	rooms    map[chatnet.RoomID]*hall
	marks    map[chatnet.RoomID]chatnet.Seq
	parting  chatnet.Text // their last words, until they are back
}

// Open replays the store and starts the hub. ctx bounds the replay alone.
func Open(ctx context.Context, cfg Config) (*Hub, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Server.Durability = cfg.Store.Durability()
	h := &Hub{
		cfg:      cfg,
		stop:     make(chan struct{}),
		gone:     make(chan struct{}),
		failed:   make(chan struct{}),
		users:    map[chatnet.UserID]*user{},
		rooms:    map[chatnet.RoomID]*hall{},
		sessions: map[*Session]struct{}{},
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	h.cancel = cancel
	h.spawn = func(f func(context.Context)) { h.wg.Go(func() { f(run) }) }
	h.dir = newDirectory(h)
	h.readers = newReaders(h)
	if err := h.replay(ctx); err != nil {
		cancel()
		close(h.stop)
		h.wg.Wait()
		return nil, err
	}
	h.forgetPassers()
	return h, nil
}

// Failed is closed when the store said that the disk failed: nothing more will
// be stored. Reading goes on; the program should drain and exit non-zero.
func (h *Hub) Failed() <-chan struct{} { return h.failed }

// check looks whether an error of the store is the end of all writing. It
// returns err.
func (h *Hub) check(err error) error {
	if chatnet.CodeOf(err) == chatnet.CodeStorage {
		h.failOnce.Do(func() {
			h.cfg.Log.Error("the disk failed, nothing more is stored", "err", err)
			close(h.failed)
		})
	}
	return err
}

// user returns a user's entry, made if need be. The caller holds h.mu.
func (h *Hub) user(id chatnet.UserID) *user {
	u, ok := h.users[id]
	if !ok {
		u = &user{
			sessions: map[*Session]struct{}{},
			rooms:    map[chatnet.RoomID]*hall{},
			marks:    map[chatnet.RoomID]chatnet.Seq{},
		}
		h.users[id] = u
	}
	return u
}

// room returns a running room, or nil.
func (h *Hub) room(id chatnet.RoomID) *hall {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.rooms[id]
}

// addRoom makes a room known. It is idempotent.
func (h *Hub) addRoom(made chatnet.RoomMade) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.rooms[made.New]; !ok {
		h.rooms[made.New] = newHall(h, made)
	}
}

// actor returns who acts through a session, as the directory has them now.
func (h *Hub) actor(s *Session) room.Actor {
	var by room.Actor
	h.dir.read(func(d *room.Directory) { by = s.actor(d) })
	return by
}

// actor returns who acts through the session, as a directory has them.
func (s *Session) actor(d *room.Directory) room.Actor {
	if s.peer.Operator {
		return room.Actor{User: chatnet.OperatorID, Role: chatnet.RoleOwner}
	}
	u, _ := d.User(s.user)
	return u.Actor
}
