package client_test

import (
	"context"
	"crypto/tls"
	"net"
	"slices"
	"sync"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// fake is a server with a memory: what one connection stored, the next ones
// see. Its fields are set before a client dials, or through do.
type fake struct {
	mu      sync.Mutex
	work    sync.WaitGroup
	rooms   []*fakeRoom
	origins map[chatnet.Origin]chatnet.Stored
	conns   []*fakeConn
	dials   []time.Time
	hellos  []chatnet.Hello
	calls   []chatnet.Request
	pings   []time.Time

	tls    *tls.Config
	down   error         // dialling fails with it
	mute   bool          // reads, and never answers
	deaf   chan struct{} // reads no more until it is closed
	buffer int           // of a connection, each way
	cutIn  func() int
	cutOut func() int

	greet  func(f *fake, h chatnet.Hello) (chatnet.Delivery, bool)        // replaces the welcome; false: as usual
	answer func(f *fake, call chatnet.Call) (chatnet.Delivery, bool)      // replaces the answer; false: as usual
	events func(room chatnet.RoomID, evs []chatnet.Event) []chatnet.Event // what of a room is told
}

type fakeRoom struct {
	info chatnet.RoomInfo
	log  []chatnet.Event
}

type fakeConn struct {
	nc   net.Conn
	talk wire.Conversation
	up   bool
}

const lobby chatnet.RoomID = "r-lobby"

func newFake() *fake {
	f := &fake{origins: make(map[chatnet.Origin]chatnet.Stored), buffer: 1 << 20}
	f.rooms = []*fakeRoom{{info: chatnet.RoomInfo{ID: lobby, Name: chatnet.Lobby(), Kind: chatnet.KindOpen, Epoch: "e1"}}}
	return f
}

// do changes or reads the server's state.
func (f *fake) do(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

// Dial makes a connection to the server.
func (f *fake) Dial(context.Context) (net.Conn, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dials = append(f.dials, time.Now())
	if f.down != nil {
		return nil, f.down
	}
	in, out := -1, -1
	if f.cutIn != nil {
		in = f.cutIn()
	}
	if f.cutOut != nil {
		out = f.cutOut()
	}
	client, server := pipe(f.buffer, out, in)
	c := &fakeConn{nc: server, talk: native.New().Open(wire.Peer{})}
	if f.tls != nil {
		c.nc = tls.Server(server, f.tls)
	}
	f.conns = append(f.conns, c)
	f.work.Go(func() { f.serve(c) })
	return client, nil
}

// serve is one connection.
func (f *fake) serve(c *fakeConn) {
	defer func() { _ = c.nc.Close() }()
	buf := make([]byte, 4096)
	for {
		n, err := c.nc.Read(buf)
		if err != nil {
			f.do(func() { f.conns = slices.DeleteFunc(f.conns, func(o *fakeConn) bool { return o == c }) })
			return
		}
		f.mu.Lock()
		deaf := f.deaf
		f.mu.Unlock()
		if deaf != nil {
			<-deaf
		}
		f.mu.Lock()
		ok := f.mute || f.feed(c, buf[:n])
		f.mu.Unlock()
		if !ok {
			f.do(func() { f.conns = slices.DeleteFunc(f.conns, func(o *fakeConn) bool { return o == c }) })
			return
		}
	}
}

// feed answers what came. It reports whether the connection goes on.
func (f *fake) feed(c *fakeConn, p []byte) bool {
	step := c.talk.Feed(p)
	hello, calls := step.Hello, slices.Clone(step.Calls)
	if len(step.Out) > 0 {
		f.pings = append(f.pings, time.Now())
		if _, err := c.nc.Write(step.Out); err != nil {
			return false
		}
	}
	if hello != nil {
		f.hellos = append(f.hellos, *hello)
		d, ok := chatnet.Delivery{}, false
		if f.greet != nil {
			d, ok = f.greet(f, *hello)
		}
		if !ok {
			d = f.welcome(*hello)
		}
		c.up = d.Bye == nil
		if !f.write(c, d) {
			return false
		}
	}
	for _, call := range calls {
		if !f.call(c, call) {
			return false
		}
	}
	return !step.End
}

// call answers one request.
func (f *fake) call(c *fakeConn, call chatnet.Call) bool {
	f.calls = append(f.calls, call.Request)
	if f.answer != nil {
		if d, ok := f.answer(f, call); ok {
			return f.write(c, d)
		}
	}
	switch q := call.Request.(type) {
	case chatnet.Say:
		stored, dup := f.origins[q.Origin]
		if dup {
			stored.Dup = true
			return f.write(c, chatnet.Delivery{Replies: []chatnet.Reply{{ID: call.ID, Answer: stored}}})
		}
		stored = f.store(q)
		if !f.write(c, chatnet.Delivery{Replies: []chatnet.Reply{{ID: call.ID, Answer: stored}}}) {
			return false
		}
		f.tell(q.Room)
		return true
	case chatnet.History:
		return f.write(c, chatnet.Delivery{Replies: []chatnet.Reply{{ID: call.ID, Answer: f.page(q)}}})
	case chatnet.Quit:
		return f.write(c, chatnet.Delivery{Bye: chatnet.E("quit", "goodbye")})
	default:
		return f.write(c, chatnet.Delivery{Replies: []chatnet.Reply{{ID: call.ID, Answer: chatnet.Done{}}}})
	}
}

func (f *fake) store(s chatnet.Say) chatnet.Stored {
	r := f.room(s.Room)
	ev := f.add(r, s.Text.String(), s.Origin)
	stored := chatnet.Stored{Room: s.Room, Seq: ev.Seq, Origin: s.Origin}
	f.origins[s.Origin] = stored
	return stored
}

// add appends an event to a room's log. Seqs skip, as they may.
func (f *fake) add(r *fakeRoom, text string, o chatnet.Origin) chatnet.Event {
	ev := chatnet.Event{
		Room: r.info.ID, Seq: r.info.Head + 2, Prev: r.info.Head, At: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC),
		By: "k-ada", Nick: chatnet.MustNick("ada"), Origin: o, Body: chatnet.Said{Text: chatnet.Clean(text)},
	}
	r.info.Head = ev.Seq
	r.log = append(r.log, ev)
	return ev
}

// say is somebody else's message: stored and told.
func (f *fake) say(room chatnet.RoomID, texts ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, text := range texts {
		f.add(f.room(room), text, chatnet.Origin{})
		f.tell(room)
	}
}

// tell sends a room's newest event to everybody who is up.
func (f *fake) tell(room chatnet.RoomID) {
	r := f.room(room)
	f.send(chatnet.Delivery{Events: f.told(room, r.log[len(r.log)-1:])})
}

// send delivers to everybody who is up.
func (f *fake) send(d chatnet.Delivery) {
	for _, c := range f.conns {
		if c.up {
			f.write(c, d)
		}
	}
}

func (f *fake) told(room chatnet.RoomID, evs []chatnet.Event) []chatnet.Event {
	if f.events != nil {
		return f.events(room, evs)
	}
	return evs
}

func (f *fake) room(id chatnet.RoomID) *fakeRoom {
	i := slices.IndexFunc(f.rooms, func(r *fakeRoom) bool { return r.info.ID == id })
	if i < 0 {
		f.rooms = append(f.rooms, &fakeRoom{info: chatnet.RoomInfo{ID: id, Name: chatnet.MustRoomName(string(id)), Kind: chatnet.KindOpen, Epoch: "e1"}})
		i = len(f.rooms) - 1
	}
	return f.rooms[i]
}

// welcome begins the session where the hello's cursors end (DELIVERY R1).
func (f *fake) welcome(h chatnet.Hello) chatnet.Delivery {
	w := chatnet.Welcome{Server: chatnet.ServerInfo{Name: chatnet.CleanLine("fake"), Durability: "disk"}, User: "k-ada", Nick: h.Nick, Role: chatnet.RoleMember}
	var d chatnet.Delivery
	for _, r := range f.rooms {
		info := r.info
		from := max(0, len(r.log)-chatnet.PageSize)
		for _, c := range h.Cursors {
			if c.Room != info.ID {
				continue
			}
			if c.Epoch != info.Epoch || c.Seq > info.Head {
				info.Reset = true
				continue
			}
			from, _ = slices.BinarySearchFunc(r.log, c.Seq+1, func(ev chatnet.Event, seq chatnet.Seq) int { return int(ev.Seq) - int(seq) })
			info.After = c.Seq
		}
		if from < len(r.log) {
			info.After = r.log[from].Prev
		}
		w.Rooms = append(w.Rooms, info)
		d.Events = append(d.Events, f.told(info.ID, r.log[from:])...)
	}
	d.Replies = []chatnet.Reply{{Answer: w}}
	return d
}

func (f *fake) page(q chatnet.History) chatnet.Page {
	log := f.room(q.Room).log
	end := len(log)
	if q.Before > 0 {
		end, _ = slices.BinarySearchFunc(log, q.Before, func(ev chatnet.Event, seq chatnet.Seq) int { return int(ev.Seq) - int(seq) })
	}
	from := max(0, end-q.Limit)
	return chatnet.Page{Room: q.Room, Events: slices.Clone(log[from:end]), More: from > 0}
}

func (f *fake) write(c *fakeConn, d chatnet.Delivery) bool {
	_, err := c.nc.Write(c.talk.Deliver(d))
	return err == nil && d.Bye == nil
}

// hangUp breaks every connection.
func (f *fake) hangUp() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.conns {
		_ = c.nc.Close()
	}
	f.conns = nil
}

// texts returns what is stored in a room.
func (f *fake) texts(room chatnet.RoomID) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return texts(f.room(room).log)
}

func texts(evs []chatnet.Event) (all []string) {
	for _, ev := range evs {
		if said, ok := ev.Body.(chatnet.Said); ok {
			all = append(all, said.Text.String())
		}
	}
	return all
}

// close ends the server.
func (f *fake) close() {
	f.hangUp()
	f.work.Wait()
}

// seen returns copies of what came: when clients dialled and pinged, and what
// they said.
func (f *fake) seen() (s struct {
	dials, pings []time.Time
	hellos       []chatnet.Hello
	calls        []chatnet.Request
	conns        int
}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s.dials, s.pings, s.conns = slices.Clone(f.dials), slices.Clone(f.pings), len(f.conns)
	s.hellos, s.calls = slices.Clone(f.hellos), slices.Clone(f.calls)
	return s
}
