package identity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

func TestKnownRemembers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "known")
	k := identity.OpenKnown(path)
	if got, err := k.Lookup("h:1"); got != "" || err != nil {
		t.Fatalf("an empty list knows %q, %v", got, err)
	}
	second := strings.Repeat("a", 32)
	for _, step := range []struct{ server, fingerprint string }{
		{"h:1", print32}, {"[::1]:2", second}, {"h:1", second}, {"a:3", print32},
	} {
		if err := k.Remember(step.server, step.fingerprint); err != nil {
			t.Fatal(err)
		}
		if got, err := identity.OpenKnown(path).Lookup(step.server); got != step.fingerprint || err != nil {
			t.Errorf("Lookup(%q) = %q, %v; want %q", step.server, got, err, step.fingerprint)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "[::1]:2 " + second + "\na:3 " + print32 + "\nh:1 " + second + "\n"
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("the file (-want +got):\n%s", diff)
	}
	checkMode(t, path, 0o600)
	checkMode(t, path+".lock", 0o600)
	checkAlone(t, path)
}

func TestKnownRemembersForManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "known")
	shared := identity.OpenKnown(path)
	const n = 12
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			k := shared
			if i%2 == 0 {
				k = identity.OpenKnown(path) // as another program has it
			}
			if err := k.Remember(fmt.Sprintf("h:%d", i+1), print32); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range n {
		if got, err := shared.Lookup(fmt.Sprintf("h:%d", i+1)); got != print32 || err != nil {
			t.Errorf("server %d was forgotten: %q, %v", i+1, got, err)
		}
	}
}

func TestKnownRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "known")
	k := identity.OpenKnown(path)
	for _, bad := range []struct{ server, fingerprint string }{
		{"", print32}, {"a b", print32}, {"h\n:1", print32}, {"h:1", ""}, {"h:1", "short"}, {"h:1", strings.ToUpper(print32)},
	} {
		if err := k.Remember(bad.server, bad.fingerprint); chatnet.CodeOf(err) != chatnet.CodeBadRequest {
			t.Errorf("Remember(%q, %q): %v", bad.server, bad.fingerprint, err)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("a refused server left a file: %v", err)
	}
}

// A damaged list must not look like one that knows nobody: then a changed key
// would be asked about as if it were a first one.
func TestKnownNoticesDamage(t *testing.T) {
	for _, content := range []string{"h:1\n", "h:1 short\n", " " + print32 + "\n", "a:1 " + print32 + "\nh:1  " + print32 + "\n"} {
		path := filepath.Join(t.TempDir(), "known")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		k := identity.OpenKnown(path)
		if got, err := k.Lookup("h:1"); got != "" || chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(err.Error(), "damaged at line") {
			t.Errorf("%q: Lookup = %q, %v", content, got, err)
		}
		if err := k.Remember("h:2", print32); chatnet.CodeOf(err) != chatnet.CodeStorage {
			t.Errorf("%q: Remember: %v", content, err)
		}
		if data, _ := os.ReadFile(path); string(data) != content {
			t.Errorf("%q was changed to %q", content, data)
		}
	}
	dir := t.TempDir()
	if _, err := identity.OpenKnown(dir).Lookup("h:1"); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("a folder in place of the file: %v", err)
	}
}
