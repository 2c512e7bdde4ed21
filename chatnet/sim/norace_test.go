//go:build !race

package sim

const (
	replayed     = 20
	defaultSeeds = 200 // about half a minute
	sameWorlds   = 4   // half of them are, mostly
)
