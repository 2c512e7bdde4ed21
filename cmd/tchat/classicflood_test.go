package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
)

// floodSize is how many messages a flood has.
const floodSize = 500

// TestOldProgramsInAFlood: five hundred messages in one go, and every line on
// every screen is whole, in order and there once.
func TestOldProgramsInAFlood(t *testing.T) {
	h := build(t, []string{"nick", "prompt", "room", "tchat+insecure"})
	dave := come(t, h.door("tchat+insecure"), h.home, "dave", "lobby")
	people := []struct {
		*old
		line string // how a message looks on the screen
	}{
		{sit(t, nickProgram(), h.door("nick"), "alice"), "dave: flood %03d cafe"},
		{sit(t, promptProgram(), h.door("prompt"), "bob"), "dave: flood %03d caf\u00e9"},
		{sit(t, roomProgram("lobby"), h.door("room"), "carol"), "dave - flood %03d caf\u00e9"},
	}
	people[1].types("bob")
	for _, o := range people {
		dave.hears("lobby " + o.name + " joins")
	}
	began := time.Now()
	for i := range floodSize {
		dave.says("lobby", fmt.Sprintf("flood %03d caf\u00e9", i), "")
	}
	for _, o := range people {
		var want, got []string
		for i := range floodSize {
			want = append(want, fmt.Sprintf(o.line, i))
		}
		o.sees(want[floodSize-1])
		t.Logf("%s: all is there after %v in %d reads, the least pause between two was %v",
			o.name, time.Since(began).Round(time.Millisecond), o.reads(), o.leastPause())
		for _, line := range o.lines() {
			if strings.Contains(line, "flood") {
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the screen of %s (-want +got):\n%s", o.name, diff)
		}
	}
}

// TestOldColoursInAFlood: coloured messages travel alone, and plain ones
// between them never join them.
func TestOldColoursInAFlood(t *testing.T) {
	h := build(t, []string{"prompt", "tchat+insecure"})
	dave := come(t, h.door("tchat+insecure"), h.home, "dave", "lobby")
	bob := sit(t, promptProgram(), h.door("prompt"), "bob")
	bob.types("bob")
	dave.hears("lobby bob joins")
	var want, got []string
	for i := range 60 {
		color, look := chatnet.Colors()[i%7], "<%s>dave: no %02d</>"
		if i%4 < 2 {
			color, look = "", "%sdave: no %02d"
		}
		dave.says("lobby", fmt.Sprintf("no %02d", i), color)
		want = append(want, strings.Replace(fmt.Sprintf(look, color, i), "magenta", "megenta", 1))
	}
	bob.sees(want[len(want)-1])
	for _, line := range bob.lines() {
		if strings.Contains(line, "dave: no") {
			got = append(got, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the screen (-want +got):\n%s", diff)
	}
}

// TestOldPaste: what a NICK program sends in one go arrives as the lines that
// were pasted, however the network cut it.
func TestOldPaste(t *testing.T) {
	h := build(t, []string{"nick", "tchat+insecure"})
	dave := come(t, h.door("tchat+insecure"), h.home, "dave", "lobby")
	alice := sit(t, nickProgram(), h.door("nick"), "alice")
	dave.hears("lobby alice joins")
	var want []string
	for i := range floodSize {
		text := fmt.Sprintf("line %03d %s.", i, strings.Repeat("x", i%97))
		alice.types(text)
		want = append(want, "lobby alice: "+text)
	}
	dave.hears(want[floodSize-1])
	dave.mu.Lock()
	defer dave.mu.Unlock()
	got := slices.DeleteFunc(slices.Clone(dave.heard), func(s string) bool { return !strings.HasPrefix(s, "lobby alice: ") })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was heard (-want +got):\n%s", diff)
	}
}

// leastPause returns the shortest time between two reads.
func (o *old) leastPause() time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []time.Duration
	for i := 1; i < len(o.came); i++ {
		all = append(all, o.came[i].at.Sub(o.came[i-1].at))
	}
	if len(all) == 0 {
		return 0
	}
	return slices.Min(all)
}
