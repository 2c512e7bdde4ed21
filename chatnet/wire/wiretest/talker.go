package wiretest

import (
	"strconv"
	"strings"

	"tchat/chatnet/wire"
)

// sent returns the bytes that a transcript's line stands for.
func (r *play) sent(text string) string {
	if _, ok := r.c.(wire.Talker); !ok {
		return text + r.newline()
	}
	text, bare := strings.CutSuffix(text, `\c`)
	if raw, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`); err == nil {
		text = raw
	}
	if bare {
		return text
	}
	return text + r.newline()
}

// write notes writes, each as one line.
func (r *play) write(ws []wire.Write) {
	for _, w := range ws {
		r.out += Shown(w) + r.newline()
	}
}

// Shown is how a transcript shows a write.
func Shown(w wire.Write) string {
	s := strings.ReplaceAll(string(w.Bytes), "\r", `\r`)
	s = strings.ReplaceAll(s, "\n", `\n`)
	if w.Quiet > 0 {
		s = "[quiet " + w.Quiet.String() + "] " + s
	}
	if w.Alone {
		s = "[alone] " + s
	}
	return s
}
