package native

import (
	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// Incoming is what a server says. The set is closed.
//
//sumtype:decl
type Incoming interface{ incoming() }

type (
	// Reply answers a call, or the hello (ID 0, Welcome or Waiting).
	Reply struct{ chatnet.Reply }

	// Entered says that the user is in a room from here on.
	Entered struct{ chatnet.RoomInfo }

	// Event is one event of a room. Its Body is nil when this program does not
	// know the kind; the Seq counts all the same.
	Event struct{ chatnet.Event }

	// Exited says that the user is in a room no more.
	Exited struct{ chatnet.RoomID }

	// Signal is a fleeting fact.
	Signal struct{ chatnet.Signal }

	// Bye says why the connection ends now.
	Bye struct{ *chatnet.Error }

	// Ping asks for an AppendPong.
	Ping struct{}

	// Pong answers an AppendPing.
	Pong struct{}
)

func (Reply) incoming()   {}
func (Entered) incoming() {}
func (Event) incoming()   {}
func (Exited) incoming()  {}
func (Signal) incoming()  {}
func (Bye) incoming()     {}
func (Ping) incoming()    {}
func (Pong) incoming()    {}

// maxReply bounds the parts of one reply, in bytes: a page of 1,000 of the
// largest messages fits.
const maxReply = 32 << 20

// Reader makes values of the bytes that a server sends. The zero value is ready
// for a new connection. One goroutine uses it.
type Reader struct {
	lines wire.Lines
	doc   doc
	out   []Incoming
	spoke bool           // a line was understood
	part  *chatnet.Reply // the parts of a reply that came so far
	size  int            // their bytes
	err   error          // the end
}

// Feed takes bytes as they came and returns what they say, in order; the slice
// is valid until the next call. It keeps none of p. An error means that the
// other end does not keep to the protocol: CodeNotTchat when it never did,
// else CodeProtocol. What came before it is returned with it, and every later
// call fails alike.
func (r *Reader) Feed(p []byte) ([]Incoming, error) {
	r.out = r.out[:0]
	if r.err != nil {
		return nil, r.err
	}
	r.lines.Max = chatnet.MaxLine
	for {
		line, rest, ok, err := r.lines.Next(p)
		if !ok {
			return r.out, nil
		}
		fault := chatnet.AsError(err)
		if fault == nil && len(line) > 0 {
			fault = r.line(line)
		}
		if fault != nil {
			return r.out, r.fail(fault)
		}
		p = rest
	}
}

// fail keeps the end.
func (r *Reader) fail(fault *chatnet.Error) error {
	r.err = protocolError(fault)
	if !r.spoke {
		r.err = chatnet.E(chatnet.CodeNotTchat, "something answers there, but it is no tchat server").Because(r.err)
	}
	return r.err
}

// line reads one line (PROTOCOL 1.7 says by which key a line is known).
func (r *Reader) line(line []byte) *chatnet.Error {
	if err := r.doc.parse(line); err != nil {
		return err
	}
	o := r.doc.objectAt(0)
	if r.part != nil && !o.has("re") {
		return notJSON("the parts of a reply follow each other")
	}
	in := r.value(&o, len(line))
	if o.fault != nil {
		return o.fault
	}
	r.spoke = true
	if in != nil {
		r.out = append(r.out, in)
	}
	return nil
}

// value returns what a line says, nil for one that is not known (PROTOCOL
// 11.2) and for a part that is not the last.
func (r *Reader) value(o *object, size int) Incoming {
	switch {
	case o.has("ev"):
		return Event{parseEvent(o)}
	case o.has("re"):
		return r.reply(o, size)
	case o.has("in"):
		return Entered{parseRoom(o)}
	case o.has("out"):
		return Exited{o.room("out")}
	case o.has("sig"):
		if s := parseSignal(o); s != nil {
			return Signal{s}
		}
	case o.has("bye"):
		return Bye{parseError(o, "bye")}
	case o.has("ping"):
		return Ping{}
	case o.has("pong"):
		return Pong{}
	}
	return nil
}

// reply reads a line of a reply and joins the parts (PROTOCOL 4.2).
func (r *Reader) reply(o *object, size int) Incoming {
	got, part := parseReply(o), o.flag("part")
	if r.size += size; r.size > maxReply {
		o.bad("a reply has at most 32 MiB")
		return nil
	}
	if r.part != nil {
		if !join(r.part, got) {
			o.bad("the parts of a reply follow each other")
			return nil
		}
		got = *r.part
	}
	if part && got.Err == nil {
		r.part = &got
		return nil
	}
	r.part, r.size = nil, 0
	return Reply{got}
}

// join adds the list of a reply's next part to whole. It reports whether the
// part belongs to it.
func join(whole *chatnet.Reply, part chatnet.Reply) bool {
	if whole.ID != part.ID || part.Err != nil {
		return false
	}
	switch a := whole.Answer.(type) {
	case chatnet.RoomList:
		b, ok := part.Answer.(chatnet.RoomList)
		a.Rooms = append(a.Rooms, b.Rooms...)
		whole.Answer = a
		return ok
	case chatnet.MemberList:
		b, ok := part.Answer.(chatnet.MemberList)
		a.Members = append(a.Members, b.Members...)
		whole.Answer = a
		return ok
	case chatnet.UserInfo:
		b, ok := part.Answer.(chatnet.UserInfo)
		a.Rooms = append(a.Rooms, b.Rooms...)
		whole.Answer = a
		return ok
	case chatnet.Page:
		b, ok := part.Answer.(chatnet.Page)
		a.Events = append(a.Events, b.Events...)
		whole.Answer = a
		return ok
	case chatnet.Hits:
		b, ok := part.Answer.(chatnet.Hits)
		a.Events = append(a.Events, b.Events...)
		whole.Answer = a
		return ok
	case chatnet.KnockList:
		b, ok := part.Answer.(chatnet.KnockList)
		a.Knocks = append(a.Knocks, b.Knocks...)
		whole.Answer = a
		return ok
	case chatnet.Welcome:
		b, ok := part.Answer.(chatnet.Welcome)
		a.Rooms = append(a.Rooms, b.Rooms...)
		whole.Answer = a
		return ok
	case chatnet.Done, chatnet.Stored, chatnet.Entered, chatnet.Waiting:
	}
	return false
}
