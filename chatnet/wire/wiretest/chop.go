// Package wiretest holds what every dialect's tests need: Run plays a
// transcript against a conversation, with a small hub made of thin air behind
// it (Hub), and Chop feeds the same bytes in pieces of every size and demands
// the same result.
package wiretest

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// everyPlace is the length up to which an input is cut at every single place;
// a longer one is cut at about so many places, evenly.
const everyPlace = 2048

// Pieces calls run with input whole, byte by byte, and in two pieces cut at
// every place, and fails t when any result differs from the first. Run feeds
// the pieces to something new each time and returns what came of it.
func Pieces(t testing.TB, input []byte, run func(pieces [][]byte) any) {
	t.Helper()
	step := 1 + len(input)/everyPlace
	var cuts []int
	for cut := step; cut < len(input); cut += step {
		cuts = append(cuts, cut)
	}
	PiecesAt(t, input, cuts, run)
}

// PiecesAt is Pieces that cuts at some places only, for a fuzz target whose
// fuzzer finds the places.
func PiecesAt(t testing.TB, input []byte, cuts []int, run func(pieces [][]byte) any) {
	t.Helper()
	want := run([][]byte{input})
	single := make([][]byte, 0, len(input))
	for i := range input {
		single = append(single, input[i:i+1])
	}
	same(t, "byte by byte", want, run(single))
	for _, cut := range cuts {
		if cut > len(input) {
			continue
		}
		if !same(t, "cut in two", want, run([][]byte{input[:cut], input[cut:]})) {
			t.Logf("cut at %d: %q | %q", cut, input[:cut], input[cut:])
			return
		}
	}
}

// same reports whether got is want, and says how it differs.
func same(t testing.TB, how string, want, got any) bool {
	t.Helper()
	if reflect.DeepEqual(want, got) {
		return true
	}
	t.Errorf("%s differs from whole (-whole +pieces):\n%s", how, Diff(want, got))
	return false
}

// Diff is cmp.Diff that looks into every type.
func Diff(want, got any) string {
	return cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true }))
}

// Heard is what a conversation made of some input, taken together.
type Heard struct {
	Out    string
	Hellos []chatnet.Hello
	Calls  []chatnet.Call
	End    bool
}

// Add joins what one more Step brought.
func (h *Heard) Add(s wire.Step) {
	h.Out += string(s.Out)
	if s.Hello != nil {
		h.Hellos = append(h.Hellos, *s.Hello)
	}
	h.Calls = append(h.Calls, s.Calls...)
	h.End = h.End || s.End
}

// Hear feeds pieces to a new conversation, until it ends.
func Hear(d wire.Dialect, pieces [][]byte) Heard {
	var h Heard
	c := d.Open(wire.Peer{Addr: "127.0.0.1:40000"})
	h.Add(c.Start())
	for _, p := range pieces {
		if h.End {
			break
		}
		// A copy that is spoiled afterwards finds a dialect that keeps p.
		own := append([]byte(nil), p...)
		h.Add(c.Feed(own))
		for i := range own {
			own[i] = '~'
		}
	}
	return h
}

// Chop fails t unless a dialect that frames its messages hears the same from
// input however it was chopped on the way.
func Chop(t testing.TB, d wire.Dialect, input []byte) {
	t.Helper()
	Pieces(t, input, func(pieces [][]byte) any { return Hear(d, pieces) })
}

// ChopAt is Chop that cuts at some places only.
func ChopAt(t testing.TB, d wire.Dialect, input []byte, cuts ...int) {
	t.Helper()
	PiecesAt(t, input, cuts, func(pieces [][]byte) any { return Hear(d, pieces) })
}
