package hub

import (
	"slices"

	"tchat/chatnet"
)

// The size of a room's hot tail.
const (
	tailEvents = 512
	tailBytes  = 256 << 10
)

// tail is a room's newest events in memory, as one chunk an append. Whoever
// reads a caught-up room reads here; the chunks are shared by all of them.
type tail struct {
	chunks        []*chunk
	events, bytes int
}

// add puts a chunk behind the others, and lets the oldest go when there are
// too many.
func (t *tail) add(c *chunk) {
	t.chunks = append(t.chunks, c)
	t.events += len(c.events)
	t.bytes += c.size()
	drop := 0
	for drop < len(t.chunks)-1 && (t.events > tailEvents || t.bytes > tailBytes) {
		t.events -= len(t.chunks[drop].events)
		t.bytes -= t.chunks[drop].size()
		t.chunks[drop] = nil
		drop++
	}
	t.chunks = t.chunks[drop:]
}

// after returns about limit bytes of what comes behind a seq and not behind
// until (0: to the end), and whether the tail reaches back so far.
func (t *tail) after(at, until chatnet.Seq, limit int) ([]Batch, bool) {
	if len(t.chunks) == 0 || at < t.chunks[0].prev() {
		return nil, false
	}
	i, _ := slices.BinarySearchFunc(t.chunks, at, func(c *chunk, at chatnet.Seq) int {
		if c.last() <= at {
			return -1
		}
		return 1
	})
	var bs []Batch
	for ; i < len(t.chunks) && limit > 0; i++ {
		b := t.chunks[i].after(at, until, limit)
		if b.from == b.to {
			break
		}
		bs = append(bs, b)
		if limit -= b.size(); b.to < len(b.c.events) {
			break // the rest of the chunk is next
		}
	}
	return bs, true
}

// after returns the run behind a seq and not behind until (0: to the end), at
// least one event and at most about limit bytes.
func (c *chunk) after(at, until chatnet.Seq, limit int) Batch {
	from, found := slices.BinarySearchFunc(c.events, at, bySeq)
	if found {
		from++
	}
	end := len(c.events)
	if until > 0 {
		if end, found = slices.BinarySearchFunc(c.events, until, bySeq); found {
			end++
		}
	}
	start := 0
	if from > 0 {
		start = c.ends[from-1]
	}
	to := from
	for to < end && (to == from || c.ends[to]-start <= limit) {
		to++
	}
	return Batch{c: c, from: from, to: to}
}

// mask takes the words of a redacted message out of what the tail holds. A
// chunk is shared and never changes, so another one takes its place; who reads
// the old one just now gets the redaction next.
func (t *tail) mask(target chatnet.Seq) {
	for i, c := range t.chunks {
		if c.last() < target || !slices.ContainsFunc(c.events, func(ev chatnet.Event) bool { return ev.Words(target) }) {
			continue
		}
		evs := slices.Clone(c.events)
		for j := range evs {
			if evs[j].Words(target) {
				evs[j] = evs[j].Masked()
			}
		}
		t.chunks[i] = newChunk(evs)
		t.bytes += t.chunks[i].size() - c.size()
	}
}

// event returns one event, if the tail has it.
func (t *tail) event(seq chatnet.Seq) (chatnet.Event, bool) {
	if bs, ok := t.after(seq-1, seq, 1); ok && seq > 0 && len(bs) > 0 {
		if ev := bs[0].Events()[0]; ev.Seq == seq {
			return ev, true
		}
	}
	return chatnet.Event{}, false
}

func bySeq(ev chatnet.Event, seq chatnet.Seq) int {
	switch {
	case ev.Seq < seq:
		return -1
	case ev.Seq > seq:
		return 1
	}
	return 0
}

// seqs are the seqs of a room's newest events: enough to say where the newest
// n begin and how far behind a cursor is, without the disk.
type seqs struct {
	list []chatnet.Seq
	cut  bool // there were more
}

// add takes the next seq.
func (s *seqs) add(seq chatnet.Seq) {
	const keep = chatnet.MaxBehind + 1
	if len(s.list) >= 2*keep {
		s.list = slices.Delete(s.list, 0, len(s.list)-keep+1)
		s.cut = true
	}
	s.list = append(s.list, seq)
}

// before returns the seq behind which the newest n events are; n is at most
// chatnet.MaxBehind.
func (s *seqs) before(n int) chatnet.Seq {
	if len(s.list) <= n {
		return 0
	}
	return s.list[len(s.list)-n-1]
}

// behind returns how many events are behind a seq, and whether that is known:
// it is in the log and not more than chatnet.MaxBehind back.
func (s *seqs) behind(at chatnet.Seq) (int, bool) {
	n := len(s.list)
	if at > 0 {
		i, ok := slices.BinarySearch(s.list, at)
		if !ok {
			return 0, false
		}
		n = len(s.list) - 1 - i
	} else if s.cut {
		return 0, false
	}
	return n, n <= chatnet.MaxBehind
}
