package identity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

const print32 = "abcdefghijklmnopqrstuvwxyz234567"

func room(s string) chatnet.RoomName { return chatnet.MustRoomName(s) }

func TestParseAddress(t *testing.T) {
	tests := []struct {
		in   string
		want identity.Address
		text string // what String gives
	}{
		{"127.0.0.1", identity.Address{Scheme: "tchat", Host: "127.0.0.1", Port: "24280"}, "tchat://127.0.0.1"},
		{"  chat.example.org\n", identity.Address{Scheme: "tchat", Host: "chat.example.org", Port: "24280"}, "tchat://chat.example.org"},
		{"Chat.Example.ORG:99", identity.Address{Scheme: "tchat", Host: "chat.example.org", Port: "99"}, "tchat://chat.example.org:99"},
		{"::1", identity.Address{Scheme: "tchat", Host: "::1", Port: "24280"}, "tchat://[::1]"},
		{"[::1]", identity.Address{Scheme: "tchat", Host: "::1", Port: "24280"}, "tchat://[::1]"},
		{"[0:0:0:0:0:0:0:1]:7", identity.Address{Scheme: "tchat", Host: "::1", Port: "7"}, "tchat://[::1]:7"},
		{"[fe80::1%eth0]:7", identity.Address{Scheme: "tchat", Host: "fe80::1%eth0", Port: "7"}, "tchat://[fe80::1%eth0]:7"},
		{"localhost/dev", identity.Address{Scheme: "tchat", Host: "localhost", Port: "24280", Room: room("dev")}, "tchat://localhost/dev"},
		{"TCHAT://h:1/Team/Dev", identity.Address{Scheme: "tchat", Host: "h", Port: "1", Room: room("team/dev")}, "tchat://h:1/team/dev"},
		{"tchat://h/", identity.Address{Scheme: "tchat", Host: "h", Port: "24280"}, "tchat://h"},
		{"tchat://h/b%C3%BCro", identity.Address{Scheme: "tchat", Host: "h", Port: "24280", Room: room("büro")}, "tchat://h/büro"},
		{"tchat://h:1/dev#" + print32, identity.Address{Scheme: "tchat", Host: "h", Port: "1", Room: room("dev"), Fingerprint: print32}, "tchat://h:1/dev#" + print32},
		{"h#" + strings.ToUpper(print32), identity.Address{Scheme: "tchat", Host: "h", Port: "24280", Fingerprint: print32}, "tchat://h#" + print32},
		{"tchat+insecure://h:1/dev", identity.Address{Scheme: "tchat+insecure", Host: "h", Port: "1", Room: room("dev")}, "tchat+insecure://h:1/dev"},
	}
	for _, tt := range tests {
		got, err := identity.ParseAddress(tt.in)
		if err != nil {
			t.Errorf("ParseAddress(%q): %v", tt.in, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(chatnet.RoomName{})); diff != "" {
			t.Errorf("ParseAddress(%q) (-want +got):\n%s", tt.in, diff)
		}
		if got.String() != tt.text {
			t.Errorf("ParseAddress(%q).String() = %q, want %q", tt.in, got, tt.text)
		}
	}
}

func TestParseAddressErrors(t *testing.T) {
	const example = "; write for example tchat://chat.example.org:24280/lobby"
	const rooms = "a room name has 1 to 64 letters, digits and / - _ . with no empty part between slashes, not "
	tests := []struct{ in, want string }{
		{"", "there is no address"},
		{" \t ", "there is no address"},
		{strings.Repeat("a", 1025), "an address has at most 1024 bytes"},
		{"http://h", `an address begins with tchat:// or tchat+insecure://, not with "http://"`},
		{"://h", `an address begins with tchat:// or tchat+insecure://, not with "://"`},
		{"\x1b[2J://h", `an address begins with tchat:// or tchat+insecure://, not with "\x1b[2j://"`},
		{"h#", `a fingerprint, behind the #, has 32 characters of a-z and 2-7, not ""`},
		{"h#abc1", `a fingerprint, behind the #, has 32 characters of a-z and 2-7, not "abc1"`},
		{"tchat+insecure://h#" + print32, "a tchat+insecure address has no key to check; take the # and what follows away, or write tchat://"},
		{"h/a//b", rooms + `"a//b"`},
		{"h/a b", rooms + `"a b"`},
		{"h/%1b", rooms + `"\x1b"`},
		{"h/100%", `the room "100%" has a stray %`},
		{"ada@h:1", `an address has no user in it; give the nick "ada" with --nick`},
		{":24280", `the host is missing in ":24280"`},
		{"tchat:///dev", `the host is missing in ""`},
		{"h:", `a port is a number from 1 to 65535, not ""`},
		{"h:0", `a port is a number from 1 to 65535, not "0"`},
		{"h:007", `a port is a number from 1 to 65535, not "007"`},
		{"h:65536", `a port is a number from 1 to 65535, not "65536"`},
		{"h:+1", `a port is a number from 1 to 65535, not "+1"`},
		{"[::1", `the ] is missing in "[::1"`},
		{"[h]:1", `between [ and ] stands an IPv6 address, not "h"`},
		{"[127.0.0.1]:1", `between [ and ] stands an IPv6 address, not "127.0.0.1"`},
		{"[::1]1", `behind the ] stands a colon and a port, not "1"`},
		{"::1:x", `"::1:x" is no IPv6 address; with a port it is written [::1]:24280`},
		{"[::1%a b]", `the zone "a b" of an IPv6 address has letters, digits and - _ .`},
		{"a b", `a host has at most 253 letters a-z, digits and - . between, not "a b"`},
		{".h", `a host has at most 253 letters a-z, digits and - . between, not ".h"`},
		{"a..b", `a host has at most 253 letters a-z, digits and - . between, not "a..b"`},
		{"bücher.example", `a host has at most 253 letters a-z, digits and - . between, not "b\u00fccher.example"`},
		{strings.Repeat("a", 254), `a host has at most 253 letters a-z, digits and - . between, not "` + strings.Repeat("a", 60) + `..."`},
	}
	for _, tt := range tests {
		got, err := identity.ParseAddress(tt.in)
		if err == nil {
			t.Errorf("ParseAddress(%q) = %v, want an error", tt.in, got)
			continue
		}
		if err.Error() != tt.want+example {
			t.Errorf("ParseAddress(%q)\n got %s\nwant %s", tt.in, err, tt.want+example)
		}
		if code := chatnet.CodeOf(err); code != chatnet.CodeBadRequest {
			t.Errorf("ParseAddress(%q) has code %q", tt.in, code)
		}
	}
}

func TestAddressLoopback(t *testing.T) {
	tests := []struct {
		in   string
		want bool
	}{
		{"127.0.0.1", true},
		{"127.9.9.9:1", true},
		{"::1", true},
		{"[::ffff:127.0.0.1]:1", true},
		{"LOCALHOST", true},
		{"a.localhost", true},
		{"notlocalhost", false},
		{"localhost.example.org", false},
		{"128.0.0.1", false},
		{"127.0.0.1.example.org", false},
	}
	for _, tt := range tests {
		a, err := identity.ParseAddress(tt.in)
		if err != nil || a.Loopback() != tt.want {
			t.Errorf("%q: Loopback() = %v, want %v (%v)", tt.in, a.Loopback(), tt.want, err)
		}
	}
}

// FuzzParseAddress holds two rules: what parses is written and read again
// unchanged, and no error brings control bytes to a terminal.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"h", "[::1]:1/a#" + print32, "tchat+insecure://h:1", "fe80::1%x", "a@b", "h/%41", "::ffff:1.2.3.4", "http://x\x1b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := identity.ParseAddress(s)
		if err != nil {
			for _, r := range err.Error() {
				if r < ' ' || r > '~' {
					t.Fatalf("ParseAddress(%q): %q is in the error %q", s, r, err)
				}
			}
			return
		}
		b, err := identity.ParseAddress(a.String())
		if err != nil || a != b {
			t.Fatalf("ParseAddress(%q) = %#v, written %q, read back as %#v, %v", s, a, a, b, err)
		}
	})
}
