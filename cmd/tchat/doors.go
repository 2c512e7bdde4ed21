package main

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"tchat/chatnet/identity"
)

// doorSpec is one --listen: how is spoken, and where.
type doorSpec struct {
	scheme string
	host   string // empty for every address of the machine
	port   string // "0" lets the system choose
}

// address returns what net.Listen takes.
func (d doorSpec) address() string { return net.JoinHostPort(d.host, d.port) }

// String returns the door as --listen has it.
func (d doorSpec) String() string { return d.scheme + "://" + d.address() }

// laterDoors are the schemes that the design names and this build does not
// have; they get an error of their own.
func laterDoors() []string {
	return []string{"irc", "ircs", "ssh"}
}

// classic are the doors of --classic: those of the old Python clients, at the
// ports that they dial.
func classic() []string { return []string{"nick", "prompt", "room"} }

// parseDoors reads all --listen values, or returns the one default door, and
// adds those of --classic.
func parseDoors(s *settings) ([]doorSpec, error) {
	doors, err := listenDoors(s)
	if err != nil || !s.Classic {
		return doors, err
	}
	for _, scheme := range classic() {
		d, err := parseDoor(scheme + "://")
		if err != nil {
			return nil, err
		}
		if !slices.Contains(doors, d) {
			doors = append(doors, d)
		}
	}
	return doors, nil
}

// listenDoors reads all --listen values, or returns the one default door.
func listenDoors(s *settings) ([]doorSpec, error) {
	if len(s.Listen) == 0 {
		return []doorSpec{{scheme: schemeAuto, port: identity.DefaultPort}}, nil
	}
	doors := make([]doorSpec, 0, len(s.Listen))
	for _, text := range s.Listen {
		d, err := parseDoor(text)
		if err != nil {
			return nil, usagef("%s: %w", s.said("listen"), err)
		}
		doors = append(doors, d)
	}
	return doors, nil
}

// parseDoor reads SCHEME://HOST:PORT; host and port may be left out.
func parseDoor(text string) (doorSpec, error) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return doorSpec{}, usagef("%q is no door; write SCHEME://HOST:PORT, as in auto://:24280", text)
	}
	if err := knownScheme(scheme); err != nil {
		return doorSpec{}, err
	}
	kind := kindOf(scheme) // knownScheme knows it
	d := doorSpec{scheme: scheme, host: rest, port: kind.port}
	if host, port, err := net.SplitHostPort(rest); err == nil {
		d.host, d.port = host, port
	} else if strings.HasSuffix(rest, "]") && strings.HasPrefix(rest, "[") {
		d.host = rest[1 : len(rest)-1]
	} else if strings.Contains(rest, ":") {
		return doorSpec{}, usagef("%q: an IPv6 address stands in brackets, as in %s://[::1]:24280", text, scheme)
	}
	if n, err := strconv.ParseUint(d.port, 10, 16); err != nil || strconv.FormatUint(n, 10) != d.port {
		return doorSpec{}, usagef("%q: a port is a number from 0 to 65535", text)
	}
	if strings.ContainsAny(d.host, "/#?@ ") {
		return doorSpec{}, usagef("%q: a door is SCHEME://HOST:PORT and nothing behind it", text)
	}
	return d, nil
}

// knownScheme fails for a scheme that no dialect of this build has.
func knownScheme(scheme string) error {
	var have []string
	for _, d := range dialects() {
		have = append(have, d.scheme)
	}
	switch {
	case slices.Contains(have, scheme):
		return nil
	case slices.Contains(laterDoors(), scheme):
		return usagef("this build has no %s door yet; it has %s", scheme, strings.Join(have, ", "))
	}
	if near := nearest(scheme, have); near != "" {
		return usagef("there is no door %q; did you mean %s?", scheme, near)
	}
	return usagef("there is no door %q; this build has %s", scheme, strings.Join(have, ", "))
}
