package hub

import (
	"context"
	"log/slog"
	"time"

	"tchat/chatnet"
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
type Hub struct{ failed chan struct{} }

// Open replays the store and starts the hub. ctx bounds the replay alone.
func Open(_ context.Context, _ Config) (*Hub, error) {
	return &Hub{failed: make(chan struct{})}, nil
}

// Failed is closed when the store said that the disk failed: nothing more will
// be stored. Reading goes on; the program should drain and exit.
func (h *Hub) Failed() <-chan struct{} { return h.failed }

// Enter begins a session. It may wait for the disk.
func (h *Hub) Enter(_ context.Context, _ Peer, _ chatnet.Hello) (*Session, error) {
	return nil, chatnet.E(chatnet.CodeShutdown, "the server is shutting down")
}

// Shutdown answers new requests with CodeShutdown, finishes those it has, says
// goodbye to every session and waits for its goroutines.
func (h *Hub) Shutdown(_ context.Context) error { return nil }
