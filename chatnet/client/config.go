package client

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// Config says who connects to what, and where it keeps its life. Address, Dir
// and Nick are needed; the rest may be zero.
type Config struct {
	Address identity.Address // of the server; with a fingerprint only that key will do
	Dir     string           // a folder for this one server; nobody else uses it, a second client is refused
	Key     identity.Key     // who we are; the zero Key is a guest, known by a secret in Dir
	Known   *identity.Known  // the servers whose keys are trusted; nil: none
	Nick    chatnet.Nick     // the wanted nick, until the server says another
	Room    chatnet.RoomName // to join beside the lobby; zero: the one of Address
	Program chatnet.Text     // name and version, for the server's log

	Dial func(ctx context.Context) (net.Conn, error) // nil: TCP to Address, within 10 s
	Disk Disk                                        // nil: the machine's; where Dir is
	Now  func() time.Time                            // nil: time.Now
	Rand func() float64                              // nil: math/rand/v2; in [0,1), spreads the times of new tries
	Log  *slog.Logger                                // nil: nothing is logged; never gets texts or keys
}

// filled returns c with its zero fields made usable.
func (c Config) filled() Config {
	if c.Room.IsZero() {
		c.Room = c.Address.Room
	}
	if c.Dial == nil {
		c.Dial = func(ctx context.Context) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", c.Address.HostPort())
		}
	}
	if c.Disk == nil {
		c.Disk = machine{}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Rand == nil {
		c.Rand = rand.Float64
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}
