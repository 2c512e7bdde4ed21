package main

import (
	"bytes"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi" // reads a styled line as plain text
)

// groupedOut is standard output for the help of a command with many flags:
// fang lists them all under one title, and groupedOut puts in a title, in the
// same style, where the next group begins. It is a file to whoever asks, so
// that colours are used on a terminal and left out elsewhere.
type groupedOut struct {
	out   *os.File
	first map[string]string // the first flag of a group, "--name" -> the group's title
	title []byte            // fang's own title, as it came
}

// newGroupedOut returns out with the groups of tchat's own flags.
func newGroupedOut(out *os.File) *groupedOut {
	return &groupedOut{out: out, first: map[string]string{"--host": groupHosting}}
}

// Fd, Read and Close are out's own.
func (g *groupedOut) Fd() uintptr                { return g.out.Fd() }
func (g *groupedOut) Read(p []byte) (int, error) { return g.out.Read(p) }
func (g *groupedOut) Close() error               { return g.out.Close() }

// Write passes p on, with titles put in. fang writes whole lines.
func (g *groupedOut) Write(p []byte) (int, error) {
	line, word := p, ""
	if words := strings.Fields(ansi.Strip(string(p))); len(words) > 0 {
		word = words[0]
	}
	if word == "FLAGS" {
		g.title = bytes.Clone(p)
		line = g.titled(groupCommon)
	}
	if group, ok := g.first[word]; ok && g.title != nil {
		line = slices.Concat(g.titled(group), p)
	}
	if _, err := g.out.Write(line); err != nil {
		return 0, err
	}
	return len(p), nil
}

// titled returns fang's title with other words.
func (g *groupedOut) titled(words string) []byte {
	return bytes.Replace(g.title, []byte("FLAGS"), []byte(strings.ToUpper(words)), 1)
}
