package client

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

func testCache(t testing.TB) *cache {
	t.Helper()
	c, err := openCache(machine{}, filepath.Join(t.TempDir(), "rooms"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// messages returns n events of a room, the first with prev after.
func messages(id chatnet.RoomID, after chatnet.Seq, n int) (evs []chatnet.Event) {
	for i := range n {
		evs = append(evs, chatnet.Event{
			Room: id, Seq: after + 3, Prev: after, By: "k-abcdefghijklmnopqrstuvwxyz234567", Nick: chatnet.MustNick("ada"),
			At:   time.Date(2026, 11, 21, 10, 2, 3, 45e6, time.UTC),
			Body: chatnet.Said{Text: chatnet.Clean(fmt.Sprintf("%d hello everyone, this is a line of usual length", i))},
		})
		after += 3
	}
	return evs
}

// clean lets cmp look into chatnet's sealed types.
func clean() cmp.Option {
	return cmp.AllowUnexported(chatnet.Text{}, chatnet.Nick{}, chatnet.RoomName{}, chatnet.Emoji{})
}

func TestHeaderKeepsARoom(t *testing.T) {
	direct := chatnet.RoomInfo{ID: "d-1", Kind: chatnet.KindDirect, Epoch: "e", Count: 2, Read: 7, After: 4,
		With: chatnet.Member{User: "k-bob", Nick: chatnet.MustNick("bob")}}
	open := chatnet.RoomInfo{ID: "r-1", Kind: chatnet.KindOpen, Name: chatnet.MustRoomName("dev"), Epoch: "e", After: 4,
		Topic: chatnet.CleanLine(`quotes " and ünïcödé`)}
	wordy := open
	wordy.Topic = chatnet.CleanLine(strings.Repeat("long ", 2000))
	for _, test := range []struct{ in, want chatnet.RoomInfo }{
		{direct, direct}, {open, open}, {wordy, chatnet.RoomInfo{ID: "r-1", Kind: chatnet.KindOpen, Name: open.Name, Epoch: "e", After: 4}},
	} {
		line, err := makeHeader(test.in, 4)
		if err != nil || len(line) != headerSize {
			t.Fatalf("%d bytes, %v", len(line), err)
		}
		got, after, ok := parseHeader(line)
		if d := cmp.Diff(test.want, got, clean()); d != "" || !ok || after != 4 {
			t.Errorf("%v %v %s", ok, after, d)
		}
		line[20] ^= 1
		if _, _, ok := parseHeader(line); ok {
			t.Error("a damaged header is taken")
		}
	}
}

func TestRoomFileIsCutAtItsFront(t *testing.T) {
	c := testCache(t)
	info := chatnet.RoomInfo{ID: "r", Epoch: "e", After: 10}
	r := c.enter(info)
	r.max = 100 << 10
	all := messages("r", 10, 3000)
	for i := 0; i < len(all); i += 100 {
		r.store(all[i : i+100])
		if r.size > r.max {
			t.Fatalf("the file has %d bytes after a cut", r.size)
		}
	}
	if stat, err := os.Stat(r.path); err != nil || stat.Size() != r.size {
		t.Fatalf("the file has %v bytes, should have %d (%v)", stat.Size(), r.size, err)
	}
	again, err := openCache(machine{}, c.path, c.log)
	if err != nil {
		t.Fatal(err)
	}
	r = again.rooms["r"]
	if r == nil || r.cursor != all[2999].Seq || r.after <= 10 {
		t.Fatalf("the room is %+v", r)
	}
	evs := r.before(0, 100000)
	if len(evs) < 200 || evs[0].Prev != r.after {
		t.Fatalf("%d events are left, from %d, after %d", len(evs), evs[0].Prev, r.after)
	}
	if d := cmp.Diff(all[3000-len(evs):], evs, clean()); d != "" {
		t.Error(d)
	}
}

func TestRoomGoesOnWhenItsFileCannot(t *testing.T) {
	c := testCache(t)
	r := c.enter(chatnet.RoomInfo{ID: "r", Epoch: "e"})
	all := messages("r", 0, 30)
	r.store(all[:10])
	if err := os.RemoveAll(c.path); err != nil {
		t.Fatal(err)
	}
	r.store(all[10:20])
	r.store(all[20:])
	if !r.broken || r.cursor != all[29].Seq {
		t.Errorf("broken %v, cursor %d", r.broken, r.cursor)
	}
	if got := r.before(0, 10); got != nil {
		t.Errorf("%d events come from a file that is gone", len(got))
	}
	if got := c.cursors(); len(got) != 1 || got[0].Seq != all[29].Seq {
		t.Errorf("cursors %v", got)
	}
}

func TestSearchFindsEverySeq(t *testing.T) {
	c := testCache(t)
	r := c.enter(chatnet.RoomInfo{ID: "r", Epoch: "e"})
	all := messages("r", 0, 500)
	long := &all[77]
	long.Body = chatnet.Said{Text: chatnet.Clean(strings.Repeat("long ", 1500))}
	r.store(all)
	f, err := os.Open(r.path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for seq := chatnet.Seq(1); seq <= 1501; seq++ {
		_, got, err := search(f, r.size, seq)
		want := chatnet.Seq(0)
		if i := int(seq+2)/3 - 1; i < len(all) {
			want = all[i].Seq
		}
		if err != nil || got.Seq != want {
			t.Fatalf("search %d gives %d, %v; want %d", seq, got.Seq, err, want)
		}
	}
}

func TestNumbersAreReservedAhead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dev")
	given := make(map[chatnet.Origin]bool)
	var dev chatnet.Dev
	for range 3 {
		n, err := openNumbers(machine{}, path)
		if err != nil {
			t.Fatal(err)
		}
		if dev != 0 && n.dev != dev {
			t.Error("the client's id changed")
		}
		dev = n.dev
		for range reserve + 5 {
			o, err := n.take()
			if err != nil || given[o] || o.Dev != dev || o.N == 0 {
				t.Fatalf("%v %v", o, err)
			}
			given[o] = true
		}
	}
}

func TestOutboxIsCompactedWhileItIsNotEmpty(t *testing.T) {
	d, err := openDir(machine{}, filepath.Join(t.TempDir(), "client"))
	if err != nil {
		t.Fatal(err)
	}
	o, err := openOutbox(d, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	say := chatnet.Say{Room: "r", Text: chatnet.Clean(strings.Repeat("x", chatnet.MaxText))}
	for range 2 { // the first stays
		if err := o.add(say); err != nil {
			t.Fatal(err)
		}
	}
	first := o.entries[0].say
	for range 300 {
		if err := o.add(say); err != nil {
			t.Fatal(err)
		}
		o.stored(o.entries[1].say.Origin, "r", 1)
	}
	if o.journal.size > compactAt+64<<10 {
		t.Errorf("the journal has %d bytes for %d messages", o.journal.size, len(o.entries))
	}
	if err := o.close(); err != nil {
		t.Fatal(err)
	}
	o, err = openOutbox(d, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.entries) != 2 || o.entries[0].say.Origin != first.Origin || o.entries[0].say.Text != say.Text {
		t.Errorf("%d messages are there after opening it again", len(o.entries))
	}
	if err := o.close(); err != nil {
		t.Error(err)
	}
	if err := d.close(); err != nil {
		t.Error(err)
	}
}
