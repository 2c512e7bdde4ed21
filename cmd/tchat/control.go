package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra" // commands, flags, completions

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// maxSocketPath is how long a unix socket's path may be; some systems take
// 104 bytes, the end included.
const maxSocketPath = 100

// controlLimit is how long a control command waits for its answer.
const controlLimit = 10 * time.Second

// controlPath returns the control socket of the server on a data folder: in
// the folder itself, or, when that path is too long for a socket, in a private
// folder under the system's folder for temporary files.
func controlPath(data string) string {
	path := filepath.Join(data, "control.sock")
	if len(path) <= maxSocketPath {
		return path
	}
	sum := sha256.Sum256([]byte(data))
	return filepath.Join(os.TempDir(), "tchat-"+hex.EncodeToString(sum[:8]), "control.sock")
}

// listenControl opens the control socket; only this user can reach it. The
// caller holds the data folder's lock, so a socket that is there is a dead
// server's.
func listenControl(ctx context.Context, data string) (net.Listener, error) {
	path := controlPath(data)
	if err := makePrivate(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("the control socket cannot be opened: %w", err)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("the control socket cannot be opened: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("the control socket cannot be closed to others: %w", err), l.Close())
	}
	return l, nil
}

// control asks the server on a data folder for one thing, as its operator.
func control(ctx context.Context, data string, r chatnet.Request) (chatnet.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, controlLimit)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", controlPath(data))
	if err != nil {
		return nil, chatnet.E(chatnet.CodeUnreachable,
			"no tchat server runs on the data folder "+data+"; start one with tchat --host, or name its folder with --data")
	}
	defer conn.Close() // the answer is here, or the error is
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()

	out := native.AppendHello(nil, chatnet.Hello{Client: chatnet.CleanLine("tchat " + version()), Nick: loginNick()})
	out = native.AppendCall(out, chatnet.Call{ID: 1, Request: r})
	if _, err := conn.Write(out); err != nil {
		return nil, fmt.Errorf("the server does not listen: %w", err)
	}
	return awaitAnswer(conn)
}

// awaitAnswer reads until the answer to call 1, or the end.
func awaitAnswer(conn net.Conn) (chatnet.Answer, error) {
	var reader native.Reader
	buf := make([]byte, 32<<10)
	for {
		n, err := conn.Read(buf)
		incoming, bad := reader.Feed(buf[:n])
		for _, in := range incoming {
			switch in := in.(type) {
			case native.Reply:
				if in.Err != nil {
					return nil, in.Err
				}
				if in.ID == 1 {
					return in.Answer, nil
				}
			case native.Bye:
				if in.Error != nil {
					return nil, in.Error
				}
			case native.Entered, native.Event, native.Exited, native.Signal, native.Ping, native.Pong:
			}
		}
		if err = errors.Join(bad, err); err != nil {
			return nil, fmt.Errorf("the server did not answer: %w", err)
		}
	}
}

// controlled completes a command that talks to a server on this machine
// with the flags that find it, and runs it with its data folder.
func controlled(c *cobra.Command, run func(c *cobra.Command, data string, args []string) error) *cobra.Command {
	var typed settings
	var config string
	c.GroupID = groupControl
	c.Args = usageArgs(c.Args)
	register(c.Flags(), &typed, "data")
	c.Flags().StringVar(&config, "config", "", "Read this configuration file (default: the XDG config folder's tchat/config.toml)")
	c.RunE = func(c *cobra.Command, args []string) error {
		s, err := osLayers(c.Flags(), &typed, config).resolve()
		if err != nil {
			return err
		}
		data, err := s.dataPath()
		if err != nil {
			return err
		}
		return run(c, data, args)
	}
	return c
}

// nickArg reads a nick that was typed.
func nickArg(s string) (chatnet.Nick, error) {
	n, err := chatnet.ParseNick(s)
	if err != nil {
		return n, usageError{err}
	}
	return n, nil
}
