package pane

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // readable differences

	"tchat/chatnet"
	"tchat/styles"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares rows with a file in testdata.
func golden(t *testing.T, name string, rows []string) {
	t.Helper()
	for i := range rows {
		rows[i] = plainRow(rows[i])
	}
	got := strings.Join(rows, "\n") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s (-want +got):\n%s", path, d)
	}
}

// story is a room with something of everything in it.
func story(w, h int) *chat {
	c := newChat(w, h)
	c.SetStyles(styles.New(styles.Dark(), styles.Options{}))
	c.at = noon.Add(-18 * time.Hour)
	c.say("dave", "see you tomorrow")
	c.at = noon.Add(-2 * time.Hour)
	c.say("ada", "hello everyone")
	c.say("bob", "multi-line keeps\n  its indent")
	c.wait(time.Minute)
	c.say("bob", "the pages are at https://example.org/a/long/path/that/wraps/over?several=rows, *please* read `go.mod`")
	c.join("carol")
	c.join("eve")
	c.Add(c.event("ada", chatnet.TopicSet{Topic: chatnet.CleanLine("where everyone meets")}))
	c.say("tess", "> the pages\nthank you @bob")
	c.say("tess", "漢字かな交じり文も折り返す 👨‍👩‍👧 👍🏽")
	c.MarkUnreadFrom(c.seq + 1)
	c.wait(2 * time.Minute)
	c.Add(c.event("carol", chatnet.Said{Text: chatnet.Clean("red text is red"), Color: "red"}))
	c.say("carol", "tess: did you see this?\n```go\nfunc main() {}\n```")
	c.Add(c.event("ada", chatnet.Said{Text: chatnet.Clean("waves"), Me: true}))
	c.Notice(chatnet.Clean("there is no command /colr; /color is one"))
	c.AddPending(say(1, "on its way"))
	c.AddPending(say(2, "refused"))
	c.Fail(say(2, "").Origin, chatnet.E(chatnet.CodeForbidden, "you may not speak here"))
	return c
}

func TestMessagesGolden(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		c := story(size[0], size[1])
		golden(t, fmt.Sprintf("messages-%dx%d", size[0], size[1]), c.Rows())
		c.Home()
		c.say("bob", "news")
		golden(t, fmt.Sprintf("messages-top-%dx%d", size[0], size[1]), c.Rows())
	}
}
