package sim

import (
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"tchat/chatnet"
)

// Trace writes a history down, a record a line.
func (h History) Trace(to io.Writer) {
	for i, r := range h {
		_, _ = fmt.Fprintln(to, h.line(i, r)) // a trace that cannot be written is not read
	}
}

func (h History) line(i int, r Record) string {
	return fmt.Sprintf("%6d %12v %-6s %2d  %-9s %s", i, r.At, r.Who, r.Life,
		strings.TrimPrefix(fmt.Sprintf("%T", r.What), "sim."), tell(r.What))
}

// Around returns the lines of a trace around a record.
func (h History) Around(at, lines int) string {
	var b strings.Builder
	for i := max(0, at-lines); i < min(len(h), at+lines/2); i++ {
		b.WriteString(h.line(i, h[i]))
		b.WriteByte('\n')
	}
	return b.String()
}

// Sum is short for a history: two of the same sum are the same.
func (h History) Sum() uint64 {
	sum := fnv.New64a()
	h.Trace(sum)
	return sum.Sum64()
}

// tell says what happened in one line.
func tell(x What) string {
	switch x := x.(type) {
	case Tried:
		return fmt.Sprintf("%s%s %s", x.Say.Room, x.Say.To, short(x.Say.Text.String()))
	case Accepted:
		return short(x.Text)
	case Queued:
		return fmt.Sprintf("%v %s", x.Origin, short(x.Text))
	case Entered:
		return fmt.Sprintf("%s after %d head %d reset %v cached %v", x.Info.ID, x.Info.After, x.Info.Head, x.Info.Reset, x.Cached)
	case Opened:
		return fmt.Sprintf("%s %s after %d head %d reset %v", x.Wire, x.Info.ID, x.Info.After, x.Info.Head, x.Info.Reset)
	case Shown:
		return fmt.Sprintf("%s cached %v%s", x.Room, x.Cached, places(x.Events))
	case Paged:
		return fmt.Sprintf("%s%s", x.Room, places(x.Events))
	case Asked:
		return fmt.Sprintf("%s %d %v again %v %s", x.Wire, x.ID, x.Say.Origin, x.Say.Again, short(x.Say.Text.String()))
	case Replied:
		return fmt.Sprintf("%s %d %s", x.Wire, x.Reply.ID, answer(x.Reply))
	case Told:
		return x.Wire + " " + short(printed(x.Event))
	case Stored:
		return short(printed(x.Event))
	case Recovered:
		return counts(x.Rooms)
	case Final:
		return counts(x.Rooms)
	case Fault:
		return x.Text
	case Settled, Known, Refused, Exited, Reset, Garbled, Quiet, Stuck:
		return fmt.Sprintf("%+v", x)
	}
	return "?"
}

func answer(r chatnet.Reply) string {
	switch a := r.Answer.(type) {
	case chatnet.Stored:
		return fmt.Sprintf("stored %s %d %v dup %v", a.Room, a.Seq, a.Origin, a.Dup)
	case nil:
		return "error " + string(chatnet.CodeOf(r.Err))
	default:
		return strings.TrimPrefix(fmt.Sprintf("%T", a), "chatnet.")
	}
}

func counts(rooms map[chatnet.RoomID][]chatnet.Event) string {
	var b strings.Builder
	for _, id := range sortedKeys(rooms) {
		fmt.Fprintf(&b, " %s:%d", id, len(rooms[id]))
	}
	return b.String()
}

func places(evs []chatnet.Event) string {
	var b strings.Builder
	for _, ev := range evs {
		fmt.Fprintf(&b, " %d", ev.Seq)
	}
	return b.String()
}

// printed is an event as text, every part of it.
func printed(ev chatnet.Event) string {
	return fmt.Sprintf("%s %d<%d %d %s %s %v %v", ev.Room, ev.Seq, ev.Prev, ev.At.UnixMilli(), ev.By, ev.Nick, ev.Origin, ev.Body)
}

func short(s string) string {
	s = strings.ReplaceAll(s, "\n", "/")
	if len(s) > 120 {
		s = s[:120] + "..."
	}
	return s
}
