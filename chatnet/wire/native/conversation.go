package native

import (
	"fmt"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// maxBad is the number of bad lines that end a connection (PROTOCOL 1.6).
const maxBad = 10

// What a connection may keep between two reads, so that ten thousand idle ones
// cost little.
const (
	idleBytes = 2 << 10
	idleNodes = 32
)

// state is how far a conversation has come.
type state byte

const (
	fresh   state = 'f' // nothing but line breaks came
	waiting state = 'w' // the hello has begun
	greeted state = 'g' // the hello was understood
	ended   state = 'e'
)

// conversation is the server's end of one connection.
type conversation struct {
	lines wire.Lines
	doc   doc
	state state
	bad   int // bad lines so far
	out   []byte
	calls []chatnet.Call
	hello *chatnet.Hello
}

// Start says nothing: the client speaks first (PROTOCOL 2.1).
func (c *conversation) Start() wire.Step {
	c.state = fresh
	return wire.Step{}
}

// Feed reads what whole lines there are.
func (c *conversation) Feed(p []byte) wire.Step {
	c.reset()
	if c.state != ended {
		c.first(p)
	}
	for c.state != ended {
		line, rest, ok, err := c.lines.Next(p)
		if !ok {
			break
		}
		switch {
		case err != nil:
			c.refuse(0, chatnet.AsError(err), true)
		case len(line) > 0:
			c.line(line)
		}
		p = rest
	}
	return wire.Step{Out: c.out, Hello: c.hello, Calls: c.calls, End: c.state == ended}
}

// reset forgets the last Step, and large buffers with it.
func (c *conversation) reset() {
	c.hello = nil
	clear(c.calls)
	c.out, c.calls = c.out[:0], c.calls[:0]
	if cap(c.out) > idleBytes {
		c.out = nil
	}
	if cap(c.calls) > idleNodes {
		c.calls = nil
	}
	if cap(c.doc.nodes) > idleNodes {
		c.doc.nodes = nil
	}
}

// first looks at the very first byte: whoever does not begin with a brace
// speaks something else, and may wait for an answer without ever sending a
// line break (PROTOCOL 2.4).
func (c *conversation) first(p []byte) {
	for i := 0; i < len(p) && c.state == fresh; i++ {
		switch p[i] {
		case '{':
			c.state = waiting
		case '\r', '\n':
		case 0x16:
			c.end(chatnet.E(chatnet.CodeProtocol, "this port speaks without TLS; dial it as tchat+insecure://"))
		default:
			c.end(chatnet.E(chatnet.CodeProtocol, "this is a tchat server; it speaks JSON lines, and the first must be a hello"))
		}
	}
}

// end says bye; nothing that comes later is read.
func (c *conversation) end(why *chatnet.Error) {
	c.out = appendBye(c.out, why)
	c.state = ended
}

// appendBye writes the last line of a connection (PROTOCOL 2.5).
func appendBye(dst []byte, why *chatnet.Error) []byte {
	return appendWhy(appendString(append(dst, `{"bye":`...), string(why.Code)), why)
}

// refuse answers a line with an error. A bad one counts (PROTOCOL 1.6); before
// the hello it is the end.
func (c *conversation) refuse(id uint64, why *chatnet.Error, bad bool) {
	if c.state != greeted {
		c.end(why)
		return
	}
	c.out = appendReply(c.out, chatnet.Reply{ID: id, Err: why})
	if bad {
		c.bad++
	}
	if c.bad == maxBad {
		c.end(chatnet.E(chatnet.CodeProtocol, fmt.Sprintf("%d bad lines", maxBad)))
	}
}

// line reads one line.
func (c *conversation) line(line []byte) {
	if err := c.doc.parse(line); err != nil {
		c.refuse(0, err, true)
		return
	}
	o := c.doc.objectAt(0)
	switch {
	case c.state != greeted:
		c.greet(&o)
	case o.has("ping"), o.has("pong"):
		c.beat(&o)
	default:
		if call := parseCall(&o); o.fault != nil {
			c.refuse(call.ID, o.fault, o.form)
		} else {
			c.calls = append(c.calls, call)
		}
	}
}

// greet reads the first line, which must be a hello of our version (PROTOCOL
// 2.1, 11.1).
func (c *conversation) greet(o *object) {
	if string(o.raw("do")) != "hello" {
		c.end(chatnet.E(chatnet.CodeProtocol, `the first line must be a hello, {"do":"hello","v":1,"nick":"..."}`))
		return
	}
	if v := o.number("v"); v != version {
		c.end(chatnet.E(chatnet.CodeProtocol, fmt.Sprintf("this server speaks version %d of the protocol, the hello asks for %d", version, v)))
		return
	}
	h := parseHello(o)
	if o.fault != nil {
		c.end(o.fault)
		return
	}
	c.state, c.hello = greeted, &h
}

// beat answers a ping; a pong needs nothing, its bytes were the sign of life
// (PROTOCOL 8).
func (c *conversation) beat(o *object) {
	ping := o.flag("ping")
	o.flag("pong")
	o.closed()
	switch {
	case o.fault != nil:
		c.refuse(0, o.fault, o.form)
	case ping:
		c.out = AppendPong(c.out)
	}
}

// Ping returns a ping's line.
func (c *conversation) Ping() []byte {
	c.out = AppendPing(c.out[:0])
	return c.out
}

// Deliver writes what the hub has, in the order that chatnet.Delivery gives.
func (c *conversation) Deliver(d chatnet.Delivery) []byte {
	c.reset()
	for _, r := range d.Replies {
		if _, ok := r.Answer.(chatnet.Welcome); ok && r.Err == nil {
			c.lines.Max = chatnet.MaxLine // PROTOCOL 1.1
		}
		c.out = appendReply(c.out, r)
	}
	for _, r := range d.Entered {
		c.out = append(appendRoom(c.out, r), '\n')
	}
	for _, ev := range d.Events {
		c.out = AppendEvent(c.out, ev)
	}
	for _, r := range d.Exited {
		c.out = append(appendString(append(c.out, `{"out":`...), string(r)), '}', '\n')
	}
	for _, s := range d.Signals {
		c.out = appendSignal(c.out, s)
	}
	if d.Bye != nil {
		c.end(d.Bye)
	}
	return c.out
}
