package wiretest

import (
	"bytes"
	"strings"

	"tchat/chatnet/wire"
)

// Visit plays a visit for a fuzz target of a wire.Talker: a new connection is
// fed pieces, each one read, and behind each of them the next of the happenings
// takes place. At the end, when no more comes, it returns the writes as
// transcripts show them. A piece that the conversation keeps shows as tildes.
func (p Player) Visit(pieces [][]byte, happenings ...string) []string {
	r := p.open()
	for i, piece := range pieces {
		if r.over {
			break
		}
		own := bytes.Clone(piece)
		r.take(r.c.Feed(own))
		for j := range own {
			own[j] = '~'
		}
		if i < len(happenings) && !r.over {
			r.happen(happenings[i])
		}
	}
	if k, ok := r.c.(wire.Talker); ok && !r.over {
		r.take(k.Late())
	}
	if r.out == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(r.out, p.newline()), p.newline())
}
