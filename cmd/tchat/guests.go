package main

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"tchat/chatnet/identity"
)

// maxGuestLines is how many lines are offered; more would hide the right one.
const maxGuestLines = 6

// guestLines returns the commands that guests can type, for the doors as they
// are open and the machine's addresses. The widest way in comes first.
func guestLines(doors []openDoor, fingerprint string, machine []net.Addr) []string {
	var lines []string
	for _, d := range doors {
		for _, host := range guestHosts(d.host(), machine) {
			lines = append(lines, d.guestLine(host, fingerprint)...)
		}
	}
	return lines[:min(len(lines), maxGuestLines*len(doors))]
}

// guestLine returns what guests type for a door, as it is reached at a host:
// tchat where it is tchat's own door, nc where a question waits. The old
// Python clients have their addresses in them.
func (d openDoor) guestLine(host, fingerprint string) []string {
	a := identity.Address{Scheme: d.spec.scheme, Host: host, Port: d.port()}
	if d.kind.secure {
		a.Scheme, a.Fingerprint = identity.SchemeTLS, fingerprint
	}
	switch d.spec.scheme {
	case identity.SchemeTLS, identity.SchemeInsecure:
		return []string{"tchat " + guestAddress(a)}
	case schemeAuto:
		return []string{"tchat " + guestAddress(a), "nc " + host + " " + a.Port}
	case "prompt":
		return []string{"nc " + host + " " + a.Port}
	}
	return nil
}

// guestAddress returns what a guest types: an invite, but no more than the host
// where it is this machine, which asks nothing.
func guestAddress(a identity.Address) string {
	if a.Scheme != identity.SchemeTLS || !a.Loopback() {
		return a.String()
	}
	if a.Port == identity.DefaultPort {
		return a.Host
	}
	return a.HostPort()
}

// guestHosts returns the addresses under which a listener on host is reached:
// itself, or, when it listens everywhere, every address of the machine that
// others can use, and loopback last. IPv6 is left out where there is the kind
// that people can read to each other.
func guestHosts(host string, machine []net.Addr) []string {
	ip, err := netip.ParseAddr(host)
	if err == nil && !ip.IsUnspecified() {
		return []string{ip.Unmap().WithZone("").String()}
	}
	var hosts []netip.Addr
	for _, a := range machine {
		n, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		ip, ok := netip.AddrFromSlice(n.IP)
		if ip = ip.Unmap(); ok && !ip.IsLoopback() && !ip.IsLinkLocalUnicast() && !ip.IsMulticast() {
			hosts = append(hosts, ip)
		}
	}
	if slices.ContainsFunc(hosts, netip.Addr.Is4) {
		hosts = slices.DeleteFunc(hosts, netip.Addr.Is6)
	}
	out := make([]string, 0, len(hosts)+1)
	for _, ip := range hosts[:min(len(hosts), maxGuestLines-1)] {
		out = append(out, ip.String())
	}
	return append(out, "127.0.0.1")
}

// openDoor is a door with its listener.
type openDoor struct {
	spec     doorSpec
	kind     dialect
	listener net.Listener
}

// host returns the address that is listened on.
func (d openDoor) host() string {
	host, _, _ := net.SplitHostPort(d.listener.Addr().String()) // a listener's own address has the form
	return strings.Trim(host, "[]")
}

// port returns the port that is listened on, also where the system chose it.
func (d openDoor) port() string {
	_, port, _ := net.SplitHostPort(d.listener.Addr().String()) // a listener's own address has the form
	return port
}
