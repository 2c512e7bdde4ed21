package sim

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2" // chance that can be had again
	"time"
)

// dice is a stream of chance for one purpose.
type dice struct{ *rand.Rand }

// roll returns the stream that a seed has for a purpose. The same seed and
// name give the same stream, whatever else was rolled before.
func roll(seed uint64, purpose ...any) dice {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, purpose...) // a hash takes everything
	return dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// hit reports true once in n times.
func (d dice) hit(n int) bool { return d.IntN(n) == 0 }

// span returns a time between low and high.
func (d dice) span(low, high time.Duration) time.Duration {
	if high <= low {
		return low
	}
	return low + time.Duration(d.Int64N(int64(high-low)))
}
