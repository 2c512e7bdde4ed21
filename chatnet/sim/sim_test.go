package sim

import (
	"bytes"
	"os"
	"runtime"
	"strconv"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"
)

// The environment of a longer or a single run:
//
//	SIM_SEEDS=20000   so many seeds instead of a few
//	SIM_FIRST=7000    from this seed on
//	SIM_SEED=4711     one seed alone, with its whole trace
const (
	seedsEnv = "SIM_SEEDS"
	firstEnv = "SIM_FIRST"
	seedEnv  = "SIM_SEED"
)

// number returns a number of the environment.
func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// live lets the world of a seed live, on one processor and with chance that
// is the seed's, so that it lives alike again.
func live(t *testing.T, seed uint64, seams Seams) History {
	t.Helper()
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	cryptotest.SetGlobalRandom(t, seed)
	var h History
	synctest.Test(t, func(*testing.T) { h = Run(seed, seams) })
	return h
}

// report fails the test with what a seed broke, and how it came to that.
func report(t *testing.T, seed uint64, h History, found []Violation) {
	t.Helper()
	for i, v := range found {
		if i == 5 {
			t.Errorf("... and %d more", len(found)-i)
			break
		}
		t.Errorf("seed %d breaks %v\n%s", seed, v, h.Around(v.At, 12))
	}
	t.Errorf("all of it: %s=%d go test -run TestSeeds ./chatnet/sim", seedEnv, seed)
}

// TestSeeds holds some seeds' worlds against the invariants.
func TestSeeds(t *testing.T) {
	first, n := number(t, firstEnv, 0), number(t, seedsEnv, defaultSeeds)
	one := number(t, seedEnv, 0)
	if os.Getenv(seedEnv) != "" {
		first, n = one, 1
	}
	var tally tally
	for seed := first; seed < first+n; seed++ {
		h := live(t, seed, Seams{})
		tally.add(h)
		if os.Getenv(seedEnv) != "" {
			var all bytes.Buffer
			h.Trace(&all)
			t.Log("\n" + all.String())
		}
		if found := Check(h); len(found) > 0 {
			report(t, seed, h, found)
		}
	}
	t.Logf("%+v", tally)
	if tally.Stored == 0 {
		t.Error("nothing was ever stored")
	}
}

// tally counts what happened in many worlds.
type tally struct {
	Worlds, Faults, Accepted, Stored, Shown, Recovered int
	Late                                               int           // worlds that needed more than five seconds
	Latest                                             time.Duration // of all
}

func (s *tally) add(h History) {
	s.Worlds++
	for _, r := range h {
		switch x := r.What.(type) {
		case Fault:
			s.Faults++
		case Accepted:
			s.Accepted++
		case Stored:
			s.Stored++
		case Shown:
			s.Shown += len(x.Events)
		case Recovered:
			s.Recovered++
		case Quiet:
			if x.Late > promise {
				s.Late++
			}
			s.Latest = max(s.Latest, x.Late)
		default:
		}
	}
}

// TestReplay lets seeds live twice. All that the driver decides is the same;
// what is not is which of two ready channels a select of the product takes, and
// in which order a map is walked: Go rolls its own dice there, which nobody can
// seed. So about half of the worlds are the same to the last record, and the
// others part somewhere, mostly late.
func TestReplay(t *testing.T) {
	same := 0
	for seed := range uint64(replayed) {
		a, b := live(t, seed, Seams{}), live(t, seed, Seams{})
		for _, h := range []History{a, b} {
			if found := Check(h); len(found) > 0 {
				report(t, seed, h, found)
			}
		}
		if a.Sum() == b.Sum() {
			same++
			continue
		}
		i := 0
		for i < min(len(a), len(b)) && a.line(i, a[i]) == b.line(i, b[i]) {
			i++
		}
		t.Logf("seed %d parts at record %d of %d", seed, i, len(a))
	}
	t.Logf("%d of %d worlds were the same", same, replayed)
	if same < sameWorlds {
		t.Errorf("only %d of %d worlds were the same, want at least %d", same, replayed, sameWorlds)
	}
}
