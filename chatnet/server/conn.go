package server

import (
	"container/list"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"runtime"
	"runtime/debug"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/identity"
	"tchat/chatnet/wire"
)

// Why a connection ended, for the log.
var (
	errEnded  = errors.New("ended")
	errGone   = errors.New("the peer is gone")
	errSlow   = errors.New("the peer took nothing for too long")
	errSilent = errors.New("the peer was silent for too long")
	errClosed = errors.New("the server is closing")
)

// conn is one connection. All fields but raw and place belong to the loop.
type conn struct {
	s      *Server
	door   Door
	raw    patient
	nc     net.Conn      // raw, or what stands over it: TLS, bytes that were looked at
	place  *list.Element // among those without a hello; guarded by s.mu
	log    *slog.Logger  // tells the door and the peer's network
	peer   wire.Peer
	conv   wire.Conversation
	shared wire.Shared // nil when the dialect's events differ from peer to peer
	talker wire.Talker // nil when the conversation is none
	prober wire.Prober // nil when the conversation is none

	dialect  wire.Dialect
	protocol string // that TLS agreed on
	pace     pace   // a talker's writes
	lateAt   time.Time
	goneAt   time.Time // until when a peer that closed its side is served
	hold     bool      // the talker wants nothing read
	budget   budget    // what a talker's peer may send
	called   string    // a prober's peer, as its nick's key; guarded by s.mu
	probes   chan struct{}

	session *hub.Session
	began   time.Time // accepted at
	heard   time.Time // the last byte
	asked   bool      // a ping is out since then
	pings   bool      // the dialect has pings
	known   bool      // the log has the session's nick
	torn    bool      // the stream may have stopped inside a message
	clock   *time.Timer
}

func newConn(s *Server, nc net.Conn, d Door) *conn {
	raw := patient{nc}
	return &conn{s: s, door: d, dialect: d.Dialect, raw: raw, nc: raw, began: time.Now(), probes: make(chan struct{}, 1)}
}

// cut closes the connection under the loop, which notices. Anybody may call it.
func (c *conn) cut() { _ = c.raw.Close() } // it may be closed already

// serve is the loop's goroutine: handshake, conversation, end.
func (c *conn) serve(ctx context.Context) {
	c.log = c.s.cfg.Log.With("door", c.door.Scheme, "peer", masked(c.raw.RemoteAddr()))
	defer c.cut()
	if err := c.handshake(ctx); err != nil {
		c.log.Info("a handshake failed", "err", err)
		return
	}
	why := c.converse(ctx)
	c.log.Info("a connection ended", "why", why, "after", time.Since(c.began).Round(time.Millisecond))
}

// handshake makes the connection secure, if its door is, and learns who the
// peer is and what it speaks.
func (c *conn) handshake(ctx context.Context) error {
	c.peer = wire.Peer{
		Addr: c.raw.RemoteAddr().String(), Operator: c.door.Operator, Server: c.s.cfg.Server,
	}
	switch {
	case c.dialect == nil:
		return c.identify(ctx)
	case c.door.TLS == nil:
		return nil
	}
	return c.secure(ctx)
}

// secure puts TLS over the connection.
func (c *conn) secure(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, chatnet.HelloLimit)
	defer cancel()
	t := tls.Server(c.nc, c.door.TLS)
	if err := t.HandshakeContext(ctx); err != nil {
		return err
	}
	c.nc, c.peer.Secure = t, true
	state := t.ConnectionState()
	c.protocol = state.NegotiatedProtocol
	if certs := state.PeerCertificates; len(certs) > 0 {
		if fp := identity.Fingerprint(certs[0]); fp != "" {
			c.peer.User = identity.UserOf(fp)
		}
	}
	return nil
}

// converse runs the conversation and returns why it ended. A panic in it ends
// this connection alone.
func (c *conn) converse(ctx context.Context) (why error) {
	c.mind()
	r := newReader(c.nc, c.pace.m.Read)
	go r.run()
	defer func() {
		if v := recover(); v != nil {
			c.log.Error("a session failed", "err", harmless(v), "stack", string(debug.Stack()))
			why = errEnded
		}
		if c.session != nil {
			c.session.Close() // the others are told at once, whatever the peer still reads
		}
		c.close(ctx, r, why)
	}()
	c.open()
	if !c.welcome() {
		return c.bye(chatnet.E(chatnet.CodeForbidden,
			"this door is not encrypted and takes only peers from its own network; use the tchat door"))
	}
	if err := c.apply(ctx, c.conv.Start()); err != nil {
		return err
	}
	return c.loop(ctx, r)
}

