package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
	"tchat/tui"
)

// errNoTerminal is the answer where there is no screen to draw on.
var errNoTerminal = usagef("the chat needs a terminal for its input and its output; " +
	"this build has no plain mode yet (a server without a screen is tchat --host --headless)")

// runOpen chats at an address.
func runOpen(ctx context.Context, s *settings, address string) error {
	a, err := parseAddress(s, address)
	if err != nil {
		return err
	}
	if !interactive() {
		return errNoTerminal
	}
	return chat(ctx, s, func(v *visitor, o *tui.Options) error {
		o.Address = a.String()
		nick, err := chatnet.ParseNick(s.Nick)
		if err != nil {
			nick = v.remembered(a)
			if last := v.recent.nick(placeOf(a)); !last.IsZero() {
				o.Guess = last
			}
		}
		o.Nick, o.Room = nick, a.Room
		if nick.IsZero() {
			return nil // the interface asks
		}
		o.User, err = v.user(a, nick)
		return err
	})
}

// parseAddress reads an address, with the room that --room asks for in it.
func parseAddress(s *settings, address string) (identity.Address, error) {
	a, err := identity.ParseAddress(address)
	if err != nil {
		return a, usageError{err}
	}
	if s.Room != "" {
		a.Room = chatnet.MustRoomName(s.Room) // checked with the settings
	}
	return a, nil
}

// visitor opens links for a person of this machine.
type visitor struct {
	home    string // where profiles are
	recent  recent
	log     *slog.Logger
	room    chatnet.RoomName // to join, where the address names none
	outcome *outcome

	mu   sync.Mutex
	ends []func() // of the links that were opened
}

// remembered returns whom one was at a server, unless that one is there now in
// another window: then this is somebody else, who has to be asked.
func (v *visitor) remembered(a identity.Address) chatnet.Nick {
	nick := v.recent.nick(placeOf(a))
	if nick.IsZero() || profileOf(v.home, nick).inUse(a.HostPort()) {
		return chatnet.Nick{}
	}
	return nick
}

// user returns who a profile is at a server, empty where that is not known
// before the welcome.
func (v *visitor) user(a identity.Address, nick chatnet.Nick) (chatnet.UserID, error) {
	if a.Scheme != identity.SchemeTLS {
		return "", nil
	}
	key, err := profileOf(v.home, nick).key()
	if err != nil {
		return "", err
	}
	return identity.UserOf(key.Fingerprint()), nil
}

// placeOf names a server in the list of recent ones: host:port, with the
// scheme where it is not the usual one.
func placeOf(a identity.Address) string {
	if a.Scheme == identity.SchemeTLS {
		return a.HostPort()
	}
	return a.Scheme + "://" + a.HostPort()
}

// open opens a link as the profile of a nick. The interface calls it.
func (v *visitor) open(ctx context.Context, address string, nick chatnet.Nick) (tui.Opened, error) {
	a, err := identity.ParseAddress(address)
	if err != nil {
		return tui.Opened{}, err
	}
	if a.Room.IsZero() {
		a.Room = v.room
	}
	return v.link(ctx, a, nick, wayThere{
		place: a.HostPort(), known: filepath.Join(v.home, "known_servers"),
		welcome: func(w chatnet.Welcome) { v.note(a, w, nick) },
	})
}

// wayThere is how a link reaches its server and what is kept of it.
type wayThere struct {
	place   string // the name of the server among the profile's folders
	known   string // the file of known servers; in the slot's folder when empty
	dial    func(context.Context) (net.Conn, error)
	welcome func(chatnet.Welcome)
}

// link opens a link. It lives until its Close, or v's.
func (v *visitor) link(ctx context.Context, a identity.Address, nick chatnet.Nick, way wayThere) (tui.Opened, error) {
	p := profileOf(v.home, nick)
	key, err := p.key()
	if err != nil {
		return tui.Opened{}, shown(err)
	}
	place, err := p.take(way.place, hasWaiting)
	if err != nil {
		return tui.Opened{}, shown(err)
	}
	if way.known == "" {
		way.known = filepath.Join(place.dir, "known_servers")
	}
	c, err := client.New(client.Config{
		Address: a, Dir: place.dir, Key: key, Known: identity.OpenKnown(way.known), Nick: nick, Room: a.Room,
		Program: chatnet.CleanLine("tchat " + version()), Dial: way.dial, Now: time.Now, Log: v.log,
	})
	if err != nil {
		place.free()
		return tui.Opened{}, shown(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // ctx is for the opening alone
	l := newLink(c, way.welcome, v.outcome)
	over := l.run(ctx)
	return tui.Opened{Link: l, Server: placeOf(a), Close: v.closing(func() {
		l.end(cancel, over)
		if err := c.Close(); err != nil {
			v.log.Warn("a profile was not closed well", "err", err)
		}
		place.free()
	})}, nil
}

// closing makes an end that happens once, at the latest when v closes.
func (v *visitor) closing(end func()) func() {
	once := sync.OnceFunc(end)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ends = append(v.ends, once)
	return once
}

// close ends every link and waits for it.
func (v *visitor) close() {
	v.mu.Lock()
	ends := v.ends
	v.mu.Unlock()
	for _, end := range ends {
		end()
	}
}

// note remembers a server after its welcome.
func (v *visitor) note(a identity.Address, w chatnet.Welcome, nick chatnet.Nick) {
	err := v.recent.note(visit{
		Address: placeOf(a), Name: w.Server.Name.String(), Nick: nick.String(), Last: time.Now().UTC().Truncate(time.Second),
	})
	if err != nil {
		v.log.Warn("the server is not remembered", "err", err)
	}
}

// hasWaiting reports whether a slot's client has lines that the server has not
// got: its journal says "add" of more of them than "done".
func hasWaiting(dir string) bool {
	journal, err := os.ReadFile(filepath.Join(dir, "outbox"))
	if err != nil {
		return false // no client was here
	}
	return bytes.Count(journal, []byte(`"do":"add"`)) > bytes.Count(journal, []byte(`"do":"done"`))
}

// shown makes an error one that the interface shows in its own words.
func shown(err error) error {
	if e := (*chatnet.Error)(nil); errors.As(err, &e) {
		return err
	}
	return chatnet.E(chatnet.CodeInternal, err.Error())
}
