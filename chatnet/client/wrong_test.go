package client_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// listen serves real connections on this machine until the test ends.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var work sync.WaitGroup
	work.Go(func() {
		for {
			nc, err := l.Accept()
			if err != nil {
				return
			}
			work.Go(func() {
				defer func() { _ = nc.Close() }()
				_ = nc.SetDeadline(time.Now().Add(10 * time.Second))
				serve(nc)
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		work.Wait()
	})
	return l.Addr().String()
}

// say writes a greeting and waits until the peer is gone.
func say(text string) func(net.Conn) {
	return func(nc net.Conn) {
		_, _ = nc.Write([]byte(text))
		_, _ = bufio.NewReader(nc).WriteTo(new(strings.Builder))
	}
}

// unencrypted is a tchat server without TLS.
func unencrypted(nc net.Conn) {
	talk, buf := native.New().Open(wire.Peer{}), make([]byte, 4096)
	for {
		n, err := nc.Read(buf)
		if err != nil {
			return
		}
		step := talk.Feed(buf[:n])
		_, _ = nc.Write(step.Out)
		if step.End {
			return
		}
	}
}

func TestWrongServersGetAClearSentence(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	defer web.Close()
	secureWeb := httptest.NewTLSServer(http.NotFoundHandler())
	defer secureWeb.Close()
	server := identity.ServerTLS(makeKey(t))
	secure := listen(t, func(nc net.Conn) { unencrypted(tls.Server(nc, server)) })
	closed := listen(t, func(net.Conn) {})
	for _, test := range []struct {
		name, address string
		code          chatnet.Code
		text          string
	}{
		{"TLS to the web", "tchat://" + strings.TrimPrefix(web.URL, "http://"), chatnet.CodeNotTchat, "it speaks HTTP"},
		{"clear to the web", "tchat+insecure://" + strings.TrimPrefix(web.URL, "http://"), chatnet.CodeNotTchat, "it speaks HTTP"},
		{"TLS to the TLS web", "tchat://" + strings.TrimPrefix(secureWeb.URL, "https://"), chatnet.CodeNotTchat, "it speaks TLS, but"},
		{"TLS to clear", "tchat://" + listen(t, unencrypted), chatnet.CodeNotTchat, "try tchat+insecure://"},
		{"clear to TLS", "tchat+insecure://" + secure, chatnet.CodeNotTchat, "try tchat://"},
		{"TLS to ssh", "tchat://" + listen(t, say("SSH-2.0-x\r\n")), chatnet.CodeNotTchat, "it speaks SSH"},
		{"clear to ssh", "tchat+insecure://" + listen(t, say("SSH-2.0-x\r\n")), chatnet.CodeNotTchat, "it speaks SSH"},
		{"clear to garbage", "tchat+insecure://" + listen(t, say("Nickname:\n")), chatnet.CodeNotTchat, "something else"},
		{"TLS to one that hangs up", "tchat://" + closed, chatnet.CodeUnreachable, "hangs up"},
		{"clear to one that hangs up", "tchat+insecure://" + closed, chatnet.CodeNotTchat, "hangs up"},
		{"nobody", "tchat://127.0.0.1:1", chatnet.CodeUnreachable, "nothing listens at 127.0.0.1:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg := client.Config{Address: address(t, test.address), Dir: t.TempDir(), Nick: chatnet.MustNick("ada")}
			got := firstFailure(t, open(t, cfg))
			if got.State != chatnet.LinkWaiting || code(got.Err) != test.code || !strings.Contains(got.Err.Text, test.text) {
				t.Errorf("got %s %s %q", got.State, code(got.Err), got.Err.Text)
			}
			if !strings.Contains(got.Err.Text, cfg.Address.HostPort()) {
				t.Errorf("%q does not say where", got.Err.Text)
			}
		})
	}
}

// firstFailure runs a client until its link has a reason not to be up.
func firstFailure(t *testing.T, c *client.Client) (failed chatnet.LinkChanged) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	for u := range c.Updates() {
		if l, ok := u.(chatnet.LinkChanged); ok && l.Err != nil && failed.Err == nil {
			failed = l
			cancel()
		}
	}
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Run: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if failed.Err == nil {
		t.Fatal("the link never failed")
	}
	return failed
}

func TestSilentServersAreGivenUp(t *testing.T) {
	for _, scheme := range []string{"tchat", "tchat+insecure"} {
		t.Run(scheme, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				f.mute = true
				cfg := config(t, f)
				cfg.Address = address(t, scheme+"://chat.example")
				p := start(t, cfg)
				defer p.end()
				pass(9 * time.Second)
				if got := p.link(); got.State != chatnet.LinkDialling {
					t.Errorf("after 9 s: %+v", got)
				}
				pass(6 * time.Second)
				if got := p.link(); code(got.Err) != chatnet.CodeNotTchat && got.State != chatnet.LinkDialling {
					t.Errorf("after 15 s: %+v", got)
				}
				links := of[chatnet.LinkChanged](p.updates())
				if code(links[1].Err) != chatnet.CodeNotTchat || !strings.Contains(links[1].Err.Text, "chat.example:24280") {
					t.Errorf("the first failure is %+v", links[1])
				}
			})
		})
	}
}

func TestUnreachableSaysWhy(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{&net.DNSError{Err: "no such host", Name: "chat.example", IsNotFound: true}, "there is no host called chat.example"},
		{&net.DNSError{Err: "server misbehaving", Name: "chat.example"}, "the host chat.example cannot be looked up just now"},
		{context.DeadlineExceeded, "chat.example:24280 does not answer"},
		{errors.New("odd"), "cannot connect to chat.example:24280"},
	} {
		t.Run(test.want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.down = test.err
				p := start(t, config(t, f))
				defer p.end()
				if got := p.link(); got.Err.Text != test.want || !errors.Is(got.Err, test.err) {
					t.Errorf("got %q", got.Err.Text)
				}
			})
		})
	}
}
