package identity

import (
	"crypto/tls"

	"tchat/chatnet"
)

// Protocol is the ALPN name of tchat's own dialect over TLS.
const Protocol = "tchat/1"

// ServerTLS returns the server's side: TLS 1.3 only, the key k, and the
// client's key asked for but not demanded. After the handshake the peer's key
// is proven, and Fingerprint of the first peer certificate names the user.
func ServerTLS(k Key) *tls.Config {
	return &tls.Config{
		MinVersion:             tls.VersionTLS13,
		Certificates:           []tls.Certificate{k.certificate},
		ClientAuth:             tls.RequestClientCert,
		NextProtos:             []string{Protocol},
		SessionTicketsDisabled: true, // every connection proves its key anew
	}
}

// ClientTLS returns the client's side: TLS 1.3 only, and the key k shown to a
// server that asks; the zero Key shows none. A peer that does not speak
// Protocol or has no ed25519 key fails the handshake with CodeNotTchat.
// Whether the peer's fingerprint is the right one is for the caller to check
// when the handshake is done and before it writes anything.
func ClientTLS(k Key) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true, // no authority knows these keys; the fingerprint is checked instead
		NextProtos:         []string{Protocol},
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			cert := k.certificate // no certificate, for the zero Key
			return &cert, nil
		},
		VerifyConnection: func(state tls.ConnectionState) error {
			if state.NegotiatedProtocol != Protocol || len(state.PeerCertificates) == 0 || Fingerprint(state.PeerCertificates[0]) == "" {
				return chatnet.E(chatnet.CodeNotTchat, "something answers there with TLS, but it is no tchat server")
			}
			return nil
		},
	}
}
