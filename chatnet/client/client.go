package client

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"tchat/chatnet"
)

// updates is how many updates may wait for the front end before the client
// stops reading the connection.
const updates = 256

// maxCalls bounds the requests that Do took and the engine has not.
const maxCalls = 256

// Client is one user's attachment to one server. Its methods may be called by
// many goroutines.
type Client struct {
	cfg     Config
	dir     *dir
	out     *outbox
	cache   *cache
	updates chan chatnet.Update
	wake    chan struct{} // capacity 1: the engine has something to look at

	mu      sync.Mutex // guards what follows; never held over I/O
	ran     bool
	up      bool // requests can be sent
	nick    chatnet.Nick
	trusted string // the fingerprint that the person said yes to
	redial  bool
	calls   []chatnet.Request // taken by Do, not yet by the engine
	asks    []chatnet.History // pages wanted, at most one a room
	quit    *chatnet.Quit
}

// New opens the client's folder, making it if needed. The error has
// CodeExists when another client is using the folder, CodeStorage when it
// cannot be read or written, CodeBadRequest when the Config misses something.
// The caller must Close the client.
func New(cfg Config) (*Client, error) {
	cfg = cfg.filled()
	if cfg.Address.Host == "" || cfg.Dir == "" {
		return nil, chatnet.E(chatnet.CodeBadRequest, "a client needs an address and a folder")
	}
	d, err := openDir(cfg.Disk, cfg.Dir)
	if err != nil {
		return nil, err
	}
	out, err := openOutbox(d, cfg.Log)
	if err != nil {
		return nil, errors.Join(err, d.close())
	}
	rooms, err := openCache(cfg.Disk, d.path("rooms"), cfg.Log)
	if err != nil {
		return nil, errors.Join(err, out.close(), d.close())
	}
	return &Client{
		cfg: cfg, dir: d, out: out, cache: rooms, nick: cfg.Nick,
		updates: make(chan chatnet.Update, updates),
		wake:    make(chan struct{}, 1),
	}, nil
}

// Close releases the folder. Call it after Run has returned, or instead of
// Run. What waits in the outbox stays there for the next client.
func (c *Client) Close() error {
	return errors.Join(c.out.close(), c.dir.close())
}

// Updates returns what happens, in order; see Run. Whoever reads it slowly
// slows the reading of the network, and loses nothing.
func (c *Client) Updates() <-chan chatnet.Update { return c.updates }

// Do asks for something, and never waits for the network.
//
// A Say is safe on disk when Do returns nil; Queued tells its origin, which Do
// gives it, and Settled its end. A Say whose Origin is that of a refused one
// takes its place. A History comes back as PageLoaded. After a Quit, Run sends
// what it can within 2 s and returns. Everything else is sent if the link is
// up, and Answered, once.
//
// The error has CodeOffline when the link is not up, CodeBusy when a queue is
// full, CodeTooLong or CodeBadRequest for a Say that no server would take, and
// CodeStorage when the outbox cannot be written.
func (c *Client) Do(r chatnet.Request) error {
	switch r := r.(type) {
	case chatnet.Say:
		if err := c.out.add(r); err != nil {
			return err
		}
		c.nudge()
		return nil
	case chatnet.History:
		c.ask(r)
		return nil
	case chatnet.Quit:
		c.mu.Lock()
		c.quit = &r
		c.mu.Unlock()
		c.nudge()
		return nil
	case chatnet.Redact, chatnet.React, chatnet.Join, chatnet.Create, chatnet.Invite, chatnet.Part,
		chatnet.SetTopic, chatnet.SetNick, chatnet.SetRole, chatnet.SetAway, chatnet.OpenDirect,
		chatnet.ListRooms, chatnet.ListMembers, chatnet.Whois, chatnet.Search, chatnet.MarkRead, chatnet.Type,
		chatnet.ListKnocks, chatnet.Admit, chatnet.Refuse:
		return c.call(r)
	}
	return chatnet.E(chatnet.CodeBadRequest, "there is no request")
}

func (c *Client) call(r chatnet.Request) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.up || c.quit != nil:
		return offline()
	case len(c.calls) >= maxCalls:
		return chatnet.E(chatnet.CodeBusy, "more than "+strconv.Itoa(maxCalls)+" requests wait to be sent; try again")
	}
	c.calls = append(c.calls, r)
	c.nudge()
	return nil
}

func offline() *chatnet.Error {
	return chatnet.E(chatnet.CodeOffline, "there is no connection to the server just now")
}

// Older asks for a page of the events of a room that come before a seq, zero
// meaning from the newest. It comes as PageLoaded, from the cache where that
// has it, else from the server. A later call for the same room takes the place
// of one that was not begun.
func (c *Client) Older(room chatnet.RoomID, before chatnet.Seq) {
	c.ask(chatnet.History{Room: room, Before: before, Limit: chatnet.PageSize})
}

// maxAsks bounds the pages waiting; a front end asks for one room or two.
const maxAsks = chatnet.MaxRooms

func (c *Client) ask(h chatnet.History) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.asks {
		if c.asks[i].Room == h.Room {
			c.asks[i] = h
			return
		}
	}
	if len(c.asks) == maxAsks { // more rooms than a user has: the oldest wish is stale
		c.asks = c.asks[1:]
	}
	c.asks = append(c.asks, h)
	c.nudge()
}

// Trust says that the key with this fingerprint, as LinkUntrusted showed it,
// is the server's. It is remembered when the server proves it. A key that
// contradicts the address's own fingerprint cannot be trusted.
func (c *Client) Trust(fingerprint string) {
	c.mu.Lock()
	c.trusted = fingerprint
	c.mu.Unlock()
	c.nudge()
}

// Redial tries at once where the link waits, is refused or is untrusted.
func (c *Client) Redial() {
	c.mu.Lock()
	c.redial = true
	c.mu.Unlock()
	c.nudge()
}

// SetNick says under which nick the next connection begins, for a link that
// was refused because of the nick; Redial then uses it. To be renamed while the
// link is up, Do a SetNick.
func (c *Client) SetNick(n chatnet.Nick) {
	c.mu.Lock()
	c.nick = n
	c.mu.Unlock()
}

// Discard forgets a refused message, and takes back one that waits: it is not
// sent again, and is Settled with CodeRefused. One that is on its way just
// now stays.
func (c *Client) Discard(o chatnet.Origin) {
	c.out.discard(o)
	c.nudge()
}

// Run keeps the client connected until ctx ends, or until a Quit is done: then
// it returns nil. It may be called once; it closes Updates when it returns.
//
// The first updates are what this machine has: for each room RoomEntered and
// its newest events, Arrived with Cached, then Queued for each message in the
// outbox. Then come LinkChanged and all else as it happens. A refused link
// (LinkRefused, LinkUntrusted) does not end Run; it waits for Redial or Trust.
func (c *Client) Run(ctx context.Context) error {
	c.mu.Lock()
	again := c.ran
	c.ran = true
	c.mu.Unlock()
	if again {
		return chatnet.E(chatnet.CodeExists, "this client runs already, or has run")
	}
	defer close(c.updates)
	e := newEngine(c)
	defer e.end()
	e.dial(ctx)
	e.showCached()
	e.showOutbox()
	e.changed(chatnet.LinkChanged{State: chatnet.LinkDialling})
	return e.loop(ctx)
}

// nudge wakes the engine. It never blocks.
func (c *Client) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}
