package wire

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// CharWait is how long the beginning of a character waits for its rest (C5). A
// conversation asks for it by Step.Wait.
const CharWait = 30 * time.Millisecond

// maxKept is how many bytes of an unfinished read are kept.
const maxKept = 16 << 10

// Reads turns reads into messages for a dialect that does not frame (C5): one
// read is one message, a line break in it makes several. The zero value is
// ready.
type Reads struct {
	kept []byte // a message that ended inside a character
}

// Feed returns the messages of one read, valid UTF-8 without line breaks, with
// blanks for tabs. A message may be empty. The last one is kept while it ends
// inside a character: then Waiting is true, and the next Feed or Late has it.
func (r *Reads) Feed(p []byte) []string {
	own := slices.Concat(r.kept, p)
	r.kept = nil
	keep := 0
	if end := unfinished(own); end > 0 && len(own) < maxKept {
		keep = len(own) - 1 - strings.LastIndexByte(string(own), '\n')
	}
	whole := own[:len(own)-keep]
	if keep > 0 {
		r.kept = append([]byte(nil), own[len(whole):]...)
	}
	if len(whole) == 0 {
		return nil
	}
	return messages(string(whole))
}

// Late returns what was kept: its rest does not come.
func (r *Reads) Late() []string {
	if len(r.kept) == 0 {
		return nil
	}
	kept := string(r.kept)
	r.kept = nil
	return messages(kept)
}

// Waiting reports whether the beginning of a message is kept.
func (r *Reads) Waiting() bool { return len(r.kept) > 0 }

// messages cuts a read into its messages.
func messages(s string) []string {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "\n"), "\r")
	all := strings.Split(s, "\n")
	for i, m := range all {
		m = strings.TrimSuffix(m, "\r")
		m = strings.ToValidUTF8(m, "\uFFFD")
		all[i] = strings.ReplaceAll(m, "\t", " ")
	}
	return all
}

// unfinished returns how many bytes at the end of p begin a character whose
// rest is not there.
func unfinished(p []byte) int {
	for n := 1; n <= min(len(p), utf8.UTFMax-1); n++ {
		if b := p[len(p)-n]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(p[len(p)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
