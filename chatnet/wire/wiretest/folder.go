package wiretest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Folder plays every transcript of a folder, the files *.txt, each on a new
// connection with a new Hub behind it. With update it writes what really comes
// into the files instead; read what it changed.
func Folder(t *testing.T, p Player, dir string, update bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts in %s: %v", dir, err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if p.Hub = NewHub(); !update {
				p.Play(t, string(text))
				return
			}
			if err := os.WriteFile(f, []byte(p.Record(t, string(text))), 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}
