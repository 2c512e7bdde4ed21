package server

import (
	"context"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// How long a peer of a dialect with manners is given: to take what waits for it
// at the end, and to leave after somebody else asked for its name (DOORS C11).
const (
	drainLimit = 3 * time.Second
	owedLimit  = 2 * time.Second
	probeLimit = 200 * time.Millisecond
)

// What a talker's peer may send: people type, and now and then they paste.
// Whoever sends more is read more slowly, and nothing is lost.
const (
	readRate  = 16 << 10 // bytes a second
	readBurst = 128 << 10
)

// budget is how much may be read. The zero value is a full one.
type budget struct {
	spent int       // bytes, as of at
	at    time.Time // the last time that something was spent
	shut  time.Time // until when nothing is read; zero if it is
}

// spend notes that n bytes were read.
func (b *budget) spend(n int, now time.Time) {
	if !b.at.IsZero() {
		b.spent = max(0, b.spent-int(now.Sub(b.at).Seconds()*readRate))
	}
	b.at = now
	if b.spent += n; b.spent > readBurst {
		b.shut = now.Add(time.Duration(b.spent-readBurst) * time.Second / readRate)
	}
}

// open reports whether something may be read.
func (b *budget) open(now time.Time) bool {
	if now.Before(b.shut) {
		return false
	}
	b.shut = time.Time{}
	return true
}

// say writes to a talker, as soon as its manners allow.
func (c *conn) say(ws []wire.Write) error {
	if !c.pace.put(ws) {
		return c.bye(chatnet.E(chatnet.CodeBusy, "more was said than this connection can take; come back to read on"))
	}
	return c.flush()
}

// flush writes what may be written now.
func (c *conn) flush() error {
	for {
		out := c.pace.take(time.Now())
		if out == nil {
			return nil
		}
		if err := c.write(out); err != nil {
			return c.failed(err)
		}
	}
}

// late tells a talker that the rest of what it waits for does not come.
func (c *conn) late(ctx context.Context) error {
	c.lateAt = time.Time{}
	return c.apply(ctx, c.talker.Late())
}

// halfClosed lets a peer that says no more have the answers to what it said
// (printf 'ada\nhello\n' | nc), for a moment.
func (c *conn) halfClosed(ctx context.Context) error {
	c.goneAt = time.Now().Add(owedLimit)
	if err := c.late(ctx); err != nil {
		return err
	}
	return c.paid()
}

// paid ends the connection of a peer that closed its side when it has all its
// answers.
func (c *conn) paid() error {
	if c.goneAt.IsZero() || (c.talker.Owing() || !c.pace.empty()) && time.Now().Before(c.goneAt) {
		return nil
	}
	return errEnded
}

// probe makes the connection of whoever is called key show whether it is alive
// (DOORS C11), and reports whether there is one that can.
func (s *Server) probe(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		if c.called == key {
			select {
			case c.probes <- struct{}{}:
			default: // it is being asked
			}
			return true
		}
	}
	return false
}

// name notes what the peer of a prober is called.
func (c *conn) name(nick chatnet.Nick) {
	if c.prober == nil {
		return
	}
	c.s.mu.Lock()
	c.called = nick.Key()
	c.s.mu.Unlock()
}

// renamed notes a new nick.
func (c *conn) renamed(d chatnet.Delivery) {
	for _, sig := range d.Signals {
		if self, ok := sig.(chatnet.SelfChanged); ok {
			c.name(self.Nick)
		}
	}
	for _, r := range d.Replies {
		if w, ok := r.Answer.(chatnet.Welcome); ok {
			c.name(w.Nick)
		}
	}
}

// drain writes what still waits at the end, and lets the peer read it.
func (c *conn) drain(ctx context.Context, r *reader) {
	limit := time.Now().Add(drainLimit)
	for !c.pace.empty() && time.Now().Before(limit) {
		if !c.pass(ctx, r, time.Until(c.pace.next)) || c.flush() != nil {
			return
		}
	}
	c.pass(ctx, r, c.pace.m.Farewell)
}

// pass lets time pass and reads away what comes. It reports false when the peer
// is gone or ctx over.
func (c *conn) pass(ctx context.Context, r *reader, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	gone := r.done
	if !c.goneAt.IsZero() {
		gone = nil // it says no more, and may still listen
	}
	for {
		select {
		case <-r.in: // read away
		case r.next <- struct{}{}:
		case <-gone:
			return false
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		}
	}
}
