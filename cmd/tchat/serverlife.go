package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/gofrs/flock" // one server a data folder

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/identity"
	"tchat/chatnet/server"
	"tchat/chatnet/store"
	"tchat/chatnet/wire/native"
)

// stopLimit is how long a server has to say goodbye; with the closing of the
// store it stays within the five seconds that are promised.
const stopLimit = 4 * time.Second

// running is a server with all it stands on. What is opened first is closed
// last.
type running struct {
	log     *slog.Logger
	lock    *flock.Flock
	doors   []openDoor
	control net.Listener
	key     identity.Key
	store   store.Store
	hub     *hub.Hub
	server  *server.Server
	serving sync.WaitGroup
}

// startServer opens a server on a data folder: the folder's lock, the ports,
// the key, the store, the hub, and only then the doors. When a step fails,
// what was opened before is closed again. The server's owner is the profile of
// nick.
func startServer(ctx context.Context, s *settings, nick chatnet.Nick, log *slog.Logger) (*running, error) {
	r := &running{log: log}
	if err := r.open(ctx, s, nick); err != nil {
		return nil, errors.Join(err, r.closeAll())
	}
	for _, d := range r.doors {
		r.serve(ctx, d.listener, d.kind.door(r.key, s.AllowPlaintext))
		log.Info("a door is open", "door", d.spec.scheme, "addr", d.listener.Addr().String())
	}
	r.serve(ctx, r.control, server.Door{Scheme: "control", Dialect: native.New(), Operator: true})
	return r, nil
}

// open does the steps of startServer that can fail.
func (r *running) open(ctx context.Context, s *settings, nick chatnet.Nick) error {
	specs, err := parseDoors(s)
	if err != nil {
		return err
	}
	data, err := s.dataPath()
	if err != nil {
		return err
	}
	if err := r.lockData(data); err != nil {
		return err
	}
	if err := r.listen(ctx, specs); err != nil {
		return err
	}
	if r.control, err = listenControl(ctx, data); err != nil {
		return err
	}
	if r.key, err = identity.LoadOrMakeKey(filepath.Join(data, "server.key")); err != nil {
		return err
	}
	if r.store, err = openStore(ctx, s, data); err != nil {
		return err
	}
	owner, err := profileOf(homePath(), nick).key()
	if err != nil {
		return err
	}
	info := serverInfo(s, r.store.Durability())
	r.hub, err = hub.Open(ctx, hub.Config{
		Store: r.store, Now: time.Now, Log: r.log, Server: info, Approve: s.Approve, Owner: identity.UserOf(owner.Fingerprint()),
	})
	if err != nil {
		return err
	}
	r.server = server.New(server.Config{Hub: r.hub, Log: r.log, Server: info, MaxConns: maxConns()})
	return nil
}

// lockData makes the data folder and keeps other servers from it.
func (r *running) lockData(data string) error {
	if err := makePrivate(data); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(data, "server.lock"))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return fmt.Errorf("the data folder %s cannot be locked: %w", data, err)
	case !ok:
		return fmt.Errorf("another tchat server runs on the data folder %s; stop that one, or choose another folder with --data", data)
	}
	r.lock = lock
	return nil
}

// listen opens every port, or none.
func (r *running) listen(ctx context.Context, specs []doorSpec) error {
	var lc net.ListenConfig
	for _, spec := range specs {
		l, err := lc.Listen(ctx, "tcp", spec.address())
		if err != nil {
			return listenError(spec, err)
		}
		kind := kindOf(spec.scheme) // parseDoors knows it
		r.doors = append(r.doors, openDoor{spec, kind, l})
	}
	return nil
}

// listenError says why a door does not open, and what to do.
func listenError(spec doorSpec, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("port %s is in use by another program (maybe another tchat --host); choose another with --listen %s://%s",
			spec.port, spec.scheme, net.JoinHostPort(spec.host, "PORT"))
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("this user may not open port %s; choose one above 1023 with --listen %s://%s",
			spec.port, spec.scheme, net.JoinHostPort(spec.host, "PORT"))
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s is no address of this machine; leave the host out to listen on all of them", spec.host)
	}
	return fmt.Errorf("the door %s does not open: %w", spec, err)
}

// serve accepts on a listener until the server shuts down.
func (r *running) serve(ctx context.Context, l net.Listener, d server.Door) {
	r.serving.Go(func() {
		if err := r.server.Serve(ctx, l, d); err != nil {
			r.log.Error("a door failed", "door", d.Scheme, "err", err)
		}
	})
}

// stop says goodbye to everybody, waits until everything is stored and closes
// the store last.
func (r *running) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	r.log.Info("the server is shutting down")
	err := r.server.Shutdown(ctx)
	r.serving.Wait()
	err = errors.Join(err, r.closeAll())
	r.log.Info("the server has ended")
	return err
}

// closeAll closes what is open, in the reverse order of opening.
func (r *running) closeAll() error {
	var err error
	if r.control != nil {
		_ = r.control.Close() // Serve closed it, if it came so far
	}
	if r.store != nil {
		err = errors.Join(err, r.store.Close())
	}
	for _, d := range r.doors {
		_ = d.listener.Close() // Serve closed it, if it came so far
	}
	if r.lock != nil {
		err = errors.Join(err, r.lock.Unlock())
	}
	return err
}

// serverInfo is what the server tells of itself.
func serverInfo(s *settings, durability string) chatnet.ServerInfo {
	name := s.Name
	if name == "" {
		name, _ = os.Hostname() // a server without a name is one, too
	}
	return chatnet.ServerInfo{
		Name: chatnet.CleanLine(name), MOTD: chatnet.Clean(s.MOTD), Version: version(), Durability: durability,
	}
}
