package server_test

import (
	"context"
	"crypto/tls"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/identity"
	"tchat/chatnet/server"
	"tchat/chatnet/wire"
)

// whoAmI is a dialect that tells a peer what the server knows of it.
type whoAmI struct{}

func (whoAmI) Name() string { return "who" }
func (whoAmI) Open(p wire.Peer) wire.Conversation {
	secure := "in clear"
	if p.Secure {
		secure = "secure"
	}
	return talk{start: func() wire.Step {
		return wire.Step{Out: []byte(string(p.User) + " " + secure), End: true}
	}}
}

func key(t *testing.T) identity.Key {
	t.Helper()
	k, err := identity.LoadOrMakeKey(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTLSProvesTheUser(t *testing.T) {
	mine, its := key(t), key(t)
	tests := []struct {
		name string
		key  identity.Key
		want string
	}{
		{"a key", mine, string(identity.UserOf(mine.Fingerprint())) + " secure"},
		{"no key", identity.Key{}, " secure"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := open(t, server.Config{}, server.Door{Scheme: "tchat", Dialect: whoAmI{}, TLS: identity.ServerTLS(its)})
			defer h.end(t)
			var lc net.ListenConfig
			l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			over := make(chan error)
			go func() {
				over <- h.Serve(context.WithoutCancel(t.Context()), l,
					server.Door{Scheme: "tchat", Dialect: whoAmI{}, TLS: identity.ServerTLS(its)})
			}()
			d := tls.Dialer{Config: identity.ClientTLS(tt.key)}
			c, err := d.DialContext(t.Context(), "tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, c); got != tt.want {
				t.Errorf("the server knows %q, want %q", got, tt.want)
			}
			_ = l.Close()
			if err := <-over; err != nil {
				t.Errorf("Serve: %v", err)
			}
		})
	}
}

func TestTLSOverAPipe(t *testing.T) {
	mine, its := key(t), key(t)
	h := open(t, server.Config{}, server.Door{Scheme: "tchat", Dialect: whoAmI{}, TLS: identity.ServerTLS(its)})
	defer h.end(t)
	c := tls.Client(h.door.dial(t), identity.ClientTLS(mine))
	if got := readAll(t, c); got != string(identity.UserOf(mine.Fingerprint()))+" secure" {
		t.Errorf("the server knows %q", got)
	}
}

func TestSilentHandshakeIsCut(t *testing.T) {
	its := key(t)
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, server.Door{Scheme: "tchat", Dialect: whoAmI{}, TLS: identity.ServerTLS(its)})
		defer h.end(t)
		began := time.Now()
		_ = readAll(t, h.door.dial(t))
		if took := time.Since(began); took != chatnet.HelloLimit {
			t.Errorf("cut after %v, want %v", took, chatnet.HelloLimit)
		}
		synctest.Wait()
		if log := h.log.String(); !strings.Contains(log, "a handshake failed") {
			t.Errorf("the log does not tell:\n%s", log)
		}
	})
}
