package server

import (
	"container/list"
	"context"
	"crypto/tls"
	"errors"
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
	nc     net.Conn      // raw, or TLS over it
	place  *list.Element // among those without a hello; guarded by s.mu
	log    *slog.Logger  // tells the door and the peer's network
	peer   wire.Peer
	conv   wire.Conversation
	shared wire.Shared // nil when the dialect's events differ from peer to peer

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
	return &conn{s: s, door: d, raw: raw, nc: raw, began: time.Now()}
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
	if c.session != nil {
		c.session.Close()
	}
	c.log.Info("a connection ended", "why", why, "after", time.Since(c.began).Round(time.Millisecond))
}

// handshake makes the connection secure, if its door is, and learns who the
// peer is.
func (c *conn) handshake(ctx context.Context) error {
	c.peer = wire.Peer{
		Addr: c.raw.RemoteAddr().String(), Operator: c.door.Operator, Server: c.s.cfg.Server,
	}
	if c.door.TLS == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, chatnet.HelloLimit)
	defer cancel()
	t := tls.Server(c.raw, c.door.TLS)
	if err := t.HandshakeContext(ctx); err != nil {
		return err
	}
	c.nc, c.peer.Secure = t, true
	if certs := t.ConnectionState().PeerCertificates; len(certs) > 0 {
		if fp := identity.Fingerprint(certs[0]); fp != "" {
			c.peer.User = identity.UserOf(fp)
		}
	}
	return nil
}

// converse runs the conversation and returns why it ended. A panic in it ends
// this connection alone.
func (c *conn) converse(ctx context.Context) (why error) {
	r := newReader(c.nc)
	go r.run()
	defer func() {
		if v := recover(); v != nil {
			c.log.Error("a session failed", "err", harmless(v), "stack", string(debug.Stack()))
			why = errEnded
		}
		c.close(r, why)
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

// open begins the dialect's conversation.
func (c *conn) open() {
	c.heard = time.Now()
	c.conv = c.door.Dialect.Open(c.peer)
	c.shared, _ = c.door.Dialect.(wire.Shared)
	c.pings = c.conv.Ping() != nil
}

// loop serves whatever comes first until the connection is over.
func (c *conn) loop(ctx context.Context, r *reader) error {
	c.clock = time.NewTimer(time.Until(c.due()))
	defer c.clock.Stop()
	for {
		var err error
		var ready <-chan struct{}
		var closing <-chan struct{} = c.s.closing
		if c.session != nil {
			ready, closing = c.session.Ready(), nil // the hub says goodbye
		}
		select {
		case in := <-r.in:
			err = c.feed(ctx, in)
			if err == nil {
				r.next <- struct{}{}
			}
		case <-ready:
			err = c.deliver(ctx)
		case now := <-c.clock.C:
			err = c.tick(now)
		case <-closing:
			err = c.bye(chatnet.E(chatnet.CodeShutdown, "the server is shutting down"))
		case <-ctx.Done():
			err = errClosed
		}
		if err != nil {
			return err
		}
	}
}

// feed gives the conversation what was read.
func (c *conn) feed(ctx context.Context, in chunk) error {
	if len(in.p) > 0 {
		c.heard = time.Now()
		if c.asked {
			c.asked = false
			c.clock.Reset(time.Until(c.due()))
		}
		if err := c.apply(ctx, c.conv.Feed(in.p)); err != nil {
			return err
		}
	}
	if in.err != nil {
		return errGone
	}
	return nil
}

// apply does what a step asks for.
func (c *conn) apply(ctx context.Context, st wire.Step) error {
	// The step's slices are valid until the next call, so they go out first.
	if err := c.write(st.Out); err != nil {
		return c.failed(err)
	}
	if st.Hello != nil {
		if err := c.hello(ctx, *st.Hello); err != nil {
			return err
		}
	}
	for _, call := range st.Calls {
		if err := c.submit(call); err != nil {
			return err
		}
	}
	if st.End {
		return errEnded
	}
	return nil
}

// hello begins the session.
func (c *conn) hello(ctx context.Context, h chatnet.Hello) error {
	if c.session != nil {
		return c.bye(chatnet.E(chatnet.CodeProtocol, "there was a hello already"))
	}
	session, err := c.s.cfg.Hub.Enter(ctx, hub.Peer{
		User: c.peer.User, Operator: c.peer.Operator, Addr: c.peer.Addr, Door: c.door.Scheme,
	}, h)
	if err != nil {
		return c.bye(chatnet.AsError(err))
	}
	c.session = session
	c.s.greeted(c)
	return nil
}

// submit passes a call on; what the session does not take is answered here.
func (c *conn) submit(call chatnet.Call) error {
	err := error(chatnet.E(chatnet.CodeProtocol, "say hello first"))
	if c.session != nil {
		err = c.session.Submit(call)
	}
	if err == nil {
		return nil
	}
	reply := chatnet.Reply{ID: call.ID, Err: chatnet.AsError(err)}
	return c.failed(c.write(c.conv.Deliver(chatnet.Delivery{Replies: []chatnet.Reply{reply}})))
}

// tick looks at the clock: a hello that does not come, a peer that is silent.
func (c *conn) tick(now time.Time) error {
	silent := now.Sub(c.heard)
	switch {
	case c.session == nil && now.Sub(c.began) >= chatnet.HelloLimit:
		return c.bye(chatnet.E(chatnet.CodeProtocol, "no hello came within "+chatnet.HelloLimit.String()))
	case c.session != nil && c.pings && silent >= chatnet.DeadAfter:
		c.torn = true // nobody would read a goodbye
		return errSilent
	case c.session != nil && c.pings && silent >= chatnet.PingAfter && !c.asked:
		c.asked = true
		if err := c.write(c.conv.Ping()); err != nil {
			return c.failed(err)
		}
	}
	c.clock.Reset(c.due().Sub(now))
	return nil
}

// due returns when the clock has to be looked at next.
func (c *conn) due() time.Time {
	switch {
	case c.session == nil:
		return c.began.Add(chatnet.HelloLimit)
	case !c.pings:
		return c.heard.Add(time.Hour)
	case c.asked:
		return c.heard.Add(chatnet.DeadAfter)
	}
	return c.heard.Add(chatnet.PingAfter)
}

// harmless tells of a panic without repeating what a peer may have said.
func harmless(v any) string {
	if e, ok := v.(runtime.Error); ok {
		return e.Error()
	}
	return "a panic"
}
