package hub

import "context"

// The bounds of the readers. A session has at most one job at a time.
const (
	readerCount = 8
	readerQueue = 4096
)

// readers are a few goroutines that do what may wait for the disk and is not
// a log's writing.
type readers struct{ jobs chan func(context.Context) }

func newReaders(h *Hub) *readers {
	p := &readers{jobs: make(chan func(context.Context), readerQueue)}
	for range readerCount {
		h.spawn(func(ctx context.Context) { p.run(ctx, h.stop) })
	}
	return p
}

// send hands a job over. It never waits, and reports false when too many wait.
func (p *readers) send(job func(context.Context)) bool {
	select {
	case p.jobs <- job:
		return true
	default:
		return false
	}
}

// run is a reader's goroutine.
func (p *readers) run(ctx context.Context, stop <-chan struct{}) {
	for {
		select {
		case job := <-p.jobs:
			job(ctx)
		case <-stop:
			return // every job belongs to work that the gate counts
		}
	}
}
