package server_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/server"
	"tchat/chatnet/store/memory"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// memListener hands over connections within this process.
type memListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	peer   net.Addr // what connections say they come from; nil for a local one
}

func newMemListener() *memListener {
	return &memListener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *memListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *memListener) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *memListener) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "unix"} }

// dial connects; the listener must be served.
func (l *memListener) dial(t testing.TB) net.Conn {
	t.Helper()
	client, srv := server.Pipe()
	if l.peer != nil {
		srv = fromConn{srv, l.peer}
	}
	select {
	case l.conns <- srv:
	case <-l.closed:
		t.Fatal("the listener is closed")
	}
	return client
}

// fromConn is a connection that comes from elsewhere.
type fromConn struct {
	net.Conn
	from net.Addr
}

func (c fromConn) RemoteAddr() net.Addr { return c.from }

// talk is a dialect and its one kind of conversation, made for a test.
type talk struct {
	start   func() wire.Step
	feed    func(p []byte) wire.Step
	deliver func(d chatnet.Delivery) []byte
}

func (d talk) Name() string                     { return "talk" }
func (d talk) Open(wire.Peer) wire.Conversation { return d }
func (d talk) Ping() []byte                     { return nil }

func (d talk) Start() wire.Step {
	if d.start == nil {
		return wire.Step{}
	}
	return d.start()
}

func (d talk) Feed(p []byte) wire.Step {
	if d.feed == nil {
		return wire.Step{}
	}
	return d.feed(p)
}

func (d talk) Deliver(v chatnet.Delivery) []byte {
	switch {
	case d.deliver != nil:
		return d.deliver(v)
	case v.Bye != nil:
		return []byte("bye " + string(v.Bye.Code) + "\n")
	}
	return nil
}

// house is a server over an empty hub, with one door on a listener in memory.
type house struct {
	*server.Server
	hub  *hub.Hub
	log  *safeBuffer
	door *memListener
	over chan error // what Serve returned
}

// open starts a house with a door; t's end shuts it down and waits.
func open(t testing.TB, cfg server.Config, d server.Door) *house {
	t.Helper()
	h := &house{log: &safeBuffer{}, door: newMemListener(), over: make(chan error, 1)}
	var err error
	h.hub, err = hub.Open(t.Context(), hub.Config{Store: memory.New()})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Hub, cfg.Log = h.hub, slog.New(slog.NewTextHandler(h.log, nil))
	h.Server = server.New(cfg)
	ctx := context.WithoutCancel(t.Context()) // that one ends before cleanups
	go func() { h.over <- h.Serve(ctx, h.door, d) }()
	return h
}

// end shuts the house down and checks that everything ended well.
func (h *house) end(t testing.TB) {
	t.Helper()
	if err := h.Shutdown(t.Context()); err != nil {
		t.Errorf("Shutdown: %v", err)
	}
	if err := <-h.over; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// safeBuffer is a log that many write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// nativeDoor is a door in clear for the native dialect.
func nativeDoor() server.Door {
	return server.Door{Scheme: "tchat+insecure", Dialect: native.New()}
}

// readAll reads until the other end closes.
func readAll(t testing.TB, c net.Conn) string {
	t.Helper()
	var b strings.Builder
	buf := make([]byte, 4<<10)
	for {
		n, err := c.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			if e := c.Close(); e != nil {
				t.Error(e)
			}
			return b.String()
		}
	}
}
