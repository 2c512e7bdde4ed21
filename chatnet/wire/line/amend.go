package line

import (
	"fmt"
	"slices"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// The bounds of what is kept of messages, to say which one is meant.
const (
	maxRecent = 64
	maxQuote  = 60 // characters
)

// heard is a message that may be answered, corrected or reacted to.
type heard struct {
	seq   chatnet.Seq
	nick  string
	text  string // the beginning of it
	likes []like
}

// like is an emoji that somebody put to a message.
type like struct {
	emoji chatnet.Emoji
	by    chatnet.UserID
}

// remember keeps the beginning of a message.
func (r *room) remember(ev chatnet.Event, said chatnet.Said) {
	if len(r.recent) == maxRecent {
		r.recent = slices.Delete(r.recent, 0, 1)
	}
	r.recent = append(r.recent, heard{seq: ev.Seq, nick: ev.Nick.String(), text: beginning(said.Text)})
}

// beginning returns the first words of a text, in one line.
func beginning(t chatnet.Text) string {
	text := []rune(chatnet.CleanLine(t.String()).String())
	if len(text) > maxQuote {
		text = append(text[:maxQuote:maxQuote], []rune("...")...)
	}
	return string(text)
}

// kept returns the message of a seq, nil when it is not kept.
func (r *room) kept(seq chatnet.Seq) *heard {
	for i := range r.recent {
		if r.recent[i].seq == seq {
			return &r.recent[i]
		}
	}
	return nil
}

// quoted returns the line in front of an answer: what it answers.
func (r *room) quoted(seq chatnet.Seq) string {
	if seq == 0 {
		return ""
	}
	return "> " + r.meant(seq) + "\n"
}

// meant says which message an event is about.
func (r *room) meant(seq chatnet.Seq) string {
	if h := r.kept(seq); h != nil {
		return h.nick + ": " + h.text
	}
	return "an older message"
}

// amended tells of what happened to a message that was said: lines cannot be
// changed once they are read.
func (t *Talk) amended(r *room, ev chatnet.Event) {
	who := ev.Nick.String()
	if r.info.Kind == chatnet.KindDirect {
		who += " (private)"
	}
	switch b := ev.Body.(type) {
	case chatnet.Edited:
		if b.Redacted() {
			return // it was taken back since
		}
		if h := r.kept(b.Target); h != nil {
			h.text = beginning(b.Text)
		}
		prefix := who + " corrected: " // before every part: none is taken for the server's word (C8, C10)
		for _, part := range wire.Cut(prefix, b.Text.String(), wire.MaxWrite/2+len(prefix)) {
			t.Tell(part)
		}
	case chatnet.Redacted:
		whose := "an older message"
		if h := r.kept(b.Target); h != nil {
			whose, h.text = "what "+h.nick+" said", "(taken back)" // and not once more what it was
		}
		t.Tell(who + " took back " + whose + because(b.Reason))
	case chatnet.Reacted:
		t.Tell(who + " " + r.reaction(ev.By, b))
	default: // what happened without being about a message
	}
}

// reaction counts an emoji and says how often it was put to a message.
func (r *room) reaction(by chatnet.UserID, b chatnet.Reacted) string {
	n := 1
	if h := r.kept(b.Target); h != nil {
		l := like{b.Emoji, by}
		h.likes = slices.DeleteFunc(h.likes, func(o like) bool { return o == l })
		if b.On && len(h.likes) < maxKnown {
			h.likes = append(h.likes, l)
		}
		n = 0
		for _, o := range h.likes {
			if o.emoji == b.Emoji {
				n++
			}
		}
	}
	if !b.On {
		return "took " + b.Emoji.String() + " back from " + r.meant(b.Target)
	}
	if n > 1 {
		return fmt.Sprintf("put %s (%d times now) to %s", b.Emoji, n, r.meant(b.Target))
	}
	return "put " + b.Emoji.String() + " to " + r.meant(b.Target)
}
