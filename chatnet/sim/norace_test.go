//go:build !race

package sim

const (
	replayed     = 10
	defaultSeeds = 200 // about half a minute
	sameWorlds   = 2   // of those; half of them are, mostly
)
