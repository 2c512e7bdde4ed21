package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tchat/chatnet"
)

func TestControlPath(t *testing.T) {
	if got := controlPath("/srv/chat"); got != filepath.Join("/srv/chat", "control.sock") {
		t.Errorf("path %q", got)
	}
	deep := "/srv/" + strings.Repeat("deep/", 30)
	got := controlPath(deep)
	if len(got) > maxSocketPath || strings.HasPrefix(got, deep) {
		t.Errorf("path %q of %d bytes for a deep folder", got, len(got))
	}
	if other := controlPath(deep + "er"); other == got {
		t.Error("two folders share a socket")
	}
}

func TestControlWithoutAServer(t *testing.T) {
	_, err := control(t.Context(), t.TempDir(), chatnet.ListKnocks{})
	if exitCode(err) != exitUnreachable || !strings.Contains(err.Error(), "no tchat server runs on the data folder") {
		t.Errorf("error %v, exit code %d", err, exitCode(err))
	}
}

func TestPrintKnocks(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		knocks []chatnet.Knock
		want   string
	}{
		{"none", nil, "nobody is waiting\n"},
		{"two", []chatnet.Knock{
			{Nick: chatnet.MustNick("bob"), Addr: "10.0.0.7:5000", Door: "tchat", Since: now.Add(-65 * time.Second)},
			{Nick: chatnet.MustNick("carol"), Addr: "10.0.0.8:5", Door: "tchat", Since: now.Add(time.Second)},
		}, "bob    10.0.0.7:5000  tchat  waits 1m5s\ncarol  10.0.0.8:5     tchat  waits 0s\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := printKnocks(&b, tt.knocks, now); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got\n%s\nwant\n%s", b.String(), tt.want)
			}
		})
	}
}
