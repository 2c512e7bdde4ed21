package native

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// wirePeer is somebody of whom nothing is known.
var wirePeer = wire.Peer{}

// kindsOf returns the names of some kinds in a fixed order.
func kindsOf[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// requests is what a client says in a visit: every request once.
func requests() []byte {
	g := newRandom(11)
	out := AppendHello(nil, g.hello())
	for i, name := range kindsOf(g.requests()) {
		out = AppendCall(out, chatnet.Call{ID: uint64(i), Request: g.requests()[name]})
	}
	return AppendPing(out)
}

func TestServerChopped(t *testing.T) {
	for _, in := range []string{
		string(requests()),
		"\r\n" + hello + "rubbish\r\n\n{\"ping\":true}\n" + strings.Repeat("[]\n", 12),
		hello + `{"do":"rooms"}` + "\n" + strings.Repeat("x", chatnet.MaxHelloLine+1) + "\n" + `{"do":"rooms"}` + "\n",
		"GET / HTTP/1.1\r\n\r\n",
		"\x16\x03\x01",
		"\n\n{",
	} {
		wiretest.Chop(t, New(), []byte(in))
	}
}

func FuzzServer(f *testing.F) {
	f.Add(requests(), uint16(50), uint16(900))
	for _, line := range strings.SplitAfter(string(requests()), "\n") {
		f.Add([]byte(hello+line), uint16(25), uint16(40))
	}
	f.Add([]byte("GET / HTTP/1.1\r\n"), uint16(1), uint16(0))
	f.Fuzz(func(t *testing.T, in []byte, one, other uint16) {
		wiretest.ChopAt(t, New(), in, int(one), int(other))
		h := wiretest.Hear(New(), [][]byte{in})
		valid(t, []byte(h.Out))
		again := []byte(nil)
		for _, c := range h.Calls {
			again = AppendCall(again, c)
		}
		back := wiretest.Hear(New(), [][]byte{[]byte(hello), again})
		if !reflect.DeepEqual(h.Calls, back.Calls) {
			t.Fatalf("what was understood does not come back: %s\n%s", back.Out, wiretest.Diff(h.Calls, back.Calls))
		}
	})
}
