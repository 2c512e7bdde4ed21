//go:build !unix

package main

// maxConns returns how many connections the server takes at once: 0, no
// bound, where the system has none for files.
func maxConns() int { return 0 }
