package wire

import (
	"strings"
	"unicode/utf8"
)

// MaxWrite is how many bytes one write to a peer that reads 1024 at a time may
// have (C1).
const MaxWrite = 1000

// Cut cuts a message into parts of at most limit bytes, each with the prefix
// that says whose it is, and never inside a UTF-8 character (C1, C10). Every
// line of the text begins a part, so that no line stands there without its
// sender (C8). It cuts at a blank where there is one in the second half of a
// part. A text without anything gives the prefix alone. The prefix must leave
// room for a character.
func Cut(prefix, text string, limit int) []string {
	var parts []string
	room := max(limit-len(prefix), utf8.UTFMax)
	for line := range strings.SplitSeq(text, "\n") {
		for len(line) > room {
			at := cutAt(line, room)
			parts = append(parts, prefix+strings.TrimRight(line[:at], " "))
			line = strings.TrimLeft(line[at:], " ")
		}
		parts = append(parts, prefix+line)
	}
	return parts
}

// cutAt returns where a line of more than limit bytes is cut.
func cutAt(line string, limit int) int {
	at := limit
	for at > 0 && !utf8.RuneStart(line[at]) {
		at--
	}
	if blank := strings.LastIndexByte(line[:at], ' '); blank > limit/2 {
		return blank + 1
	}
	if at == 0 {
		return limit // no character is that long: it is not UTF-8
	}
	return at
}
