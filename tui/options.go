package tui

import (
	"context"
	"time"

	"tchat/chatnet"
	"tchat/tui/pane"
)

// Link is what the interface needs of a client; *client.Client is one. Do, Trust,
// Older, Redial, Discard and SetNick are called from one goroutine at a time and
// in the order in which the person asked; they may wait for the disk, never for
// the network.
type Link interface {
	Updates() <-chan chatnet.Update
	Do(r chatnet.Request) error
	Older(room chatnet.RoomID, before chatnet.Seq)
	Trust(fingerprint string)
	Redial()
	Discard(o chatnet.Origin)
	SetNick(n chatnet.Nick)
}

// Opened is a link that was opened for the person.
type Opened struct {
	Link   Link
	Server string   // the address as the top line and questions show it
	Guest  []string // lines that guests can type, when this machine hosts
	Host   bool     // this program serves: leaving asks what becomes of the others
	Close  func()   // ends the link and waits for it; may be nil
}

// Options says what a program starts with.
type Options struct {
	// Now is the clock; nil is time.Now. Zone is the person's; nil is time.Local.
	Now  func() time.Time
	Zone *time.Location

	// Opened is the link to begin with. Without one, Address is opened by Open;
	// without that, the start screen comes first.
	Opened  Opened
	Address string

	// Nick is the wanted nick; when it is zero, and there is no link yet, the
	// person is asked. User is who the person was here last time, empty if
	// unknown, so that own messages are known as such while offline.
	Nick chatnet.Nick
	User chatnet.UserID

	// Guess is what the person is offered as a nick when it is asked for.
	Guess chatnet.Nick

	// Room is opened first; zero is the lobby.
	Room chatnet.RoomName

	// Theme is the name of a theme; empty, or "auto", is dark or light by the
	// terminal's background. NoColor is the value of NO_COLOR.
	Theme   string
	NoColor string

	// MouseOff leaves the mouse to the terminal from the beginning.
	MouseOff bool

	// Recent, Open and HostHere are for the start screen. Open and HostHere run
	// outside of Update, may take their time, and should heed the context.
	// HostHere may be nil.
	Recent   []pane.Recent
	Open     func(ctx context.Context, address string, nick chatnet.Nick) (Opened, error)
	HostHere func(ctx context.Context, nick chatnet.Nick) (Opened, error)

	// KeepServing is called when a host leaves and lets the server go on; the
	// program ends after it without an error. Nil: that is not offered.
	KeepServing func() error

	// Quit is called once when the person leaves, after everything that was asked
	// has reached the link and before the program ends. It may be nil.
	Quit func()
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	return o
}
