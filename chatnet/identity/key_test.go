package identity_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

func mustKey(t *testing.T) identity.Key {
	t.Helper()
	k, err := identity.MakeKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestLoadOrMakeKeyKeepsTheKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "key")
	made, err := identity.LoadOrMakeKey(path)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := identity.LoadOrMakeKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if made.Fingerprint() != loaded.Fingerprint() || len(made.Fingerprint()) != 32 {
		t.Errorf("fingerprints %q and %q", made.Fingerprint(), loaded.Fingerprint())
	}
	if !bytes.Equal(made.Certificate().Certificate[0], loaded.Certificate().Certificate[0]) {
		t.Error("the certificate of one key changed")
	}
	if got := identity.Fingerprint(made.Certificate().Leaf); got != made.Fingerprint() {
		t.Errorf("the certificate's fingerprint is %q, the key's %q", got, made.Fingerprint())
	}
	if _, err := chatnet.ParseUserID(string(identity.UserOf(made.Fingerprint()))); err != nil {
		t.Errorf("UserOf gives no user id: %v", err)
	}
	if other := mustKey(t); other.Fingerprint() == made.Fingerprint() {
		t.Error("two keys with one fingerprint")
	}
	checkMode(t, path, 0o600)
	checkMode(t, filepath.Dir(path), 0o700)
	checkAlone(t, path)
}

func checkMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", path, got, want)
	}
}

// checkAlone fails when half-written files stayed beside path.
func checkAlone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

func TestLoadOrMakeKeyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	prints := make([]string, 16)
	var wg sync.WaitGroup
	for i := range prints {
		wg.Go(func() {
			k, err := identity.LoadOrMakeKey(path)
			if err != nil {
				t.Error(err)
			}
			prints[i] = k.Fingerprint()
		})
	}
	wg.Wait()
	for _, p := range prints {
		if p != prints[0] {
			t.Errorf("two keys came of one file: %q and %q", p, prints[0])
		}
	}
	checkAlone(t, path)
}

func TestLoadOrMakeKeyRefuses(t *testing.T) {
	elliptic256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(elliptic256)
	if err != nil {
		t.Fatal(err)
	}
	other := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	tests := []struct {
		name string
		data []byte
		mode fs.FileMode
		want string
	}{
		{"empty", nil, 0o600, "holds no ed25519 key; move it away"},
		{"garbage", []byte("garbage"), 0o600, "holds no ed25519 key"},
		{"broken", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}), 0o600, "holds no ed25519 key"},
		{"other", other, 0o600, "holds no ed25519 key"},
		{"open", other, 0o644, "is open to others; run: chmod 600 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(path, tt.data, tt.mode); err != nil {
				t.Fatal(err)
			}
			_, err := identity.LoadOrMakeKey(path)
			if chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(fmt.Sprint(err), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if data, _ := os.ReadFile(path); !bytes.Equal(data, tt.data) {
				t.Error("the file was changed")
			}
		})
	}
	if _, err := identity.LoadOrMakeKey(filepath.Join(t.TempDir(), "file", "\x00")); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("an impossible path: %v", err)
	}
}

func TestKeyShowsNoSecret(t *testing.T) {
	k := mustKey(t)
	got := fmt.Sprintf("%v %+v %#v %s", k, k, k, k)
	f := k.Fingerprint()
	if want := fmt.Sprintf("%s %s identity.Key(%s) %s", f, f, f, f); got != want {
		t.Errorf("printed as %q, want %q", got, want)
	}
	if k.IsZero() || !(identity.Key{}).IsZero() {
		t.Error("IsZero is wrong")
	}
}

func TestFingerprintOfOthers(t *testing.T) {
	if got := identity.Fingerprint(nil); got != "" {
		t.Errorf("no certificate: %q", got)
	}
	if got := identity.Fingerprint(&x509.Certificate{PublicKey: &ecdsa.PublicKey{}}); got != "" {
		t.Errorf("a key that is not ed25519: %q", got)
	}
}
