package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/identity"
	"tchat/chatnet/server"
	"tchat/chatnet/wire/native"
	"tchat/tui"
)

// newVisitor returns a visitor for this machine's profiles.
func newVisitor(s *settings, log *slog.Logger) *visitor {
	v := &visitor{home: homePath(), recent: recentOf(homePath()), log: log, outcome: &outcome{}}
	if s.Room != "" {
		v.room = chatnet.MustRoomName(s.Room) // checked with the settings
	}
	return v
}

// hostScreen lets the host chat in the server that runs in this process, until
// the person leaves, ctx ends or the store fails. A host who wants to leave the
// server running gets its log and waits on.
func hostScreen(ctx context.Context, s *settings, r *running, nick chatnet.Nick) error {
	v := newVisitor(s, r.log)
	defer v.close()
	opened, err := v.here(ctx, r, nick)
	if err != nil {
		return err
	}
	keep := make(chan struct{}, 1)
	o := baseOptions(s)
	o.Opened, o.Nick, o.Room = opened, nick, v.room
	o.KeepServing = func() error {
		select {
		case keep <- struct{}{}:
		default: // said before
		}
		return nil
	}
	if err := drawOver(ctx, r, o); err != nil {
		return err
	}
	v.close()
	select {
	case <-keep:
		r.log = newLog(os.Stderr)
		r.log.Info("the server goes on; Ctrl+C ends it")
		return r.attend(ctx)
	default:
		return nil
	}
}

// drawOver draws until the person leaves, ctx ends or the store fails.
func drawOver(ctx context.Context, r *running, o tui.Options) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var watch sync.WaitGroup
	defer watch.Wait()
	defer cancel(nil)
	watch.Go(func() { cancel(r.wait(ctx)) })
	err := draw(ctx, o)
	if cause := context.Cause(ctx); errors.Is(cause, errStore) {
		err = errors.Join(err, cause)
	}
	return err
}

// here opens a link to the server in this process: TLS, as everybody's, over a
// connection in memory, so that the host is known by the profile's key.
func (v *visitor) here(ctx context.Context, r *running, nick chatnet.Nick) (tui.Opened, error) {
	a := identity.Address{
		Scheme: identity.SchemeTLS, Host: "127.0.0.1", Port: identity.DefaultPort,
		Room: v.room, Fingerprint: r.key.Fingerprint(),
	}
	if len(r.doors) > 0 {
		a.Port = r.doors[0].port()
	}
	door := server.Door{Scheme: "here", Dialect: native.New(), TLS: identity.ServerTLS(r.key)}
	var conns sync.WaitGroup
	opened, err := v.link(ctx, a, nick, wayThere{
		place: "here-" + r.key.Fingerprint(),
		dial: func(context.Context) (net.Conn, error) {
			mine, its := server.Pipe()
			conns.Go(func() { r.server.ServeConn(context.WithoutCancel(ctx), its, door) })
			return mine, nil
		},
		welcome: func(chatnet.Welcome) {},
	})
	if err != nil {
		return opened, err
	}
	end := opened.Close
	opened.Close = v.closing(func() { end(); conns.Wait() })
	opened.Host, opened.Guest = true, r.guests()
	return opened, nil
}

// runStart shows the start screen: recent servers, an address, and hosting
// here, which runs a server for as long as the screen is there.
func runStart(ctx context.Context, s *settings) error {
	if !interactive() {
		return errNoTerminal
	}
	var mu sync.Mutex
	var mine *running
	err := chat(ctx, s, func(v *visitor, o *tui.Options) error {
		o.Nick, _ = chatnet.ParseNick(s.Nick) // no nick: the person is asked
		o.Room = v.room
		o.HostHere = func(ctx context.Context, nick chatnet.Nick) (tui.Opened, error) {
			mu.Lock()
			defer mu.Unlock()
			if mine == nil {
				r, err := startServer(context.WithoutCancel(ctx), s, nick, v.log)
				if err != nil {
					return tui.Opened{}, shown(err)
				}
				mine = r
			}
			return v.here(context.WithoutCancel(ctx), mine, nick)
		}
		var err error
		o.Recent, err = recentOptions(v.recent, time.Now())
		return err
	})
	mu.Lock()
	defer mu.Unlock()
	if mine != nil {
		err = errors.Join(err, mine.stop(ctx))
	}
	return err
}
