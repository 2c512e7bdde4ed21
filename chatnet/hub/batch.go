package hub

import (
	"sync"

	"tchat/chatnet"
)

// chunk is what one append brought, or one read from the store. It never
// changes, so any number of sessions share it.
type chunk struct {
	events []chatnet.Event
	ends   []int // ends[i] is about how many bytes events[0..i] have

	mu   sync.Mutex // guards the list, not what is in it
	made []*encoded
}

// encoded is a chunk in one dialect: contiguous bytes, and where each event's end.
type encoded struct {
	dialect string
	once    sync.Once
	bytes   []byte
	ends    []int
}

// eventCost is about what an event takes beside its texts, in bytes.
const eventCost = 128

func newChunk(evs []chatnet.Event) *chunk {
	c := &chunk{events: evs, ends: make([]int, len(evs))}
	total := 0
	for i, ev := range evs {
		total += sizeOf(ev)
		c.ends[i] = total
	}
	return c
}

// sizeOf returns about how many bytes an event has on the wire.
func sizeOf(ev chatnet.Event) int {
	n := eventCost
	switch b := ev.Body.(type) {
	case chatnet.Said:
		n += b.Text.Len()
	case chatnet.Edited:
		n += b.Text.Len()
	case chatnet.Redacted:
		n += b.Reason.Len()
	case chatnet.TopicSet:
		n += b.Topic.Len()
	case chatnet.Parted:
		n += b.Reason.Len()
	case chatnet.Reacted, chatnet.Joined, chatnet.Renamed, chatnet.Registered, chatnet.NickSet,
		chatnet.RoleSet, chatnet.RoomMade, chatnet.Forgotten:
	}
	return n
}

func (c *chunk) prev() chatnet.Seq { return c.events[0].Prev }
func (c *chunk) last() chatnet.Seq { return c.events[len(c.events)-1].Seq }
func (c *chunk) size() int         { return c.ends[len(c.ends)-1] }

// in returns the chunk in a dialect, made at most once.
func (c *chunk) in(dialect string, encode func(dst []byte, ev chatnet.Event) []byte) *encoded {
	e := c.slot(dialect)
	e.once.Do(func() {
		e.bytes = make([]byte, 0, c.size())
		e.ends = make([]int, len(c.events))
		for i, ev := range c.events {
			e.bytes = encode(e.bytes, ev)
			e.ends[i] = len(e.bytes)
		}
	})
	return e
}

// slot returns the place for a dialect's encoding. There are few dialects, so
// the list is searched.
func (c *chunk) slot(dialect string) *encoded {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.made {
		if e.dialect == dialect {
			return e
		}
	}
	e := &encoded{dialect: dialect}
	c.made = append(c.made, e)
	return e
}

// Batch is a run of one room's events: a piece of what one append brought. It
// is shared with other sessions and never changes.
type Batch struct {
	c        *chunk
	from, to int // events[from:to]
}

// Events returns the events, ascending. The slice is shared: do not write to it.
func (b Batch) Events() []chatnet.Event {
	if b.c == nil {
		return nil
	}
	return b.c.events[b.from:b.to:b.to]
}

// Encoded returns the batch as encode writes it, one event behind the other.
// An event is encoded at most once per dialect name, however many sessions ask;
// encode must give the same bytes for all of them. The slice is shared: do not
// write to it.
func (b Batch) Encoded(dialect string, encode func(dst []byte, ev chatnet.Event) []byte) []byte {
	if b.c == nil || b.from == b.to {
		return nil
	}
	e := b.c.in(dialect, encode)
	start, end := 0, e.ends[b.to-1]
	if b.from > 0 {
		start = e.ends[b.from-1]
	}
	return e.bytes[start:end:end]
}

// size returns about how many bytes the batch has.
func (b Batch) size() int {
	n := b.c.ends[b.to-1]
	if b.from > 0 {
		n -= b.c.ends[b.from-1]
	}
	return n
}

// last returns the seq of the batch's last event.
func (b Batch) last() chatnet.Seq { return b.c.events[b.to-1].Seq }
