package identity

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"tchat/chatnet"
)

// DefaultPort is where a server listens when nothing else is said.
const DefaultPort = "24280"

// The schemes of an address.
const (
	SchemeTLS      = "tchat"          // encrypted; the usual way
	SchemeInsecure = "tchat+insecure" // clear text, where one asks for it
)

const example = "tchat://chat.example.org:24280/lobby"

// Address is where a server is, and with a fingerprint it is an invite: the
// server there must have that key.
type Address struct {
	Scheme      string // SchemeTLS or SchemeInsecure
	Host        string // a name in lower case or an IP address, without brackets
	Port        string // 1 to 65535
	Room        chatnet.RoomName
	Fingerprint string // of the server's key; empty when the address says nothing of it
}

// HostPort returns what a dialler takes; IPv6 in brackets.
func (a Address) HostPort() string { return net.JoinHostPort(a.Host, a.Port) }

// String returns the address as ParseAddress reads it, with everything in it but
// the default port.
func (a Address) String() string {
	s := a.Scheme + "://" + a.HostPort()
	if a.Port == DefaultPort {
		s = strings.TrimSuffix(s, ":"+a.Port)
	}
	if !a.Room.IsZero() {
		s += "/" + a.Room.String()
	}
	if a.Fingerprint != "" {
		s += "#" + a.Fingerprint
	}
	return s
}

// Loopback reports whether the address is this machine by its very name, so
// that nobody can stand in between.
func (a Address) Loopback() bool {
	if a.Host == "localhost" || strings.HasSuffix(a.Host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(a.Host)
	return err == nil && ip.Unmap().IsLoopback()
}

// ParseAddress reads an address as people write it: host, host:port, an IPv6
// address with or without brackets, each with or without tchat:// or
// tchat+insecure:// before and /room and #fingerprint behind. The error, of
// CodeBadRequest, says what is wrong and shows a right one.
func ParseAddress(s string) (Address, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Address{}, bad("there is no address")
	}
	if len(s) > 1024 {
		return Address{}, bad("an address has at most 1024 bytes")
	}
	a := Address{Scheme: SchemeTLS}
	rest := s
	if scheme, tail, ok := strings.Cut(s, "://"); ok {
		a.Scheme, rest = strings.ToLower(scheme), tail
	}
	if a.Scheme != SchemeTLS && a.Scheme != SchemeInsecure {
		return Address{}, bad("an address begins with tchat:// or tchat+insecure://, not with " + quote(a.Scheme+"://"))
	}
	rest, fingerprint, marked := strings.Cut(rest, "#")
	if err := a.setFingerprint(fingerprint, marked); err != nil {
		return Address{}, err
	}
	hostport, room, _ := strings.Cut(rest, "/")
	if err := a.setRoom(room); err != nil {
		return Address{}, err
	}
	if err := a.setHostPort(hostport); err != nil {
		return Address{}, err
	}
	return a, nil
}

func (a *Address) setFingerprint(s string, marked bool) error {
	if !marked {
		return nil
	}
	if a.Scheme == SchemeInsecure {
		return bad("a tchat+insecure address has no key to check; take the # and what follows away, or write tchat://")
	}
	s = strings.ToLower(s)
	if !isFingerprint(s) {
		return bad("a fingerprint, behind the #, has 32 characters of a-z and 2-7, not " + quote(s))
	}
	a.Fingerprint = s
	return nil
}

func (a *Address) setRoom(s string) error {
	if s == "" {
		return nil
	}
	plain, err := url.PathUnescape(s) // an invite may have come through a program that escapes
	if err != nil {
		return bad("the room " + quote(s) + " has a stray %")
	}
	room, err := chatnet.ParseRoomName(plain)
	if err != nil {
		return bad(chatnet.AsError(err).Text + ", not " + quote(plain))
	}
	a.Room = room
	return nil
}

func (a *Address) setHostPort(s string) error {
	if user, _, ok := strings.Cut(s, "@"); ok {
		return bad("an address has no user in it; give the nick " + quote(user) + " with --nick")
	}
	host, port, err := splitHostPort(s)
	if err != nil {
		return err
	}
	if host == "" {
		return bad("the host is missing in " + quote(s))
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || strconv.FormatUint(n, 10) != port {
		return bad("a port is a number from 1 to 65535, not " + quote(port))
	}
	if a.Host, err = parseHost(host); err != nil {
		return err
	}
	a.Port = port
	return nil
}

// splitHostPort finds the port, if there is one, and takes brackets off.
func splitHostPort(s string) (host, port string, err error) {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		host, tail, closed := strings.Cut(inner, "]")
		if !closed {
			return "", "", bad("the ] is missing in " + quote(s))
		}
		if _, err := netip.ParseAddr(host); err != nil || !strings.Contains(host, ":") {
			return "", "", bad("between [ and ] stands an IPv6 address, not " + quote(host))
		}
		if tail == "" {
			return host, DefaultPort, nil
		}
		port, ok := strings.CutPrefix(tail, ":")
		if !ok {
			return "", "", bad("behind the ] stands a colon and a port, not " + quote(tail))
		}
		return host, port, nil
	}
	if strings.Count(s, ":") > 1 {
		if _, err := netip.ParseAddr(s); err != nil {
			return "", "", bad(quote(s) + " is no IPv6 address; with a port it is written [::1]:24280")
		}
		return s, DefaultPort, nil
	}
	host, port, ok := strings.Cut(s, ":")
	if !ok {
		port = DefaultPort
	}
	return host, port, nil
}

// parseHost checks a host's name, or brings an IP address into its one form.
func parseHost(s string) (string, error) {
	if ip, err := netip.ParseAddr(s); err == nil {
		if zone := ip.Zone(); !hostRunes(zone, "-_.") {
			return "", bad("the zone " + quote(zone) + " of an IPv6 address has letters, digits and - _ .")
		}
		return ip.String(), nil
	}
	s = strings.ToLower(s)
	if len(s) > 253 || !hostRunes(s, "-_.") || strings.HasPrefix(s, ".") || strings.Contains(s, "..") {
		return "", bad("a host has at most 253 letters a-z, digits and - . between, not " + quote(s))
	}
	return s, nil
}

func hostRunes(s, others string) bool {
	for i := range len(s) {
		c := s[i]
		if ('a' > c || c > 'z') && ('A' > c || c > 'Z') && ('0' > c || c > '9') && strings.IndexByte(others, c) < 0 {
			return false
		}
	}
	return true
}

// quote shows what somebody wrote, harmless and short.
func quote(s string) string {
	if len(s) > 60 {
		s = s[:60] + "..."
	}
	return strconv.QuoteToASCII(s)
}

func bad(text string) *chatnet.Error {
	return chatnet.E(chatnet.CodeBadRequest, text+"; write for example "+example)
}
