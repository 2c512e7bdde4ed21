// Package prompt is the dialect of the Python chat that waits for a question
// and answers with a name (DOORS section 2), and of a person with nc or telnet.
//
// The two are told apart by what comes first: the old client sends a bare name,
// a terminal or a pipe sends a name and a line break. For the old client one write is one
// message, without a line break at its end, and one read is one message. A
// person gets whole lines, each with its time, and the last twenty lines of the
// room; what a person types is cut at line breaks, however it was chopped on
// the way.
//
//	prompt.go  the dialect, its manners, and what is asked before the name
//	voice.go   how messages and notices are written
//	help.go    what is told at the beginning
package prompt
