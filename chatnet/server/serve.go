package server

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// The pauses after a failed accept: from the first, doubled up to the second.
const (
	minBackoff = 5 * time.Millisecond
	maxBackoff = time.Second
)

// Serve accepts connections from l and runs them until ctx ends, Shutdown is
// called or l is closed. It closes l, waits for its connections, and returns
// nil; when ctx ends, its connections are cut. A failed accept (no files left,
// say) is tried again after a pause and never ends it.
func (s *Server) Serve(ctx context.Context, l net.Listener, d Door) error {
	if !s.open(l) {
		return l.Close()
	}
	defer s.shut(l)
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()

	var conns sync.WaitGroup
	defer conns.Wait()
	pause := minBackoff
	for s.slot(ctx) {
		nc, err := l.Accept()
		if err != nil {
			s.free()
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			s.cfg.Log.Warn("a connection could not be accepted", "door", d.Scheme, "err", err, "pause", pause)
			if !s.wait(ctx, pause) {
				return nil
			}
			pause = min(2*pause, maxBackoff)
			continue
		}
		pause = minBackoff
		conns.Go(func() {
			defer s.free()
			s.ServeConn(ctx, nc, d)
		})
	}
	return nil
}

// open notes a listener, so that Shutdown can close it. It reports false when
// the server is closing already.
func (s *Server) open(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return false
	}
	s.listeners[l] = struct{}{}
	return true
}

// shut closes a listener and forgets it.
func (s *Server) shut(l net.Listener) {
	_ = l.Close() // it may be closed already
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.listeners, l)
}

// slot waits for room for one more connection. It reports false when the
// server is closing or ctx over.
func (s *Server) slot(ctx context.Context) bool {
	if s.slots == nil {
		return ctx.Err() == nil
	}
	select {
	case s.slots <- struct{}{}:
		return true
	case <-s.closing:
		return false
	case <-ctx.Done():
		return false
	}
}

// free gives a slot back.
func (s *Server) free() {
	if s.slots != nil {
		<-s.slots
	}
}

// wait pauses. It reports false when the server is closing or ctx over.
func (s *Server) wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.closing:
		return false
	case <-ctx.Done():
		return false
	}
}
