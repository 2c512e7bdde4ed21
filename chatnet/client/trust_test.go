package client_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

func makeKey(t *testing.T) identity.Key {
	t.Helper()
	k, err := identity.MakeKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTrust(t *testing.T) {
	server, other, own := makeKey(t), makeKey(t), makeKey(t)
	const host = "chat.example:24280"
	for _, test := range []struct {
		name    string
		address string
		known   string // before
		say     string // to Trust, after the first state
		want    chatnet.LinkState
		expect  string // LinkChanged.Known
		then    chatnet.LinkState
		after   string // known afterwards
	}{
		{"unknown", "tchat://chat.example", "", "", chatnet.LinkUntrusted, "", chatnet.LinkUntrusted, ""},
		{"unknown, then trusted", "tchat://chat.example", "", server.Fingerprint(), chatnet.LinkUntrusted, "", chatnet.LinkUp, server.Fingerprint()},
		{"unknown, another trusted", "tchat://chat.example", "", other.Fingerprint(), chatnet.LinkUntrusted, "", chatnet.LinkUntrusted, ""},
		{"known", "tchat://chat.example", server.Fingerprint(), "", chatnet.LinkUp, "", chatnet.LinkUp, server.Fingerprint()},
		{"changed", "tchat://chat.example", other.Fingerprint(), "", chatnet.LinkUntrusted, other.Fingerprint(), chatnet.LinkUntrusted, other.Fingerprint()},
		{"changed, then trusted", "tchat://chat.example", other.Fingerprint(), server.Fingerprint(), chatnet.LinkUntrusted, other.Fingerprint(), chatnet.LinkUp, server.Fingerprint()},
		{"invite", "tchat://chat.example#" + server.Fingerprint(), other.Fingerprint(), "", chatnet.LinkUp, "", chatnet.LinkUp, server.Fingerprint()},
		{"wrong invite", "tchat://chat.example#" + other.Fingerprint(), server.Fingerprint(), server.Fingerprint(), chatnet.LinkRefused, other.Fingerprint(), chatnet.LinkRefused, server.Fingerprint()},
		{"loopback", "tchat://127.0.0.1", "", "", chatnet.LinkUp, "", chatnet.LinkUp, server.Fingerprint()},
		{"loopback, changed", "tchat://localhost", other.Fingerprint(), "", chatnet.LinkUp, "", chatnet.LinkUp, server.Fingerprint()},
		{"loopback, wrong invite", "tchat://[::1]#" + other.Fingerprint(), "", "", chatnet.LinkRefused, other.Fingerprint(), chatnet.LinkRefused, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				f.tls = identity.ServerTLS(server)
				cfg := config(t, f)
				cfg.Address = address(t, test.address)
				cfg.Key = own
				cfg.Known = identity.OpenKnown(filepath.Join(t.TempDir(), "known"))
				if test.known != "" {
					for _, at := range []string{host, cfg.Address.HostPort()} {
						if err := cfg.Known.Remember(at, test.known); err != nil {
							t.Fatal(err)
						}
					}
				}
				p := start(t, cfg)
				defer p.end()
				got := p.link()
				if got.State != test.want || got.Known != test.expect || got.Fingerprint != server.Fingerprint() || !got.Secure {
					t.Errorf("first %+v", got)
				}
				if (got.State != chatnet.LinkUp) != (code(got.Err) == chatnet.CodeUntrusted) {
					t.Errorf("the reason is %v", got.Err)
				}
				if got.State != chatnet.LinkUp && len(f.seen().hellos) > 0 {
					t.Error("something was sent to a server that is not trusted")
				}
				if test.say != "" {
					p.c.Trust(test.say)
					p.c.Redial()
				}
				if got := p.link(); got.State != test.then {
					t.Errorf("then %+v", got)
				}
				if got, err := cfg.Known.Lookup(cfg.Address.HostPort()); err != nil || got != test.after {
					t.Errorf("afterwards %q is known (%v), want %q", got, err, test.after)
				}
				for _, h := range f.seen().hellos {
					if h.Token != "" {
						t.Error("a client with a key needs no token")
					}
				}
			})
		})
	}
}

func TestTrustAloneDialsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := makeKey(t)
		f := newFake()
		defer f.close()
		f.tls = identity.ServerTLS(server)
		cfg := config(t, f)
		cfg.Address = address(t, "tchat://chat.example")
		p := start(t, cfg) // without a list of known servers, and as a guest
		defer p.end()
		p.c.Trust(p.link().Fingerprint)
		if got := p.link(); got.State != chatnet.LinkUp {
			t.Errorf("after Trust: %+v", got)
		}
		if hellos := f.seen().hellos; len(hellos) != 1 || hellos[0].Token == "" {
			t.Errorf("the guest's hellos: %+v", hellos)
		}
	})
}

func TestADamagedListOfKnownServersIsNotAnEmptyOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.tls = identity.ServerTLS(makeKey(t))
		cfg := config(t, f)
		cfg.Address = address(t, "tchat://chat.example")
		path := filepath.Join(t.TempDir(), "known")
		if err := os.WriteFile(path, []byte("nonsense\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg.Known = identity.OpenKnown(path)
		p := start(t, cfg)
		defer p.end()
		if got := p.link(); got.State != chatnet.LinkWaiting || code(got.Err) != chatnet.CodeStorage {
			t.Errorf("got %+v", got)
		}
	})
}
