package sim

import (
	"bytes"
	"net"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// The bugs of this file are in what goes over a connection.

// badConn is a connection whose lines are changed: those that its owner
// writes, or those that its owner reads.
type badConn struct {
	net.Conn
	write func(line []byte) []byte
	read  func(line []byte) []byte

	mu   sync.Mutex // one write at a time
	half []byte     // written, not yet a line
	raw  []byte     // read, not yet a line
	come []byte     // changed, not yet read
	err  error
}

func (c *badConn) Write(p []byte) (int, error) {
	if c.write == nil {
		return c.Conn.Write(p)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []byte
	c.half = append(c.half, p...)
	c.half = lines(c.half, func(line []byte) { out = append(out, c.write(line)...) })
	if _, err := c.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (c *badConn) Read(p []byte) (int, error) {
	if c.read == nil {
		return c.Conn.Read(p)
	}
	for len(c.come) == 0 && c.err == nil {
		buf := make([]byte, 4<<10)
		n, err := c.Conn.Read(buf)
		c.raw, c.err = append(c.raw, buf[:n]...), err
		c.raw = lines(c.raw, func(line []byte) { c.come = append(c.come, c.read(line)...) })
	}
	if len(c.come) == 0 {
		err := c.err
		c.err = nil // a deadline may be set anew
		return 0, err
	}
	n := copy(p, c.come)
	c.come = c.come[n:]
	return n, nil
}

// lines calls f with each whole line, its end included, and returns the rest.
func lines(data []byte, f func(line []byte)) []byte {
	for {
		i := bytes.IndexByte(data, '\n')
		if i < 0 {
			return slices.Clone(data)
		}
		f(data[:i+1])
		data = data[i+1:]
	}
}

// hostWrites puts a bug into the lines that the server writes.
func hostWrites(spoil func() func(line []byte) []byte) func() Seams {
	return func() Seams {
		return Seams{HostConn: func(_ *World, c Wire) Wire { return &badConn{Conn: c, write: spoil()} }}
	}
}

// clientWrites puts a bug into the lines that the client writes.
func clientWrites(spoil func() func(line []byte) []byte) func() Seams {
	return func() Seams {
		return Seams{ClientConn: func(_ *World, c Wire) Wire { return &badConn{Conn: c, write: spoil()} }}
	}
}

// every changes one in n of the lines that begin so.
func every(n int, begin string, change func(line []byte) []byte) func() func(line []byte) []byte {
	return func() func([]byte) []byte {
		i := 0
		return func(line []byte) []byte {
			if bytes.HasPrefix(line, []byte(begin)) {
				if i++; i%n == 0 {
					return change(line)
				}
			}
			return line
		}
	}
}

func gone([]byte) []byte       { return nil }
func twice(line []byte) []byte { return slices.Concat(line, line) }

// higher raises the number behind a key.
func higher(key string) func(line []byte) []byte {
	number := regexp.MustCompile(key + `(\d+)`)
	return func(line []byte) []byte {
		return number.ReplaceAllFunc(line, func(m []byte) []byte {
			n, err := strconv.Atoi(string(m[len(key):]))
			if err != nil {
				return m
			}
			return strconv.AppendInt([]byte(key), int64(n+1), 10)
		})
	}
}

// swapped writes some events behind the one that comes after them.
func swapped() func(line []byte) []byte {
	var held []byte
	n := 0
	return func(line []byte) []byte {
		if held != nil {
			line = slices.Concat(line, held)
			held = nil
			return line
		}
		if bytes.HasPrefix(line, []byte(`{"ev":`)) {
			if n++; n%10 == 0 {
				held = slices.Clone(line)
				return nil
			}
		}
		return line
	}
}

// tooFar says that the client has one event more than it has.
func tooFar() func(line []byte) []byte {
	cursor := regexp.MustCompile(`",(\d+)\]`)
	return func(line []byte) []byte {
		if !bytes.HasPrefix(line, []byte(`{"do":"hello"`)) {
			return line
		}
		return cursor.ReplaceAllFunc(line, func(m []byte) []byte {
			n, err := strconv.Atoi(string(m[2 : len(m)-1]))
			if err != nil {
				return m
			}
			return []byte(`",` + itoa(n+1) + `]`)
		})
	}
}

// alwaysAgain calls every message the first of a new try.
func alwaysAgain() func(line []byte) []byte {
	return func(line []byte) []byte {
		if bytes.HasPrefix(line, []byte(`{"do":"say"`)) && !bytes.Contains(line, []byte(`"again"`)) {
			return append(bytes.TrimSuffix(slices.Clone(line), []byte("}\n")), `,"again":true}`+"\n"...)
		}
		return line
	}
}

// gapHidden loses some events on the client's side and pretends that there
// were none: the cursor moves over a gap.
func gapHidden() Seams {
	return Seams{ClientConn: func(_ *World, c Wire) Wire {
		lost := map[chatnet.RoomID]chatnet.Seq{} // room -> the prev of what is lost
		n := 0
		return &badConn{Conn: c, read: func(line []byte) []byte {
			if !bytes.HasPrefix(line, []byte(`{"ev":`)) {
				return line
			}
			ev, err := native.ParseEvent(bytes.TrimSuffix(line, []byte("\n")))
			if err != nil {
				return line
			}
			if prev, ok := lost[ev.Room]; ok {
				delete(lost, ev.Room)
				ev.Prev = prev
				return native.AppendEvent(nil, ev)
			}
			if n++; n%15 == 0 {
				lost[ev.Room] = ev.Prev
				return nil
			}
			return line
		}}
	}}
}

// settledUnheard takes a message for stored when it was written.
func settledUnheard() Seams {
	return Seams{ClientConn: func(_ *World, c Wire) Wire {
		talk := native.New().Open(wire.Peer{})
		talk.Start()
		var mu sync.Mutex
		var made []byte
		return &badConn{Conn: c, write: func(line []byte) []byte {
			for _, call := range talk.Feed(line).Calls {
				if say, ok := call.Request.(chatnet.Say); ok {
					reply := chatnet.Reply{ID: call.ID, Answer: chatnet.Stored{Room: say.Room, Seq: 1, Origin: say.Origin}}
					mu.Lock()
					made = append(made, talk.Deliver(chatnet.Delivery{Replies: []chatnet.Reply{reply}})...)
					mu.Unlock()
				}
			}
			return line
		}, read: func(line []byte) []byte {
			mu.Lock()
			defer mu.Unlock()
			line = slices.Concat(made, line)
			made = nil
			return line
		}}
	}}
}

// deliveredBeforeCommit shows a message to the others as soon as it was read,
// at the place that it will probably have.
func deliveredBeforeCommit() Seams {
	var mu sync.Mutex
	var all []*badConn
	last := map[*badConn]map[chatnet.RoomID]chatnet.Event{}
	return Seams{HostConn: func(_ *World, c Wire) Wire {
		talk := native.New().Open(wire.Peer{})
		talk.Start()
		b := &badConn{Conn: c}
		mu.Lock()
		all = append(all, b)
		last[b] = map[chatnet.RoomID]chatnet.Event{}
		mu.Unlock()
		b.write = func(line []byte) []byte {
			if ev, err := native.ParseEvent(bytes.TrimSuffix(line, []byte("\n"))); err == nil {
				mu.Lock()
				last[b][ev.Room] = ev
				mu.Unlock()
			}
			return line
		}
		b.read = func(line []byte) []byte {
			for _, call := range talk.Feed(line).Calls {
				say, ok := call.Request.(chatnet.Say)
				mu.Lock()
				ev := last[b][say.Room]
				others := slices.Clone(all)
				mu.Unlock()
				if !ok || ev.Seq == 0 {
					continue
				}
				ev.Prev, ev.Seq, ev.Origin, ev.Body = ev.Seq, ev.Seq+1, say.Origin, chatnet.Said{Text: say.Text}
				for _, o := range others {
					if o != b {
						_, _ = o.Conn.Write(native.AppendEvent(nil, ev)) // it may be gone
					}
				}
			}
			return line
		}
		return b
	}}
}
