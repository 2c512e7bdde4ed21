package sim

import (
	"container/heap"
	"time"
)

// happening is something that comes true at a time. Those of one time come
// true in the order in which they were planned.
type happening struct {
	at time.Duration // since the world began
	n  uint64
	do func()
}

// queue is what is going to happen. The driver alone uses it.
type queue struct {
	heap happenings
	n    uint64
}

func (q *queue) push(at time.Duration, do func()) {
	q.n++
	heap.Push(&q.heap, happening{at: at, n: q.n, do: do})
}

// next returns when the next happening is.
func (q *queue) next() (time.Duration, bool) {
	if len(q.heap) == 0 {
		return 0, false
	}
	return q.heap[0].at, true
}

func (q *queue) pop() func() { return heap.Pop(&q.heap).(happening).do }

// happenings is a heap, the earliest first.
type happenings []happening

func (h happenings) Len() int      { return len(h) }
func (h happenings) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h happenings) Less(i, j int) bool {
	if h[i].at != h[j].at {
		return h[i].at < h[j].at
	}
	return h[i].n < h[j].n
}

// Push is heap.Interface's.
func (h *happenings) Push(x any) { *h = append(*h, x.(happening)) }

// Pop is heap.Interface's.
func (h *happenings) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	(*h)[last] = happening{}
	*h = (*h)[:last]
	return x
}
