package native

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tchat/chatnet/wire/wiretest"
)

// page returns PROTOCOL.md.
func page(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// update rewrites the transcripts of PROTOCOL.md with what the server writes.
var update = flag.Bool("update", false, "rewrite the transcripts of PROTOCOL.md")

func TestTranscriptsOfThePage(t *testing.T) {
	blocks := wiretest.Blocks(page(t), "transcript")
	if *update {
		text := page(t)
		for _, b := range blocks {
			text = strings.Replace(text, b.Text, wiretest.Player{Dialect: New()}.Record(t, b.Text), 1)
		}
		if err := os.WriteFile("PROTOCOL.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(blocks) < 8 {
		t.Fatalf("%d transcripts on the page", len(blocks))
	}
	for _, b := range blocks {
		t.Run(fmt.Sprint("line ", b.Line), func(t *testing.T) { wiretest.Run(t, New(), b.Text) })
	}
}

// TestCitations holds page and code together: what is cited exists anywhere in
// the project, and each section without parts is cited. PROTOCOL 10 has no
// code but this test's transcripts.
func TestCitations(t *testing.T) {
	sections := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^###? (\d+(?:\.\d+)?)[. ]`).FindAllStringSubmatch(page(t), -1) {
		sections[m[1]] = false
	}
	cite := regexp.MustCompile(`PROTOCOL (\d+(?:\.\d+)?(?:, \d+(?:\.\d+)?)*)`)
	err := filepath.WalkDir("../../..", func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range cite.FindAllStringSubmatch(strings.ReplaceAll(string(b), "\n// ", " "), -1) {
			for n := range strings.SplitSeq(m[1], ", ") {
				if _, ok := sections[n]; !ok {
					t.Errorf("%s cites PROTOCOL %s, which does not exist", path, n)
				}
				sections[n] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for n, cited := range sections {
		if _, parts := sections[n+".1"]; !cited && !parts {
			t.Errorf("nothing cites PROTOCOL %s", n)
		}
	}
}
