package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/identity"
	"tchat/tui/pane"
)

func TestAgo(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.Local)
	tests := []struct {
		at   time.Time
		want string
	}{
		{now.Add(-time.Hour), "today"},
		{now.Add(time.Hour), "today"},
		{time.Date(2026, 11, 20, 23, 59, 0, 0, time.Local), "yesterday"},
		{time.Date(2026, 11, 18, 1, 0, 0, 0, time.Local), "Wednesday"},
		{time.Date(2026, 11, 14, 12, 0, 0, 0, time.Local), "14 Nov"},
		{time.Date(2025, 11, 14, 12, 0, 0, 0, time.Local), "14 Nov 2025"},
		{time.Time{}, ""},
	}
	for _, tt := range tests {
		if got := ago(now, tt.at); got != tt.want {
			t.Errorf("ago(%v) = %q, want %q", tt.at, got, tt.want)
		}
	}
}

func TestRecentOptions(t *testing.T) {
	r := recentOf(t.TempDir())
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	if err := r.note(visit{"ada.local:24280", "Ada's", "bob", now}); err != nil {
		t.Fatal(err)
	}
	got, err := recentOptions(r, now)
	if err != nil {
		t.Fatal(err)
	}
	want := []pane.Recent{{Address: "ada.local:24280", Name: "Ada's", When: "today"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("recent servers (-want +got):\n%s", diff)
	}
}

func TestOutcome(t *testing.T) {
	gone := chatnet.E(chatnet.CodeUnreachable, "nobody there")
	tests := []struct {
		name string
		did  func(*outcome)
		want error
	}{
		{"nothing", func(*outcome) {}, nil},
		{"never reached", func(o *outcome) { o.set(gone); o.set(nil) }, gone},
		{"reached, then lost", func(o *outcome) { o.reached(); o.set(gone) }, nil},
		{"a defect of ours is in the log", func(o *outcome) { o.set(errors.New("x")) }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := &outcome{}
			tt.did(o)
			if got := o.err(); !errors.Is(got, tt.want) {
				t.Errorf("left to say: %v, want %v", got, tt.want)
			}
		})
	}
}

// TestRememberedNick holds the rule by which a third window on one machine is
// somebody else.
func TestRememberedNick(t *testing.T) {
	home := t.TempDir()
	v := &visitor{home: home, recent: recentOf(home)}
	a, err := identity.ParseAddress("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	if n := v.remembered(a); !n.IsZero() {
		t.Errorf("before the first visit one is %q", n)
	}
	if err := v.recent.note(visit{Address: placeOf(a), Nick: "bob", Last: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if n := v.remembered(a); n.String() != "bob" {
		t.Errorf("after a visit as bob one is %q", n)
	}
	s, err := profileOf(home, chatnet.MustNick("bob")).take(a.HostPort(), never)
	if err != nil {
		t.Fatal(err)
	}
	if n := v.remembered(a); !n.IsZero() {
		t.Errorf("while bob is there in another window one is %q", n)
	}
	s.free()
	other, err := identity.ParseAddress("tchat+insecure://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	if n := v.remembered(other); !n.IsZero() {
		t.Errorf("at another door one is %q", n)
	}
}

func TestHasWaiting(t *testing.T) {
	dir := t.TempDir()
	if hasWaiting(dir) {
		t.Error("a fresh folder has lines to send")
	}
	tests := []struct {
		journal string
		want    bool
	}{
		{"", false},
		{"0 {\"do\":\"add\",\"text\":\"a\"}\n", true},
		{"0 {\"do\":\"add\",\"text\":\"\\\"do\\\":\\\"add\\\"\"}\n0 {\"do\":\"done\"}\n", false},
		{"0 {\"do\":\"add\"}\n0 {\"do\":\"refused\"}\n", true},
	}
	for _, tt := range tests {
		if err := os.WriteFile(filepath.Join(dir, "outbox"), []byte(tt.journal), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := hasWaiting(dir); got != tt.want {
			t.Errorf("hasWaiting with %q = %v", tt.journal, got)
		}
	}
}
