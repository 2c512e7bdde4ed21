package main

import (
	"context"
	"errors"
	"net"

	"tchat/chatnet"
)

// errStore ends a server whose disk failed.
var errStore = errors.New("the store failed, so nothing more can be kept; the log has the cause. " +
	"When the disk is well again, start the server again: what was acknowledged is there")

// runHost serves on this machine until it is asked to end: with a screen in
// front when a person is there, else with the log alone.
func runHost(ctx context.Context, s *settings) error {
	screen := interactive() && !s.Headless
	log, file, err := openLog(s, screen)
	if err != nil {
		return err
	}
	defer file.Close() // the last line was written, or there is nobody to tell
	nick := hostNick(s)
	r, err := startServer(ctx, s, nick, log)
	if err != nil {
		return err
	}
	ctx, cancel := untilSignal(ctx)
	defer cancel()
	if screen {
		err = hostScreen(ctx, s, r, nick)
	} else {
		err = r.attend(ctx)
	}
	return errors.Join(err, r.stop(ctx))
}

// hostNick returns whoever hosts: the nick that was asked for, else the login
// name.
func hostNick(s *settings) chatnet.Nick {
	if nick, err := chatnet.ParseNick(s.Nick); err == nil {
		return nick
	}
	return loginNick()
}

// attend serves without a screen until ctx ends, or returns an error when the
// store failed.
func (r *running) attend(ctx context.Context) error {
	for _, line := range r.guests() {
		r.log.Info("guests type: " + line) //nolint:sloglint // so that the line can be copied as it stands
	}
	return r.wait(ctx)
}

// wait returns when ctx ends, or with an error when the store failed.
func (r *running) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-r.hub.Failed():
		return errStore
	}
}

// guests returns the lines that guests can type.
func (r *running) guests() []string {
	machine, err := net.InterfaceAddrs()
	if err != nil {
		r.log.Warn("the machine's addresses are not known", "err", err)
	}
	return guestLines(r.doors, r.key.Fingerprint(), machine)
}
