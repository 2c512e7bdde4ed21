//go:build race

package sim

const (
	replayed     = 3
	defaultSeeds = 12 // about half a minute under the race detector
	sameWorlds   = 0  // its scheduler is random on purpose; the invariants hold all the same
)
