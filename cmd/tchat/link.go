package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/client"
)

// link is a client whose updates are looked at on their way to the interface:
// a welcome is worth remembering, and the last failure is the exit code.
type link struct {
	*client.Client
	updates chan chatnet.Update
	welcome func(chatnet.Welcome)
	outcome *outcome
	leaving chan struct{} // closed when nobody looks at updates any more
	quit    atomic.Bool   // the person said goodbye; the server shall hear it
}

func newLink(c *client.Client, welcome func(chatnet.Welcome), o *outcome) *link {
	return &link{
		Client: c, updates: make(chan chatnet.Update), welcome: welcome, outcome: o, leaving: make(chan struct{}),
	}
}

// Do is the client's, and remembers a goodbye.
func (l *link) Do(r chatnet.Request) error {
	err := l.Client.Do(r)
	if _, ok := r.(chatnet.Quit); ok && err == nil {
		l.quit.Store(true)
	}
	return err
}

// Updates returns the client's updates, in their order.
func (l *link) Updates() <-chan chatnet.Update { return l.updates }

// run runs the client until ctx ends. The channel that it returns is closed
// when everything is over.
func (l *link) run(ctx context.Context) <-chan struct{} {
	over := make(chan struct{})
	var both sync.WaitGroup
	both.Go(func() { l.outcome.set(l.Run(ctx)) })
	both.Go(func() { l.pass() })
	go func() { both.Wait(); close(over) }()
	return over
}

// goodbyeLimit is how long a goodbye may take to reach the server.
const goodbyeLimit = 2 * time.Second

// end ends what run began and waits for it, after a goodbye has gone out.
func (l *link) end(cancel context.CancelFunc, over <-chan struct{}) {
	close(l.leaving)
	if l.quit.Load() {
		t := time.NewTimer(goodbyeLimit)
		defer t.Stop()
		select {
		case <-over:
		case <-t.C:
		}
	}
	cancel()
	<-over
}

// pass hands updates on. When nobody looks any more it only empties the
// client's channel.
func (l *link) pass() {
	defer close(l.updates)
	for u := range l.Client.Updates() {
		switch u := u.(type) {
		case chatnet.Welcomed:
			l.outcome.reached()
			l.welcome(u.Welcome)
		case chatnet.LinkChanged:
			if u.Err != nil {
				l.outcome.set(u.Err)
			}
		default:
		}
		select {
		case l.updates <- u:
		case <-l.leaving:
		}
	}
}

// outcome is what is left to say when the screen is gone: why no server was
// ever reached.
type outcome struct {
	mu   sync.Mutex
	up   bool
	last error
}

// reached notes that a server let us in.
func (o *outcome) reached() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.up = true
}

// set notes why there is no link.
func (o *outcome) set(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err != nil {
		o.last = err
	}
}

// err returns the last failure, if no server was ever reached.
func (o *outcome) err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.up || chatnet.CodeOf(o.last) == chatnet.CodeInternal {
		return nil
	}
	return o.last
}
