package server

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tchat/chatnet/wire"
)

// write makes a write of a test: "!" in front is alone, "~" quiet for 250 ms.
func write(s string) wire.Write {
	var w wire.Write
	if s, w.Alone = strings.CutPrefix(s, "!"); w.Alone {
		return wire.Write{Bytes: []byte(s), Alone: true}
	}
	if s, ok := strings.CutPrefix(s, "~"); ok {
		return wire.Write{Bytes: []byte(s), Quiet: 250 * time.Millisecond}
	}
	return wire.Write{Bytes: []byte(s)}
}

func TestPace(t *testing.T) {
	old := wire.Manners{Gap: 50 * time.Millisecond, Join: 20}
	for _, c := range []struct {
		name string
		m    wire.Manners
		puts string   // writes, a blank between
		want []string // "at: bytes"
	}{
		{"one", old, "hello", []string{"0: hello"}},
		{"joined", old, "one two three", []string{`0: one\ntwo\nthree`}},
		{"up to the limit", old, "0123456789 012345678 9", []string{`0: 0123456789\n012345678`, "50: 9"}},
		{"one too many", old, "0123456789 0123456789", []string{"0: 0123456789", "50: 0123456789"}},
		{"alone", old, "one !two three four", []string{"0: one", "50: two", `100: three\nfour`}},
		{"quiet", old, "~200 one two", []string{"0: 200", `250: one\ntwo`}},
		{"quiet joined behind others", old, "one ~two three", []string{`0: one\ntwo`, "250: three"}},
		{"never joined", wire.Manners{Gap: 50 * time.Millisecond}, "one two", []string{"0: one", "50: two"}},
		{"no manners", wire.Manners{}, "one two", []string{"0: one", "0: two"}},
		{"lines that have their end", old, "one/ two/", []string{`0: one\ntwo\n`}},
	} {
		p := pace{m: c.m}
		for s := range strings.FieldsSeq(c.puts) {
			p.put([]wire.Write{write(strings.ReplaceAll(s, "/", "\n"))})
		}
		var got []string
		began := time.Unix(1000, 0)
		for at := began; at.Before(began.Add(time.Second)); at = at.Add(time.Millisecond) {
			for out := p.take(at); out != nil; out = p.take(at) {
				got = append(got, fmt.Sprintf("%d: %s", at.Sub(began).Milliseconds(), strings.ReplaceAll(string(out), "\n", `\n`)))
			}
		}
		if !slices.Equal(got, c.want) || !p.empty() || p.size != 0 {
			t.Errorf("%s: %q and %d bytes left, want %q", c.name, got, p.size, c.want)
		}
	}
}

func TestPaceIsBounded(t *testing.T) {
	p := pace{m: wire.Manners{Queue: 10}}
	if !p.put([]wire.Write{write("12345"), write("67890"), {}}) {
		t.Error("what just fits was refused")
	}
	if p.put([]wire.Write{write("x")}) || !p.empty() {
		t.Error("one byte too many was kept")
	}
	if !p.put([]wire.Write{write("goodbye")}) {
		t.Error("there is no room for a reason")
	}
}

// TestPaceKeepsItsWrites: joining must not write over bytes that a dialect
// still has.
func TestPaceKeepsItsWrites(t *testing.T) {
	p := pace{m: wire.Manners{Join: 100}}
	own := make([]byte, 3, 100)
	copy(own, "one")
	p.put([]wire.Write{{Bytes: own}, {Bytes: []byte("two")}})
	if got := string(p.take(time.Unix(1, 0))); got != "one\ntwo" || string(own[:7]) == "one\ntwo" {
		t.Errorf("%q, and the dialect's bytes are %q", got, own[:7])
	}
}