// mind takes on the manners of the dialect.
func (c *conn) mind() {
	if d, ok := c.dialect.(wire.Mannered); ok {
		c.pace.m = d.Manners()
	}
	if tcp, ok := c.raw.Conn.(*net.TCPConn); ok && c.pace.m.Abort {
		_ = tcp.SetLinger(0) // a peer that is gone already is noticed by the reader
	}
}

// open begins the dialect's conversation.
func (c *conn) open() {
	c.heard = time.Now()
	c.conv = c.dialect.Open(c.peer)
	c.shared, _ = c.dialect.(wire.Shared)
	c.talker, _ = c.conv.(wire.Talker)
	c.prober, _ = c.conv.(wire.Prober)
	c.pings = c.conv.Ping() != nil
}

// loop serves whatever comes first until the connection is over.
func (c *conn) loop(ctx context.Context, r *reader) error {
	c.clock = time.NewTimer(time.Until(c.due()))
	defer c.clock.Stop()
	waits := false // the reader, for having its buffer back
	for {
		var err error
		var ready <-chan struct{}
		var closing <-chan struct{} = c.s.closing
		if c.session != nil {
			ready, closing = c.session.Ready(), nil // the hub says goodbye
		}
		select {
		case in := <-r.in:
			waits = in.err == nil
			err = c.feed(ctx, in)
		case <-ready:
			err = c.deliver(ctx)
		case now := <-c.clock.C:
			err = c.tick(ctx, now)
		case <-c.probes:
			err = c.say(c.prober.Probe())
		case <-closing:
			err = c.bye(chatnet.E(chatnet.CodeShutdown, "the server is shutting down"))
		case <-ctx.Done():
			err = errClosed
		}
		if err == nil && c.talker != nil {
			c.clock.Reset(time.Until(c.due()))
			err = c.paid()
		}
		if err != nil {
			return err
		}
		if waits && !c.hold && c.budget.open(time.Now()) {
			r.next <- struct{}{}
			waits = false
		}
	}
}

// feed gives the conversation what was read.
func (c *conn) feed(ctx context.Context, in chunk) error {
	if len(in.p) > 0 {
		if c.talker != nil {
			c.budget.spend(len(in.p), time.Now())
		}
		c.heard, c.lateAt = time.Now(), time.Time{}
		if c.asked {
			c.asked = false
			c.clock.Reset(time.Until(c.due()))
		}
		if err := c.apply(ctx, c.conv.Feed(in.p)); err != nil {
			return err
		}
	}
	switch {
	case in.err == nil:
		return nil
	case c.talker != nil && errors.Is(in.err, io.EOF):
		return c.halfClosed(ctx)
	}
	return errGone
}

// tick looks at the clock: a hello that does not come, a peer that is silent, a
// write that may go out now.
func (c *conn) tick(ctx context.Context, now time.Time) error {
	silent := now.Sub(c.heard)
	switch {
	case c.session == nil && now.Sub(c.began) >= c.helloLimit():
		return c.bye(chatnet.E(chatnet.CodeProtocol, "no hello came within "+c.helloLimit().String()))
	case c.session != nil && c.pings && silent >= chatnet.DeadAfter:
		c.torn = true // nobody would read a goodbye
		return errSilent
	case c.session != nil && c.pings && silent >= chatnet.PingAfter && !c.asked:
		c.asked = true
		if err := c.write(c.conv.Ping()); err != nil {
			return c.failed(err)
		}
	}
	if !c.lateAt.IsZero() && !now.Before(c.lateAt) {
		if err := c.late(ctx); err != nil {
			return err
		}
	}
	c.clock.Reset(c.due().Sub(now))
	return c.flush()
}

// due returns when the clock has to be looked at next.
func (c *conn) due() time.Time {
	var at time.Time
	switch {
	case c.session == nil:
		at = c.began.Add(c.helloLimit())
	case !c.pings:
		at = c.heard.Add(time.Hour)
	case c.asked:
		at = c.heard.Add(chatnet.DeadAfter)
	default:
		at = c.heard.Add(chatnet.PingAfter)
	}
	return c.sooner(at)
}

// sooner is due for what only talkers have.
func (c *conn) sooner(at time.Time) time.Time {
	if c.talker == nil {
		return at
	}
	if !c.pace.empty() && c.pace.next.Before(at) {
		at = c.pace.next
	}
	for _, t := range []time.Time{c.lateAt, c.goneAt, c.budget.shut} {
		if !t.IsZero() && t.Before(at) {
			at = t
		}
	}
	return at
}

// harmless tells of a panic without repeating what a peer may have said.
func harmless(v any) string {
	if e, ok := v.(runtime.Error); ok {
		return e.Error()
	}
	return "a panic"
}
