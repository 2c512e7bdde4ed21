package server_test

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/identity"
	"tchat/chatnet/server"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
	"tchat/chatnet/wire/prompt"
	"tchat/chatnet/wire/room"
)

// autoDoor is a door that tells dialects apart.
func autoDoor(t *testing.T) server.Door {
	t.Helper()
	return server.Door{
		Scheme: "auto", TLS: identity.ServerTLS(key(t)),
		Auto: []wire.Dialect{native.New(), room.New()}, Silent: prompt.New(time.UTC),
	}
}

func autoHello() string {
	return string(native.AppendHello(nil, chatnet.Hello{Nick: chatnet.MustNick("ada"), Token: strings.Repeat("t", 30)}))
}

// autoCases are DOORS section 4: what comes first, and how the answer begins.
func autoCases() map[string]struct{ first, want string } {
	return map[string]struct{ first, want string }{
		"native":            {autoHello(), `{"`},
		"room":              {"zoe_dev/go", "200"},
		"silence":           {"", "This is tchat"},
		"http":              {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\n"},
		"http post":         {"POST /x HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n"},
		"irc":               {"CAP LS 302\r\nNICK ada\r\n", "ERROR :this is a tchat server; it has no IRC door"},
		"irc nick":          {"NICK ada\r\n", "ERROR :"},
		"irc user":          {"USER a 0 * :a\r\n", "ERROR :"},
		"irc pass":          {"PASS x\r\n", "ERROR :"},
		"ssh":               {"SSH-2.0-OpenSSH_9.9\r\n", "this is a tchat server"},
		"a line":            {"hello?\n", "this is a tchat server and does not know what you speak"},
		"bytes":             {"\x00\x01\x02", "this is a tchat server"},
		"only half a word":  {"CA", "this is a tchat server"},
		"two underscores":   {"a_b_c", "this is a tchat server"},
		"an IRC-like thing": {"NICKNAME\n", "this is a tchat server"},
	}
}

func TestAuto(t *testing.T) {
	for name, c := range autoCases() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := open(t, server.Config{}, autoDoor(t))
				defer h.end(t)
				conn := h.door.dial(t)
				began := time.Now()
				if _, err := conn.Write([]byte(c.first)); err != nil {
					t.Fatal(err)
				}
				got, took := firstRead(t, conn), time.Since(began)
				if !strings.HasPrefix(got, c.want) {
					t.Errorf("%q was answered %q, want %q", c.first, got, c.want)
				}
				late := name == "silence" || name == "only half a word"
				if late != (took == 500*time.Millisecond) || !late && took != 0 {
					t.Errorf("it took %v", took)
				}
				_ = conn.Close()
			})
		})
	}
}

// firstRead reads once.
func firstRead(t testing.TB, c net.Conn) string {
	t.Helper()
	buf := make([]byte, 8<<10)
	n, err := c.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	return string(buf[:n])
}

// TestAutoWaitsForAWord: a word that decides may come in pieces.
func TestAutoWaitsForAWord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, autoDoor(t))
		defer h.end(t)
		c := h.door.dial(t)
		for _, p := range []string{"N", "IC", "K", " ada\r\n"} {
			type1(t, c, p)
			time.Sleep(10 * time.Millisecond)
		}
		if got := readAll(t, c); !strings.HasPrefix(got, "ERROR :") {
			t.Errorf("%q", got)
		}
	})
}

// TestAutoInsideTLS looks again inside: tchat's own clients name their
// protocol, others are told apart as in clear.
func TestAutoInsideTLS(t *testing.T) {
	for _, c := range []struct {
		name, first, want string
		protocol          []string
	}{
		{"native", autoHello(), `{"`, nil},
		{"native, slow", "", `{"bye":"protocol"`, []string{identity.Protocol}},
		{"room", "zoe_dev/go", "200", nil},
		{"silence", "", "This is tchat. Your name: ", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := open(t, server.Config{}, autoDoor(t))
				defer h.end(t)
				conn := tls.Client(h.door.dial(t), &tls.Config{
					MinVersion: tls.VersionTLS13, InsecureSkipVerify: true, NextProtos: c.protocol, // nobody else is there
				})
				if _, err := conn.Write([]byte(c.first)); err != nil {
					t.Fatal(err)
				}
				if c.protocol != nil { // it asks its person first
					time.Sleep(5 * time.Second)
					if _, err := conn.Write([]byte("no hello\n")); err != nil {
						t.Fatal(err)
					}
				}
				if got := firstRead(t, conn); !strings.HasPrefix(got, c.want) {
					t.Errorf("%q was answered %q, want %q", c.first, got, c.want)
				}
				_ = conn.Close()
			})
		})
	}
}

// TestAutoInClearFromElsewhere: a peer from a public address is told why not,
// in its own dialect; inside of TLS it is welcome.
func TestAutoInClearFromElsewhere(t *testing.T) {
	for _, c := range []struct{ first, want string }{
		{autoHello(), `{"bye":"forbidden"`},
		{"", "* the connection ends: this door is not encrypted"},
		{"zoe_dev", "401"},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := open(t, server.Config{}, autoDoor(t))
			defer h.end(t)
			h.door.peer = &net.TCPAddr{IP: net.ParseIP("203.0.113.5"), Port: 5000}
			conn := h.door.dial(t)
			if _, err := conn.Write([]byte(c.first)); err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, conn); !strings.Contains(got, c.want) {
				t.Errorf("%q was answered %q, want %q", c.first, got, c.want)
			}
		})
	}
}

// TestAutoNamesTheDialect: the log says how somebody came in, not only by
// which port.
func TestAutoNamesTheDialect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, server.Config{}, autoDoor(t))
		c := h.door.dial(t)
		_ = firstRead(t, c)
		type1(t, c, "ada")
		h.end(t)
		_ = c.Close()
		if log := h.log.String(); !strings.Contains(log, "door=auto") || !strings.Contains(log, "dialect=prompt nick=ada") {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// TestEndsOfRealConnections: the old prompt client must see a reset, or it
// prints blank lines for ever; the room client an orderly end (DOORS C3).
func TestEndsOfRealConnections(t *testing.T) {
	for _, c := range []struct {
		d     wire.Dialect
		first string
		reset bool
	}{
		{prompt.New(time.UTC), "ada", true},
		{room.New(), "ada_lobby", false},
	} {
		t.Run(c.d.Name(), func(t *testing.T) {
			h := open(t, server.Config{}, nativeDoor())
			var lc net.ListenConfig
			l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			over := make(chan error)
			go func() { over <- h.Serve(t.Context(), l, server.Door{Scheme: c.d.Name(), Dialect: c.d}) }()
			var dial net.Dialer
			conn, err := dial.DialContext(t.Context(), "tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Write([]byte(c.first)); err != nil {
				t.Fatal(err)
			}
			var all strings.Builder
			buf := make([]byte, 1024)
			for !strings.Contains(all.String(), "you are ada") && all.String() != "200" {
				n, err := conn.Read(buf)
				if err != nil {
					t.Fatal(err)
				}
				all.Write(buf[:n])
			}
			h.end(t)
			if err := <-over; err != nil {
				t.Error(err)
			}
			for err == nil {
				_, err = conn.Read(buf)
			}
			if reset := errors.Is(err, syscall.ECONNRESET); reset != c.reset {
				t.Errorf("the connection ended with %v, want a reset: %v", err, c.reset)
			}
			_ = conn.Close()
		})
	}
}
