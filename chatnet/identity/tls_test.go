package identity_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// shake runs a handshake in memory and returns what each end saw.
func shake(t *testing.T, server, client *tls.Config) (atServer, atClient tls.ConnectionState, serverErr, clientErr error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	a, b := net.Pipe()
	s, c := tls.Server(a, server), tls.Client(b, client)
	var wg sync.WaitGroup
	t.Cleanup(func() { a.Close(); b.Close(); wg.Wait() })
	done := make(chan error, 1)
	wg.Go(func() {
		err := s.HandshakeContext(ctx)
		if err != nil {
			a.Close() // the other end waits for bytes
		}
		done <- err
	})
	if clientErr = c.HandshakeContext(ctx); clientErr != nil {
		b.Close()
	}
	wg.Go(func() { _, _ = io.Copy(io.Discard, c) }) // takes the server's last word, which may be an alert
	serverErr = <-done
	if errors.Is(serverErr, context.DeadlineExceeded) || errors.Is(clientErr, context.DeadlineExceeded) {
		t.Fatalf("the handshake hung: server %v, client %v", serverErr, clientErr)
	}
	return s.ConnectionState(), c.ConnectionState(), serverErr, clientErr
}

func TestHandshakeProvesBothKeys(t *testing.T) {
	host, guest := mustKey(t), mustKey(t)
	atServer, atClient, serverErr, clientErr := shake(t, identity.ServerTLS(host), identity.ClientTLS(guest))
	if serverErr != nil || clientErr != nil {
		t.Fatalf("server %v, client %v", serverErr, clientErr)
	}
	if got := identity.Fingerprint(atClient.PeerCertificates[0]); got != host.Fingerprint() {
		t.Errorf("the client saw %q, the server is %q", got, host.Fingerprint())
	}
	if got := identity.Fingerprint(atServer.PeerCertificates[0]); got != guest.Fingerprint() {
		t.Errorf("the server saw %q, the client is %q", got, guest.Fingerprint())
	}
	if atClient.Version != tls.VersionTLS13 || atClient.NegotiatedProtocol != identity.Protocol || atServer.NegotiatedProtocol != identity.Protocol {
		t.Errorf("version %x, protocols %q and %q", atClient.Version, atClient.NegotiatedProtocol, atServer.NegotiatedProtocol)
	}
}

func TestHandshakeWithoutAKey(t *testing.T) {
	atServer, _, serverErr, clientErr := shake(t, identity.ServerTLS(mustKey(t)), identity.ClientTLS(identity.Key{}))
	if serverErr != nil || clientErr != nil {
		t.Fatalf("server %v, client %v", serverErr, clientErr)
	}
	if n := len(atServer.PeerCertificates); n != 0 {
		t.Errorf("a guest showed %d certificates", n)
	}
}

func TestHandshakeAllowsNoOldTLS(t *testing.T) {
	old := identity.ClientTLS(identity.Key{})
	old.MinVersion, old.MaxVersion = tls.VersionTLS12, tls.VersionTLS12
	if _, _, serverErr, clientErr := shake(t, identity.ServerTLS(mustKey(t)), old); serverErr == nil || clientErr == nil {
		t.Errorf("TLS 1.2 was spoken: server %v, client %v", serverErr, clientErr)
	}
}

// A client that shows another's certificate without its key is turned away.
func TestHandshakeRefusesABorrowedCertificate(t *testing.T) {
	victim, thief := mustKey(t), mustKey(t)
	forged := victim.Certificate()
	forged.PrivateKey = thief.Certificate().PrivateKey
	conf := identity.ClientTLS(identity.Key{})
	conf.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &forged, nil }
	if _, _, serverErr, _ := shake(t, identity.ServerTLS(mustKey(t)), conf); serverErr == nil {
		t.Error("the server took a certificate for a key that was not proven")
	}
}

func TestClientNoticesOtherServers(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	web := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}
	tests := []struct {
		name   string
		server *tls.Config
	}{
		{"no ed25519 key", &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{web}, NextProtos: []string{identity.Protocol}}},
		{"no protocol", &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{mustKey(t).Certificate()}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, _, clientErr := shake(t, tt.server, identity.ClientTLS(mustKey(t)))
			if code := chatnet.CodeOf(clientErr); code != chatnet.CodeNotTchat {
				t.Errorf("the client says %v (%s)", clientErr, code)
			}
		})
	}
}
