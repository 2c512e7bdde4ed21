package native

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tchat/chatnet"
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

// TestPageNamesEveryError: the table of PROTOCOL 9 has every code that a server
// sends, and no other.
func TestPageNamesEveryError(t *testing.T) {
	ours := map[string]bool{ // what a client says to its own front end, and a store to its hub
		"offline": true, "untrusted": true, "unreachable": true, "not-tchat": true, "conflict": true,
	}
	src, err := os.ReadFile("../../error.go")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\tCode\w+ +Code = "([a-z-]+)"`).FindAllStringSubmatch(string(src), -1) {
		want[m[1]] = !ours[m[1]]
	}
	_, table, _ := strings.Cut(page(t), "| code | when |")
	table, _, _ = strings.Cut(table, "\n## ")
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllStringSubmatch(table, -1) {
		if !want[m[1]] {
			t.Errorf("the page names %q, which no server sends", m[1])
		}
		delete(want, m[1])
	}
	for code, sent := range want {
		if sent {
			t.Errorf("the page does not name %q", code)
		}
	}
}

// TestPageNamesEveryRequest: the table of PROTOCOL 3.3 has every request, with
// its keys and the answer's name.
func TestPageNamesEveryRequest(t *testing.T) {
	_, table, _ := strings.Cut(page(t), "### 3.3")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| ([^|]*)\\|").FindAllStringSubmatch(table, -1) {
		rows[m[1]] = m[2]
	}
	g := newRandom(5)
	for name, r := range g.requests() {
		var keys map[string]any
		if err := json.Unmarshal(AppendCall(nil, chatnet.Call{ID: 1, Request: r}), &keys); err != nil {
			t.Fatal(name, err)
		}
		do, _ := keys["do"].(string)
		row, ok := rows[do]
		if !ok {
			t.Errorf("the page has no row for %q", do)
		}
		delete(rows, do)
		delete(keys, "do")
		delete(keys, "id")
		for k := range keys {
			if do != "say" && !strings.Contains(row, k) {
				t.Errorf("the page's row for %q does not name its key %q", do, k)
			}
		}
	}
	for do := range rows {
		t.Errorf("the page has a request %q that nobody sends", do)
	}
}
