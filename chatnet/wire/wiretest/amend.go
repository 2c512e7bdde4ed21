package wiretest

import (
	"fmt"
	"strconv"
	"strings"

	"tchat/chatnet"
)

// said is what a message is recorded as.
func said(s chatnet.Say) chatnet.Body {
	if s.Edits != 0 {
		return chatnet.Edited{Target: s.Edits, Text: s.Text}
	}
	return chatnet.Said{Text: s.Text, Color: s.Color, Me: s.Me, Reply: s.Reply}
}

// amend records what the session's user does to a message.
func (h *Hub) amend(id chatnet.RoomID, target chatnet.Seq, b chatnet.Body) (d chatnet.Delivery, a chatnet.Answer, err *chatnet.Error) {
	if room := h.byID(id); room != nil && !room.said(target) {
		return d, nil, chatnet.E(chatnet.CodeBadRequest, fmt.Sprintf("there is no message %d in this room", target))
	}
	return h.inside(id, func(room *room, d *chatnet.Delivery) chatnet.Answer {
		d.Events = append(d.Events, h.recordAbout(room, h.self, target, b))
		return chatnet.Done{}
	})
}

// recordAbout is record for what is done to a message: a redaction takes its
// words out of the log.
func (h *Hub) recordAbout(r *room, by chatnet.Member, target chatnet.Seq, b chatnet.Body) chatnet.Event {
	ev := h.record(r, by, b)
	if _, ok := b.(chatnet.Redacted); ok {
		for i := range r.events {
			if r.events[i].Words(target) {
				r.events[i] = r.events[i].Masked()
			}
		}
	}
	return ev
}

// said reports whether a seq is that of a message.
func (r *room) said(seq chatnet.Seq) bool {
	if seq == 0 || seq > chatnet.Seq(len(r.events)) {
		return false
	}
	_, ok := r.events[seq-1].Body.(chatnet.Said)
	return ok
}

// about lets somebody do something to a message of the lobby.
func (h *Hub) about(lobby *room, m chatnet.Member, deed string) (chatnet.Delivery, bool) {
	verb, rest, _ := strings.Cut(deed, " ")
	first, text, _ := strings.Cut(rest, " ")
	n, err := strconv.ParseUint(first, 10, 53)
	emoji, number, hasTo := strings.Cut(rest, " to ")
	if verb == "takes" {
		emoji, number, hasTo = strings.Cut(rest, " from ")
	}
	if hasTo {
		n, err = strconv.ParseUint(number, 10, 53)
	}
	if err != nil {
		return chatnet.Delivery{}, false
	}
	target := chatnet.Seq(n)
	var body chatnet.Body
	switch {
	case verb == "corrects":
		body = chatnet.Edited{Target: target, Text: chatnet.Clean(text)}
	case verb == "answers":
		body = chatnet.Said{Text: chatnet.Clean(text), Reply: target}
	case verb == "redacts":
		body = chatnet.Redacted{Target: target, Reason: chatnet.CleanLine(text)}
	case hasTo && (verb == "puts" || verb == "takes"):
		e, err := chatnet.ParseEmoji(emoji)
		if err != nil {
			return chatnet.Delivery{}, false
		}
		body = chatnet.Reacted{Target: target, Emoji: e, On: verb == "puts"}
	default:
		return chatnet.Delivery{}, false
	}
	return chatnet.Delivery{Events: []chatnet.Event{h.recordAbout(lobby, m, target, body)}}, true
}
