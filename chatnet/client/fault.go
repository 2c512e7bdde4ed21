package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// unreachable says why there is no connection to a, in a sentence.
func unreachable(a identity.Address, err error) *chatnet.Error {
	at := a.HostPort()
	var dns *net.DNSError
	text := "cannot connect to " + at
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		text = "there is no host called " + a.Host
	case errors.As(err, &dns):
		text = "the host " + a.Host + " cannot be looked up just now"
	case errors.Is(err, syscall.ECONNREFUSED):
		text = "nothing listens at " + at + ": is the server running there?"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		text = at + " does not answer"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		text = "there is no way to " + at + " from this network"
	}
	return chatnet.E(chatnet.CodeUnreachable, text).Because(err)
}

// handshakeFault says why there is no TLS with a, in a sentence.
func handshakeFault(a identity.Address, err error) *chatnet.Error {
	var record tls.RecordHeaderError
	var op *net.OpError
	switch {
	case errors.As(err, &record):
		return notTchat(a, heard(a, record.RecordHeader[:], "it does not speak TLS")).Because(err)
	case chatnet.CodeOf(err) == chatnet.CodeNotTchat:
		return notTchat(a, "it speaks TLS, but not tchat").Because(err)
	case errors.As(err, &op) && op.Op == "remote error":
		return notTchat(a, "it speaks TLS, but refuses ours").Because(err)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return notTchat(a, "it does not answer in TLS").Because(err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return chatnet.E(chatnet.CodeUnreachable, a.HostPort()+" hangs up before it says a word").Because(err)
	}
	return notTchat(a, "the TLS handshake failed").Because(err)
}

// notTchat says that something else answers at a.
func notTchat(a identity.Address, why string) *chatnet.Error {
	return chatnet.E(chatnet.CodeNotTchat, "something answers at "+a.HostPort()+", but it is not a tchat server ("+why+")")
}

// heard guesses from its first bytes what answers at a.
func heard(a identity.Address, first []byte, other string) string {
	switch {
	case bytes.HasPrefix(first, []byte("HTTP")):
		return "it speaks HTTP"
	case bytes.HasPrefix(first, []byte("SSH-")):
		return "it speaks SSH"
	case bytes.HasPrefix(first, []byte{0x15, 3}), bytes.HasPrefix(first, []byte{0x16, 3}):
		return "it speaks TLS; try " + inScheme(a, identity.SchemeTLS)
	case bytes.HasPrefix(first, []byte(`{"bye`)):
		return "it speaks without TLS; try " + inScheme(a, identity.SchemeInsecure)
	}
	return other
}

// inScheme returns the address of a in another scheme.
func inScheme(a identity.Address, scheme string) string {
	return identity.Address{Scheme: scheme, Host: a.Host, Port: a.Port, Room: a.Room}.String()
}

// silent says what it means that a connection to a ended, or stayed, without a
// welcome. first is what was read of it.
func silent(a identity.Address, first []byte, ended bool) *chatnet.Error {
	switch {
	case len(first) > 0:
		return notTchat(a, heard(a, first, "what it says is something else"))
	case !ended:
		return notTchat(a, "it says nothing")
	case a.Scheme == identity.SchemeInsecure:
		return notTchat(a, "it hangs up without a word; if it speaks TLS, try "+inScheme(a, identity.SchemeTLS))
	}
	return chatnet.E(chatnet.CodeUnreachable, a.HostPort()+" hangs up before it says a word")
}

// lost says why an established link ended.
func lost(err error) *chatnet.Error {
	text := "the connection to the server broke"
	if errors.Is(err, io.EOF) || err == nil {
		text = "the server ended the connection"
	}
	return (&chatnet.Error{Code: chatnet.CodeUnreachable, Text: text, Retry: true}).Because(err)
}

// final reports whether dialling again cannot help before something is changed.
func final(err *chatnet.Error) bool {
	if err.Retry {
		return false
	}
	switch err.Code {
	case chatnet.CodeUnreachable, chatnet.CodeNotTchat, chatnet.CodeInternal, chatnet.CodeBadCursor:
		return false
	}
	return true
}
