package chatnet_test

import (
	"strings"
	"testing"

	"tchat/chatnet"
)

func TestParseNick(t *testing.T) {
	long := strings.Repeat("é", chatnet.MaxNick)
	tests := []struct{ in, want, key string }{
		{"ada", "ada", "ada"},
		{"Ada_L-1.x", "Ada_L-1.x", "ada_l-1.x"},
		{"ÜNAL", "ÜNAL", "ünal"},
		{"Straße", "Straße", "strasse"},
		{"ａｄａ", "ada", "ada"}, // full width
		{"e\u0301va", "éva", "éva"},
		{"שלום", "שלום", "שלום"},
		{long, long, long},
		{"serverx", "serverx", "serverx"},
	}
	for _, tt := range tests {
		n, err := chatnet.ParseNick(tt.in)
		if err != nil || n.String() != tt.want || n.Key() != tt.key || n.IsZero() {
			t.Errorf("ParseNick(%q) = %q, key %q, %v", tt.in, n, n.Key(), err)
		}
	}
}

func TestParseNickRefuses(t *testing.T) {
	for _, in := range []string{
		"", " ", "a b", "a\nb", "a\x1b[1m", "a@b", "#a", "a/b", "a:b", "\xff", "a\u202eb", "a\u200bb", "\u0301a", "🙂",
		strings.Repeat("a", chatnet.MaxNick+1), "server", "Host", "ADMIN", "system", "here", "everyone", "all", "me", "operator", "tchat",
		"ａｌｌ", "<b>", "a%n", "a`b",
	} {
		n, err := chatnet.ParseNick(in)
		if chatnet.CodeOf(err) != chatnet.CodeBadNick || !n.IsZero() {
			t.Errorf("ParseNick(%q) = %q, %v", in, n, err)
		}
	}
	if _, err := chatnet.ParseNick("all"); !strings.Contains(err.Error(), "reserved") {
		t.Errorf("the rule is not named: %v", err)
	}
}

func TestParseRoomName(t *testing.T) {
	for in, want := range map[string]string{
		"lobby": "lobby", "#Dev": "dev", "Team/Go-1.2_x": "team/go-1.2_x", "ÜBER": "über", "e\u0301": "é", "Straße": "strasse",
		strings.Repeat("x", chatnet.MaxRoomName): strings.Repeat("x", chatnet.MaxRoomName),
	} {
		n, err := chatnet.ParseRoomName(in)
		if err != nil || n.String() != want || n.IsZero() {
			t.Errorf("ParseRoomName(%q) = %q, %v", in, n, err)
		}
	}
	for _, in := range []string{
		"", "#", "##a", "a b", "/a", "a/", "a//b", "a\n", "a,b", "\xff", "a\u200bb", strings.Repeat("x", chatnet.MaxRoomName+1),
	} {
		n, err := chatnet.ParseRoomName(in)
		if chatnet.CodeOf(err) != chatnet.CodeBadRoom || !n.IsZero() {
			t.Errorf("ParseRoomName(%q) = %q, %v", in, n, err)
		}
	}
	if chatnet.Lobby() != chatnet.MustRoomName("#Lobby") {
		t.Error("the lobby is not called lobby")
	}
}

func TestMustPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"MustNick":     func() { chatnet.MustNick("no nick") },
		"MustRoomName": func() { chatnet.MustRoomName("no room") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if v, ok := recover().(string); !ok || !strings.Contains(v, name) {
					t.Errorf("it panicked with %v", v)
				}
			}()
			f()
		})
	}
}
