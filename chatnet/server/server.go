package server

import (
	"container/list"
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"sync"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/wire"
)

// maxPending is how many connections may be without a hello; beyond it the
// oldest goes (DELIVERY section 7).
const maxPending = 512

// Config is what a server is made of.
type Config struct {
	Hub      *hub.Hub
	Log      *slog.Logger       // nil: nothing is logged
	Server   chatnet.ServerInfo // what dialects may tell of the server before a welcome
	MaxConns int                // connections at once, 0 for no bound; at the bound new ones wait unaccepted
}

// Door is a way in: how to speak on a listener's connections.
//
// A door without a Dialect tells them apart by a peer's first bytes (DOORS
// section 4): the first of Auto that recognizes them, in clear or inside of
// TLS; Silent for a peer that says nothing. Both must be given then.
type Door struct {
	Scheme   string       // as in --listen, for knocks and logs
	Dialect  wire.Dialect // how to speak; nil: as the peer does
	TLS      *tls.Config  // nil: in clear
	Operator bool         // peers may do whatever the machine's owner may
	Public   bool         // in clear for peers from everywhere, not only loopback and private networks

	Auto   []wire.Dialect // those whose peers speak first; the first one is tchat's own
	Silent wire.Dialect   // whose peers wait for the server
}

// Server runs connections for a hub. It is safe for use by many goroutines.
type Server struct {
	cfg     Config
	slots   chan struct{} // one for each connection, nil for no bound
	closing chan struct{} // closed when Shutdown begins
	loops   sync.WaitGroup
	scratch sync.Pool // *scratch, so that a silent connection holds none

	mu        sync.Mutex
	down      bool
	listeners map[net.Listener]struct{}
	conns     map[*conn]struct{}
	pending   *list.List // of *conn without a hello, the oldest first
}

// New returns a server without listeners.
func New(cfg Config) *Server {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		cfg:       cfg,
		closing:   make(chan struct{}),
		listeners: map[net.Listener]struct{}{},
		conns:     map[*conn]struct{}{},
		pending:   list.New(),
	}
	if cfg.MaxConns > 0 {
		s.slots = make(chan struct{}, cfg.MaxConns)
	}
	return s
}

// ServeConn runs one connection and returns when it is over; nc is closed
// then. When ctx ends the connection is cut.
func (s *Server) ServeConn(ctx context.Context, nc net.Conn, d Door) {
	c := newConn(s, nc, d)
	if !s.enter(c) {
		_ = nc.Close() // it never was ours
		return
	}
	defer s.leave(c)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(ctx, c.cut)
	defer stop()
	c.serve(ctx)
}

// Shutdown stops accepting, ends connections that have no session, shuts the
// hub down, so that every session gets what it is owed and a goodbye, and
// waits until all loops are over. When ctx ends first, what is left is cut and
// ctx's error returned, still without a loop left behind.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	if !s.down {
		s.down = true
		close(s.closing)
	}
	for l := range s.listeners {
		_ = l.Close() // Serve notices
	}
	s.mu.Unlock()

	err := s.cfg.Hub.Shutdown(ctx)
	over := make(chan struct{})
	go func() { s.loops.Wait(); close(over) }()
	select {
	case <-over:
	case <-ctx.Done():
		err = errors.Join(err, ctx.Err())
		s.cutAll()
		<-over
	}
	return err
}

// enter counts a connection in. It reports false when the server is closing.
func (s *Server) enter(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return false
	}
	s.loops.Add(1)
	s.conns[c] = struct{}{}
	if s.pending.Len() >= maxPending {
		oldest := s.pending.Remove(s.pending.Front()).(*conn)
		oldest.place = nil
		oldest.cut()
		s.cfg.Log.Warn("too many connections without a hello, the oldest was closed", "limit", maxPending)
	}
	c.place = s.pending.PushBack(c)
	return true
}

// greeted takes a connection off those without a hello.
func (s *Server) greeted(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.place != nil {
		s.pending.Remove(c.place)
		c.place = nil
	}
}

// leave counts a connection out.
func (s *Server) leave(c *conn) {
	s.greeted(c)
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
	s.loops.Done()
}

// cutAll closes every connection without a word.
func (s *Server) cutAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.cut()
	}
}
