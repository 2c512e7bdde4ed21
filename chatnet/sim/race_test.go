//go:build race

package sim

const (
	replayed     = 2
	defaultSeeds = 6 // ten times slower each
	sameWorlds   = 0 // its scheduler is random on purpose; the invariants hold all the same
)
