package sim

import (
	"net"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// Wire is an end of a connection, as the product has it.
type Wire = net.Conn

// tap reads along on a line: what the client's end wrote and what the server's
// end wrote, at the moment when it leaves.
type tap struct {
	world  *World
	line   *line
	talk   wire.Conversation
	reader native.Reader
	broken bool
}

func newTap(w *World, l *line) *tap {
	t := &tap{world: w, line: l, talk: native.New().Open(wire.Peer{})}
	t.talk.Start()
	return t
}

// asked takes what the client wrote.
func (t *tap) asked(p []byte) {
	for _, c := range t.talk.Feed(p).Calls {
		a := Asked{Wire: t.line.name, ID: c.ID}
		if say, ok := c.Request.(chatnet.Say); ok {
			a.Say = say
		}
		t.world.record(t.line.client, 0, a)
	}
}

// told takes what the server wrote.
func (t *tap) told(p []byte) {
	if t.broken {
		return
	}
	name, record := t.line.name, func(x What) { t.world.record(hostName, 0, x) }
	all, err := t.reader.Feed(p)
	for _, in := range all {
		switch in := in.(type) {
		case native.Reply:
			record(Replied{name, in.Reply})
			if w, ok := in.Answer.(chatnet.Welcome); ok {
				for _, info := range w.Rooms {
					record(Opened{name, info})
				}
			}
		case native.Entered:
			record(Opened{name, in.RoomInfo})
		case native.Event:
			record(Told{name, in.Event})
		case native.Exited, native.Signal, native.Bye, native.Ping, native.Pong:
		}
	}
	if err != nil {
		t.broken = true
		record(Garbled{name, err.Error()})
	}
}
