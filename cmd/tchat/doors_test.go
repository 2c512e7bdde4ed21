package main

import (
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseDoor(t *testing.T) {
	tests := []struct {
		text string
		want doorSpec
	}{
		{"tchat://", doorSpec{"tchat", "", "24280"}},
		{"tchat://:7000", doorSpec{"tchat", "", "7000"}},
		{"tchat://127.0.0.1:0", doorSpec{"tchat", "127.0.0.1", "0"}},
		{"tchat+insecure://10.0.0.1", doorSpec{"tchat+insecure", "10.0.0.1", "24280"}},
		{"tchat://[::1]:5", doorSpec{"tchat", "::1", "5"}},
		{"tchat://[::1]", doorSpec{"tchat", "::1", "24280"}},
		{"auto://", doorSpec{"auto", "", "24280"}},
		{"nick://127.0.0.1", doorSpec{"nick", "127.0.0.1", "55555"}},
		{"prompt://", doorSpec{"prompt", "", "1234"}},
		{"room://[::1]", doorSpec{"room", "::1", "8888"}},
		{"tchat://chat.example.org", doorSpec{"tchat", "chat.example.org", "24280"}},
	}
	for _, tt := range tests {
		got, err := parseDoor(tt.text)
		if err != nil || got != tt.want {
			t.Errorf("parseDoor(%q) = %+v, %v; want %+v", tt.text, got, err, tt.want)
		}
	}
}

func TestParseDoorErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{":24280", "write SCHEME://HOST:PORT"},
		{"irc://:6667", "this build has no irc door yet; it has tchat, tchat+insecure"},
		{"ssh://:2222", "this build has no ssh door yet"},
		{"atuo://:24280", "did you mean auto?"},
		{"tchta://:1", "did you mean tchat?"},
		{"gopher://:70", `there is no door "gopher"; this build has tchat`},
		{"tchat://:70000", "a port is a number from 0 to 65535"},
		{"tchat://:seven", "a port is a number from 0 to 65535"},
		{"tchat://:+7", "a port is a number from 0 to 65535"},
		{"tchat://::1", "stands in brackets"},
		{"tchat://h:1/lobby", "a port is a number"},
		{"tchat://h/lobby", "nothing behind it"},
	}
	for _, tt := range tests {
		_, err := parseDoor(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("parseDoor(%q): error %v, want %q in it", tt.text, err, tt.want)
		}
		if exitCode(err) != exitUsage {
			t.Errorf("parseDoor(%q): exit code %d", tt.text, exitCode(err))
		}
	}
}

func TestParseDoors(t *testing.T) {
	got, err := parseDoors(&settings{})
	if err != nil || len(got) != 1 || got[0].String() != "auto://:24280" {
		t.Errorf("without --listen: %v, %v", got, err)
	}
	s := settings{Listen: []string{"tchat://:1", "irc://:2"}, from: map[string]string{"listen": "TCHAT_LISTEN"}}
	if _, err := parseDoors(&s); err == nil || !strings.HasPrefix(err.Error(), "TCHAT_LISTEN: ") {
		t.Errorf("error %v, want one that names the variable", err)
	}
}

func TestClassicDoors(t *testing.T) {
	tests := []struct {
		listen []string
		want   []string
	}{
		{nil, []string{"auto://:24280", "nick://:55555", "prompt://:1234", "room://:8888"}},
		{[]string{"tchat://:1", "prompt://:1234"}, []string{"tchat://:1", "prompt://:1234", "nick://:55555", "room://:8888"}},
	}
	for _, tt := range tests {
		doors, err := parseDoors(&settings{Listen: tt.listen, Classic: true})
		var got []string
		for _, d := range doors {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%v: %v (-want +got):\n%s", tt.listen, err, diff)
		}
	}
}

func TestGuestHosts(t *testing.T) {
	machine := []net.Addr{
		cidr(t, "127.0.0.1/8"), cidr(t, "::1/128"), cidr(t, "2001:db8::7/64"), cidr(t, "192.168.1.7/24"),
		cidr(t, "fe80::1/64"), cidr(t, "10.0.0.3/8"), &net.UnixAddr{Name: "x"},
	}
	tests := []struct {
		name, listens string
		want          []string
	}{
		{"everywhere", "::", []string{"192.168.1.7", "10.0.0.3", "127.0.0.1"}},
		{"everywhere of the old kind", "0.0.0.0", []string{"192.168.1.7", "10.0.0.3", "127.0.0.1"}},
		{"loopback", "127.0.0.1", []string{"127.0.0.1"}},
		{"one address", "192.168.1.7", []string{"192.168.1.7"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, guestHosts(tt.listens, machine)); diff != "" {
				t.Errorf("hosts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGuestLines(t *testing.T) {
	l := fakeListener{"127.0.0.1:7000"}
	doors := []openDoor{
		{doorSpec{scheme: "tchat"}, dialects()[0], l},
		{doorSpec{scheme: "tchat"}, dialects()[0], fakeListener{"192.168.1.7:24280"}},
		{doorSpec{scheme: "tchat+insecure"}, dialects()[1], fakeListener{"[::1]:7001"}},
		{doorSpec{scheme: "auto"}, dialects()[2], fakeListener{"127.0.0.1:7002"}},
		{doorSpec{scheme: "nick"}, dialects()[3], fakeListener{"127.0.0.1:7003"}},
		{doorSpec{scheme: "prompt"}, dialects()[4], fakeListener{"127.0.0.1:7004"}},
	}
	fingerprint := strings.Repeat("a", 32)
	want := []string{
		"tchat 127.0.0.1:7000",
		"tchat tchat://192.168.1.7#" + fingerprint,
		"tchat tchat+insecure://[::1]:7001",
		"tchat 127.0.0.1:7002",
		"nc 127.0.0.1 7002",
		"nc 127.0.0.1 7004",
	}
	if diff := cmp.Diff(want, guestLines(doors, fingerprint, nil)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func cidr(t *testing.T, s string) *net.IPNet {
	t.Helper()
	ip, n, err := net.ParseCIDR(s)
	if err != nil {
		t.Fatal(err)
	}
	n.IP = ip
	return n
}

// fakeListener listens nowhere, at an address.
type fakeListener struct{ addr string }

func (l fakeListener) Accept() (net.Conn, error) { return nil, net.ErrClosed }
func (l fakeListener) Close() error              { return nil }
func (l fakeListener) Addr() net.Addr {
	a, err := net.ResolveTCPAddr("tcp", l.addr)
	if err != nil {
		panic(err)
	}
	return a
}
