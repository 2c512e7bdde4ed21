package room

import (
	"fmt"

	"tchat/chatnet"
)

// history lets members read.
func (d decision) history(r chatnet.History) error {
	switch {
	case r.Limit < 0:
		return chatnet.E(chatnet.CodeBadRequest, "a history page has at least one event")
	case r.Limit > chatnet.MaxPage:
		return chatnet.E(chatnet.CodeTooLong, fmt.Sprintf("a history page has at most %d events", chatnet.MaxPage))
	}
	return d.member()
}

// markRead lets members say how far they have read.
func (d decision) markRead(r chatnet.MarkRead) error {
	if err := d.member(); err != nil {
		return err
	}
	if r.Seq > d.s.head {
		return chatnet.E(chatnet.CodeBadCursor, fmt.Sprintf("the room's last event is %d", d.s.head))
	}
	return nil
}
