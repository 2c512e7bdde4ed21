package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
)

func never(string) bool { return false }

func TestSlots(t *testing.T) {
	home := t.TempDir()
	bob := profileOf(home, chatnet.MustNick("Bob"))
	const server = "127.0.0.1:24280"
	if bob.inUse(server) {
		t.Error("a profile that never was is in use")
	}
	first, err := bob.take(server, never)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Base(first.dir) != "0" || !bob.inUse(server) {
		t.Errorf("first slot %s, in use %v", first.dir, bob.inUse(server))
	}
	second, err := bob.take(server, never)
	if err != nil || filepath.Base(second.dir) != "1" {
		t.Fatalf("second slot %s, %v", second.dir, err)
	}
	other, err := bob.take("[::1]:24280", never)
	if err != nil || filepath.Base(other.dir) != "0" {
		t.Fatalf("slot of another server %s, %v", other.dir, err)
	}
	other.free()
	first.free()
	if bob.inUse(server) {
		t.Error("still in use after the slot is free")
	}
	second.free()
	waiting, err := bob.take(server, func(dir string) bool { return filepath.Base(dir) == "1" })
	if err != nil || filepath.Base(waiting.dir) != "1" {
		t.Errorf("slot %s, %v; want the one with lines to send", waiting.dir, err)
	}
	again, err := bob.take(server, func(dir string) bool { return filepath.Base(dir) == "1" })
	if err != nil || filepath.Base(again.dir) != "0" {
		t.Errorf("slot %s, %v; want the free one", again.dir, err)
	}
	waiting.free()
	again.free()
}

func TestProfilesArePrivateAndKeepTheirKey(t *testing.T) {
	home := t.TempDir()
	bob := profileOf(home, chatnet.MustNick("bob"))
	k1, err := bob.key()
	if err != nil {
		t.Fatal(err)
	}
	k2, err := profileOf(home, chatnet.MustNick("BOB")).key()
	if err != nil || k1.Fingerprint() != k2.Fingerprint() {
		t.Errorf("the same nick has keys %s and %s, %v", k1, k2, err)
	}
	k3, err := profileOf(home, chatnet.MustNick("ada")).key()
	if err != nil || k3.Fingerprint() == k1.Fingerprint() {
		t.Errorf("two nicks have the key %s, %v", k3, err)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(bob.dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	}
}

func TestFileName(t *testing.T) {
	tests := []struct{ in, want string }{
		{"bob", "bob"}, {"127.0.0.1:24280", "127.0.0.1_3a_24280"}, {"..", "_2e_."}, {"a/b", "a_2f_b"},
		{"[::1]:5", "_5b__3a__3a_1_5d__3a_5"}, {"jürgen", "j_fc_rgen"}, {"a_b", "a_5f_b"}, {"A", "_41_"},
	}
	seen := map[string]string{}
	for _, tt := range tests {
		got := fileName(tt.in)
		if got != tt.want {
			t.Errorf("fileName(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if other, ok := seen[got]; ok {
			t.Errorf("%q and %q share %q", tt.in, other, got)
		}
		seen[got] = tt.in
	}
}

func TestNickFrom(t *testing.T) {
	tests := []struct{ login, want string }{
		{"ada", "ada"}, {"OFFICE\\bob", "bob"}, {"Ada Lovelace", "AdaLovelace"}, {"admin", "guest"}, {"", "guest"},
		{"a@b", "ab"}, {strings.Repeat("x", 40), strings.Repeat("x", 32)}, {"!!", "guest"},
	}
	for _, tt := range tests {
		if got := nickFrom(tt.login); got.String() != tt.want {
			t.Errorf("nickFrom(%q) = %q, want %q", tt.login, got, tt.want)
		}
	}
}

func TestRecent(t *testing.T) {
	r := recentOf(filepath.Join(t.TempDir(), "tchat"))
	if v, err := r.visits(); len(v) != 0 || err != nil {
		t.Errorf("before the first visit: %v, %v", v, err)
	}
	day := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	visits := []visit{
		{"ada.local:24280", "Ada's", "bob", day},
		{"10.0.0.1:1", "lab \"7\"", "bob", day.Add(time.Hour)},
		{"ada.local:24280", "Ada's", "carol", day.Add(2 * time.Hour)},
	}
	for _, v := range visits {
		if err := r.note(v); err != nil {
			t.Fatal(err)
		}
	}
	got, err := r.visits()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]visit{visits[2], visits[1]}, got); diff != "" {
		t.Errorf("visits (-want +got):\n%s", diff)
	}
	if n := r.nick("ada.local:24280"); n.String() != "carol" {
		t.Errorf("nick %q, want the last one", n)
	}
	if n := r.nick("elsewhere:1"); !n.IsZero() {
		t.Errorf("nick %q for a server never seen", n)
	}
}

func TestRecentIsBoundedAndNoticesDamage(t *testing.T) {
	r := recentOf(t.TempDir())
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	for i := range maxRecent + 5 {
		v := visit{Address: strings.Repeat("x", i+1), Last: at.Add(time.Duration(i) * time.Minute)}
		if err := r.note(v); err != nil {
			t.Fatal(err)
		}
	}
	got, err := r.visits()
	if err != nil || len(got) != maxRecent || len(got[0].Address) != maxRecent+5 {
		t.Errorf("%d visits, %v", len(got), err)
	}
	if err := os.WriteFile(r.path, []byte("[[server]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.visits(); err == nil || !strings.Contains(err.Error(), "is damaged; mend or remove it") {
		t.Errorf("error %v for a damaged file", err)
	}
	if err := r.note(visit{Address: "a"}); err == nil {
		t.Error("a damaged file was written over")
	}
	if n := r.nick("a"); !n.IsZero() {
		t.Errorf("nick %q from a damaged file", n)
	}
}
