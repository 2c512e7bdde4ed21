package sim

import (
	"slices"
	"strings"
	"testing"
)

// bugSeeds is within how many seeds each bug must be found.
const bugSeeds = 200

// bug is a defect that the simulation must find, and the rules of which it
// breaks at least one.
type bug struct {
	name  string
	rules string
	seams func() Seams
}

// bugs are put in at the seams: no production code knows of them.
func bugs() []bug {
	return []bug{
		{"a reply before the commit", "I1 I9", withStore(replyBeforeCommit)},
		{"an event delivered before the commit", "I6 I7 I9", deliveredBeforeCommit},
		{"the server's log never synced", "I1 I9", hostNoSync},
		{"an append answered and not done", "I1 I9", withStore(lostAppend)},
		{"a full disk taken for a success", "I1 I9", withStore(errorIsOK)},
		{"origins known as long as the process lives", "I2", withStore(forgetOrigins(0))},
		{"origins known for ten seconds", "I2", withStore(forgetOrigins(10e9))},
		{"a blind retry of an append", "I2", withStore(blindRetry)},
		{"a wrong prev", "I6 I7", withStore(brokenChain)},
		{"a resume that leaves out one event", "I6 I7", withStore(readSkips)},
		{"texts cut", "I3", withStore(changed(1, cutText))},
		{"a message under another user's name", "I3", withStore(changed(20, wrongSender))},
		{"a batch stored backwards", "I4", withStore(backwards)},
		{"a new epoch in every life", "I7", withStore(otherEpoch)},
		{"the last transaction dropped at a start", "I1", lastLineLost},
		{"an event lost by the server", "I7", hostWrites(every(20, `{"ev":`, gone))},
		{"an event written twice", "I7", hostWrites(every(20, `{"ev":`, twice))},
		{"events swapped", "I7", hostWrites(swapped)},
		{"an event with another seq", "I6 I7 I9", hostWrites(every(20, `{"ev":`, higher(`"seq":`)))},
		{"a reply written twice", "I8", hostWrites(every(10, `{"re":`, twice))},
		{"a reply forgotten", "I8 I10", hostWrites(every(10, `{"re":`, gone))},
		{"a reply to another request", "I8", hostWrites(every(10, `{"re":`, higher(`{"re":`)))},
		{"a reply with another seq", "I1", hostWrites(every(5, `{"re":`, higher(`"seq":`)))},
		{"a cursor one too far", "I7", clientWrites(tooFar)},
		{"a cursor moved over a gap", "I5 I6 I7", gapHidden},
		{"a message settled before its reply", "I1", settledUnheard},
		{"every message called a new try", "I4", clientWrites(alwaysAgain)},
		{"an outbox never synced", "I10", inFile("outbox", func(f *badFile) { f.noSync = true })},
		{"an outbox dropped at a start", "I10", outboxDropped},
		{"numbers given twice", "I2 I10", counterKept},
		{"files left open", "I11", inFile("rooms", func(f *badFile) { f.noClose = true })},
	}
}

// TestBugs looks for each bug: the simulation is worth what it finds. A seed
// that found one must, mostly, find it again.
func TestBugs(t *testing.T) {
	all, again := bugs(), 0
	for _, b := range all {
		seed, rules := hunt(t, b)
		if len(rules) == 0 {
			t.Errorf("%s: not found in %d seeds", b.name, bugSeeds)
			continue
		}
		if !slices.ContainsFunc(strings.Fields(b.rules), func(r string) bool { return rules[r] }) {
			t.Errorf("%s: it broke %v, want one of %s", b.name, sortedKeys(rules), b.rules)
		}
		if len(Check(live(t, seed, b.seams()))) > 0 {
			again++
		}
		t.Logf("%s: found by seed %d, it broke %v", b.name, seed, sortedKeys(rules))
	}
	t.Logf("%d bugs, %d of them found again by the same seed", len(all), again)
	if again < len(all)*3/4 {
		t.Errorf("the same seed found only %d of %d bugs again", again, len(all))
	}
}

// hunt returns the first seed that finds a bug, and the rules that it broke.
func hunt(t *testing.T, b bug) (uint64, map[string]bool) {
	t.Helper()
	rules := map[string]bool{}
	for seed := range uint64(bugSeeds) {
		for _, v := range Check(live(t, seed, b.seams())) {
			rules[v.Rule] = true
		}
		if len(rules) > 0 {
			return seed, rules
		}
	}
	return 0, nil
}
