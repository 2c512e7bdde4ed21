package client

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// dialLimit bounds the making of a connection, and again its handshake.
const dialLimit = 10 * time.Second

// dialled is what came of dialling.
type dialled struct {
	raw         net.Conn // the connection itself
	nc          net.Conn // what to speak through: raw, or TLS over it
	secure      bool
	fingerprint string
	err         error // untrusted, or a chatnet.Error
}

// connect makes a connection to the right server. Nothing of ours, the key
// included, is sent to a server that is not trusted: the check is inside the
// handshake, before the client's part of it.
func (c *Client) connect(ctx context.Context, said string) dialled {
	a := c.cfg.Address
	dialing, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	raw, err := c.cfg.Dial(dialing)
	if err != nil {
		return dialled{err: unreachable(a, err)}
	}
	if a.Scheme == identity.SchemeInsecure {
		return dialled{raw: raw, nc: raw}
	}
	d := dialled{raw: raw, secure: true}
	var refused error
	config := identity.ClientTLS(c.cfg.Key)
	check := config.VerifyConnection
	config.VerifyConnection = func(state tls.ConnectionState) error {
		if err := check(state); err != nil {
			return err
		}
		d.fingerprint = identity.Fingerprint(state.PeerCertificates[0])
		refused = trust(a, c.cfg.Known, said, d.fingerprint, c.cfg.Log)
		return refused
	}
	speaking, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	tc := tls.Client(raw, config)
	if err := tc.HandshakeContext(speaking); err != nil {
		_ = raw.Close() // it is given up already
		if refused != nil {
			return dialled{err: refused}
		}
		return dialled{err: handshakeFault(a, err)}
	}
	d.nc = tc
	return d
}

// hello returns how the session on a new connection begins.
func (e *engine) hello(secure bool) (chatnet.Hello, error) {
	c := e.c
	h := chatnet.Hello{Client: c.cfg.Program, Dev: c.out.dev(), Cursors: c.cache.cursors()}
	if !e.welcomed {
		h.Room = c.cfg.Room // later it would undo a part
	}
	c.mu.Lock()
	h.Nick = c.nick
	c.mu.Unlock()
	if secure && !c.cfg.Key.IsZero() {
		return h, nil
	}
	var err error
	h.Token, err = c.dir.token()
	return h, err
}
