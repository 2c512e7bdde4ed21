package room

import (
	"fmt"
	"slices"

	"tchat/chatnet"
)

// edit gives one's own message another text.
func (d decision) edit(r chatnet.Say) ([]chatnet.Event, error) {
	gone, err := d.message(r.Edits)
	switch {
	case err != nil:
		return nil, err
	case d.target.By != d.by.User:
		return nil, chatnet.E(chatnet.CodeForbidden, "only who wrote a message may edit it")
	case gone:
		return nil, chatnet.E(chatnet.CodeForbidden, "the message was redacted; say it anew")
	}
	ev := d.event(bodyOf(r))
	ev.Origin = r.Origin
	return []chatnet.Event{ev}, nil
}

// message checks that a seq is that of the target, a message, and reports
// whether it was redacted. The target may have been read before the last
// redactions were decided, so those are remembered by the room.
func (d decision) message(seq chatnet.Seq) (gone bool, err error) {
	said, ok := d.target.Body.(chatnet.Said)
	if !ok || seq == 0 || d.target.Seq != seq || d.target.Room != d.s.made.New {
		return false, chatnet.E(chatnet.CodeBadRequest, fmt.Sprintf("there is no message %d in this room", seq))
	}
	return said.Redacted() || slices.Contains(d.s.gone, seq), nil
}

// goneSize is how many redactions a room remembers: more than can be decided
// between the reading of a target and the decision about it.
const goneSize = 1024

// noteGone remembers a redaction. A draft shares the list and must not write
// into it.
func (s *State) noteGone(target chatnet.Seq) {
	from := max(0, len(s.gone)-goneSize+1)
	s.gone = append(s.gone[from:len(s.gone):len(s.gone)], target)
}
