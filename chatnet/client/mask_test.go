package client

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

// next gives events their places behind a seq.
func next(id chatnet.RoomID, after chatnet.Seq, bodies ...chatnet.Body) (evs []chatnet.Event) {
	for _, ev := range messages(id, after, len(bodies)) {
		ev.Body = bodies[len(evs)]
		evs = append(evs, ev)
	}
	return evs
}

func TestRedactedTextLeavesTheCache(t *testing.T) {
	c := testCache(t)
	r := c.enter(chatnet.RoomInfo{ID: "r-1", Kind: chatnet.KindOpen, Epoch: "e"})
	secret := chatnet.Clean("swordfish \"quoted\"\n\\ and more 🐟")
	all := next("r-1", 0,
		chatnet.Said{Text: chatnet.Clean("before")}, chatnet.Said{Text: secret, Color: "red", Me: true, Reply: 3},
		chatnet.Said{Text: chatnet.Clean("between")}, chatnet.Edited{Target: 6, Text: secret},
		chatnet.Edited{Target: 3, Text: chatnet.Clean("before this")}, chatnet.Said{Text: chatnet.Clean("x")})
	r.store(slices.Clone(all))
	behind := next("r-1", r.cursor, chatnet.Said{Text: secret}, chatnet.Redacted{Target: 6}, chatnet.Redacted{Target: 21},
		chatnet.Redacted{Target: 18}, chatnet.Redacted{Target: 1}, chatnet.Redacted{Target: 999}, chatnet.Redacted{})
	r.store(slices.Clone(behind))
	want := slices.Concat(all, behind)
	for _, i := range []int{1, 3, 5, 6} {
		want[i] = want[i].Masked()
	}
	if data, err := os.ReadFile(r.path); err != nil || bytes.Contains(data, []byte("swordfish")) || r.broken {
		t.Errorf("the file has the text: %v", err)
	}
	if d := cmp.Diff(want, r.before(0, 100), clean()); d != "" {
		t.Errorf("a page: %s", d)
	}
	again, err := openRoom(machine{}, r.path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	got, err := again.newest(100)
	if d := cmp.Diff(want, got, clean()); d != "" || err != nil {
		t.Errorf("after a start: %v %s", err, d)
	}
	if d := cmp.Diff(want[2:4], again.before(want[4].Seq, 2), clean()); d != "" {
		t.Errorf("a page in the middle: %s", d)
	}
}

// The lines of a large file are masked wherever they stand, and no other byte
// changes.
func TestRedactionInALargeFile(t *testing.T) {
	c := testCache(t)
	r := c.enter(chatnet.RoomInfo{ID: "r-1", Kind: chatnet.KindOpen, Epoch: "e"})
	const n = 9000 // more than the piece that is read at once
	all := messages("r-1", 0, n)
	r.store(slices.Clone(all))
	var reds []chatnet.Body
	for i := 1; i < n; i += 997 {
		reds = append(reds, chatnet.Redacted{Target: all[i].Seq})
		all[i] = all[i].Masked()
	}
	behind := next("r-1", r.cursor, reds...)
	r.store(slices.Clone(behind))
	if d := cmp.Diff(append(all, behind...), r.before(0, 2*n), clean()); d != "" {
		t.Error(d)
	}
}

// A file in which the words cannot be overwritten goes.
func TestNoFileRatherThanRedactedText(t *testing.T) {
	c := testCache(t)
	r := c.enter(chatnet.RoomInfo{ID: "r-1", Kind: chatnet.KindOpen, Epoch: "e"})
	r.store(messages("r-1", 0, 3))
	data, err := os.ReadFile(r.path)
	if err != nil {
		t.Fatal(err)
	}
	spoiled := strings.Replace(string(data), `"text":"1 hello`, `"text":1,"y":"1 hell`, 1)
	if err := os.WriteFile(r.path, []byte(spoiled), 0o600); err != nil || spoiled == string(data) {
		t.Fatalf("nothing spoiled: %v", err)
	}
	r.size = int64(len(spoiled))
	r.store(next("r-1", r.cursor, chatnet.Redacted{Target: 3}))
	if _, err := os.Stat(r.path); !os.IsNotExist(err) || !r.broken || r.cursor != 12 {
		t.Errorf("the file is still there (%v), cursor %d", err, r.cursor)
	}
}

func TestOutboxKeepsWhatAMessageIsAbout(t *testing.T) {
	d, err := openDir(machine{}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	o, err := openOutbox(d, log)
	if err != nil {
		t.Fatal(err)
	}
	var want []chatnet.Say
	for i, s := range []chatnet.Say{{Reply: 7}, {Edits: chatnet.MaxSeq}, {}} {
		s.Room, s.Text = "r-1", chatnet.Clean(fmt.Sprint("text ", i))
		if err := o.add(s); err != nil {
			t.Fatal(err)
		}
		s.Origin = chatnet.Origin{Dev: o.dev(), N: uint64(i) + 1}
		want = append(want, s)
	}
	for _, s := range []chatnet.Say{{Reply: 7}, {Edits: 7}} {
		s.To, s.Text = chatnet.MustNick("bob"), chatnet.Clean("x")
		if err := o.add(s); chatnet.CodeOf(err) != chatnet.CodeBadRequest {
			t.Errorf("to a nick: %v", err)
		}
	}
	if err := o.close(); err != nil {
		t.Fatal(err)
	}
	o, err = openOutbox(d, log)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, o.send(10), clean()); diff != "" {
		t.Error(diff)
	}
	if err := o.close(); err != nil {
		t.Error(err)
	}
}
