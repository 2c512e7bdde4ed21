package native

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// seen lets cmp look into chatnet's sealed types.
func seen() cmp.Option {
	return cmp.AllowUnexported(chatnet.Text{}, chatnet.Nick{}, chatnet.RoomName{}, chatnet.Emoji{})
}

// said is the event that the benchmarks use.
func said() chatnet.Event {
	return chatnet.Event{
		Room: "r-lobby", Seq: 12, Prev: 11, At: time.Date(2026, 11, 21, 10, 2, 3, 45e6, time.UTC),
		By: "k-abcdefghijklmnopqrstuvwxyz234567", Nick: chatnet.MustNick("ada"),
		Origin: chatnet.Origin{Dev: 0xa1b2c3d4e5f60718, N: 7},
		Body:   chatnet.Said{Text: chatnet.Clean("hello everyone, this is a line of usual length")},
	}
}

func TestEventIsOneLineOfJSON(t *testing.T) {
	got := string(AppendEvent(nil, said()))
	want := `{"ev":"said","room":"r-lobby","seq":12,"prev":11,"at":"2026-11-21T10:02:03.045Z",` +
		`"by":"k-abcdefghijklmnopqrstuvwxyz234567","nick":"ada","origin":"a1b2c3d4e5f60718-7",` +
		`"text":"hello everyone, this is a line of usual length"}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	back, err := ParseEvent([]byte(got))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(said(), back, seen()); d != "" {
		t.Error(d)
	}
}

func BenchmarkAppendEvent(b *testing.B) {
	ev, dst := said(), make([]byte, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		dst = AppendEvent(dst[:0], ev)
	}
}

func BenchmarkParseEvent(b *testing.B) {
	line := AppendEvent(nil, said())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseEvent(line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFeedSay(b *testing.B) {
	c := New().Open(wire.Peer{})
	c.Start()
	c.Feed(AppendHello(nil, chatnet.Hello{Nick: chatnet.MustNick("ada")}))
	line := AppendCall(nil, chatnet.Call{ID: 7, Request: chatnet.Say{
		Room: "r-lobby", Origin: chatnet.Origin{Dev: 0xa1b2c3d4e5f60718, N: 7},
		Text: chatnet.Clean("hello everyone, this is a line of usual length"),
	}})
	b.ReportAllocs()
	for b.Loop() {
		if s := c.Feed(line); len(s.Calls) != 1 {
			b.Fatal(string(s.Out))
		}
	}
}
