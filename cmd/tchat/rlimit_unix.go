//go:build unix

package main

import "syscall"

// maxConns returns how many connections the server takes at once: four fifths
// of the files that this process may have open. The Go runtime has raised that
// limit as far as it goes.
func maxConns() int {
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return 0
	}
	const most = 1 << 20 // "unlimited" on some systems
	return int(min(lim.Cur, most) * 4 / 5)
}
