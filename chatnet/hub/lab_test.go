package hub_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/store"
	"tchat/chatnet/store/memory"
)

// lab is a hub under test, over a store that can be made to fail.
type lab struct {
	t     *testing.T
	h     *hub.Hub
	store *frail
	calls uint64
}

// frail is a store whose appends can be refused, or made to wait.
type frail struct {
	store.Store
	mu      sync.Mutex
	err     error         // what appends answer
	wait    chan struct{} // if not nil, appends wait until it is closed
	appends int
	before  func(room chatnet.RoomID) // called before each append
	shelf   map[chatnet.RoomID]shelved
	read    int // events that were read forward
}

func (f *frail) Append(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
	f.mu.Lock()
	before := f.before
	f.appends++
	f.mu.Unlock()
	if before != nil {
		before(room)
	}
	f.mu.Lock()
	err, wait := f.err, f.wait
	f.mu.Unlock()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, chatnet.E(chatnet.CodeBusy, "given up").Because(ctx.Err())
		}
	}
	if err != nil {
		return nil, err
	}
	return f.Store.Append(ctx, room, last, evs)
}

// fail makes appends answer err; nil makes them work again.
func (f *frail) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// first makes f be called before each append; nil for nothing.
func (f *frail) first(do func(room chatnet.RoomID)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before = do
}

// hold makes appends wait until the returned function is called.
func (f *frail) hold() (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	gate := make(chan struct{})
	f.wait = gate
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.wait = nil
		close(gate)
	}
}

func (f *frail) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.appends
}

// inLab runs a test in a bubble, with a hub that is shut down at its end: the
// bubble fails if a goroutine is left.
func inLab(t *testing.T, cfg hub.Config, test func(t *testing.T, l *lab)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := &lab{t: t, store: &frail{Store: memory.New()}}
		l.open(cfg)
		defer l.shut()
		test(t, l)
	})
}

func (l *lab) open(cfg hub.Config) {
	l.t.Helper()
	cfg.Store = l.store
	h, err := hub.Open(l.t.Context(), cfg)
	if err != nil {
		l.t.Fatal(err)
	}
	l.h = h
}

func (l *lab) shut() {
	l.t.Helper()
	if err := l.h.Shutdown(l.t.Context()); err != nil {
		l.t.Error("shutdown:", err)
	}
}

// hand is a session in a test, and all that it was given.
type hand struct {
	l *lab
	s *hub.Session

	taken   []hub.Taken
	replies []chatnet.Reply
	welcome chatnet.Welcome
	events  map[chatnet.RoomID][]chatnet.Event
	entered []chatnet.RoomInfo
	exited  []chatnet.RoomID
	signals []chatnet.Signal
	bye     *chatnet.Error
	n       uint64
	dev     chatnet.Dev
}

// hello makes a hello of a client with an id.
func hello(nick string, dev chatnet.Dev) chatnet.Hello {
	h := chatnet.Hello{Dev: dev}
	if nick != "" {
		h.Nick = chatnet.MustNick(nick)
	}
	return h
}

// come lets a user with a key named like the nick in.
func (l *lab) come(nick string, dev chatnet.Dev) *hand {
	l.t.Helper()
	return l.enter(hub.Peer{User: chatnet.UserID("k-" + nick)}, hello(nick, dev))
}

func (l *lab) enter(p hub.Peer, hi chatnet.Hello) *hand {
	l.t.Helper()
	s, err := l.h.Enter(l.t.Context(), p, hi)
	if err != nil {
		l.t.Fatalf("%s may not enter: %v", hi.Nick, err)
	}
	d := &hand{l: l, s: s, dev: hi.Dev, events: map[chatnet.RoomID][]chatnet.Event{}}
	d.look()
	return d
}

// look waits until nothing moves and takes all that is there.
func (d *hand) look() {
	d.l.t.Helper()
	d.lookBy(1 << 20)
}

// lookBy is look with a limit for each Take.
func (d *hand) lookBy(limit int) {
	d.l.t.Helper()
	for {
		synctest.Wait()
		select {
		case <-d.s.Ready():
		default:
			return
		}
		t, err := d.s.Take(d.l.t.Context(), limit)
		if err != nil {
			d.l.t.Fatal("take:", err)
		}
		d.note(t)
	}
}

// note checks and keeps what was taken.
func (d *hand) note(t hub.Taken) {
	d.l.t.Helper()
	if d.bye != nil && (!t.IsZero() || len(t.Batches) > 0) {
		d.l.t.Error("something came after Bye")
	}
	d.taken = append(d.taken, t)
	for _, r := range t.Replies {
		if w, ok := r.Answer.(chatnet.Welcome); ok {
			d.welcome = w
			for _, info := range w.Rooms {
				d.start(info)
			}
			continue
		}
		d.replies = append(d.replies, r)
	}
	for _, info := range t.Entered {
		d.entered = append(d.entered, info)
		d.start(info)
	}
	for _, b := range t.Batches {
		for _, ev := range b.Events() {
			d.event(ev)
		}
	}
	d.exited = append(d.exited, t.Exited...)
	d.signals = append(d.signals, t.Signals...)
	if t.Bye != nil {
		d.bye = t.Bye
	}
}

// start begins a room's stream with a marker that holds its position.
func (d *hand) start(info chatnet.RoomInfo) {
	d.events[info.ID] = []chatnet.Event{{Seq: info.After}}
}

// event checks that an event is the next one of its room (DELIVERY R2, I6).
func (d *hand) event(ev chatnet.Event) {
	d.l.t.Helper()
	had := d.events[ev.Room]
	if len(had) == 0 {
		d.l.t.Fatalf("an event of a room that was not entered: %v", ev)
	}
	if at := had[len(had)-1].Seq; ev.Prev != at || ev.Seq <= at {
		d.l.t.Fatalf("a gap: at %d came %d with prev %d", at, ev.Seq, ev.Prev)
	}
	d.events[ev.Room] = append(had, ev)
}

// ask submits a request, looks, and returns its reply.
func (d *hand) ask(r chatnet.Request) chatnet.Reply {
	d.l.t.Helper()
	id := d.send(r)
	d.look()
	for _, rep := range d.replies {
		if rep.ID == id {
			return rep
		}
	}
	d.l.t.Fatalf("no reply to %#v", r)
	return chatnet.Reply{}
}

// send submits a request; a refusal becomes its reply, as in a server.
func (d *hand) send(r chatnet.Request) uint64 {
	d.l.calls++
	id := d.l.calls
	if err := d.s.Submit(chatnet.Call{ID: id, Request: r}); err != nil {
		d.replies = append(d.replies, chatnet.Reply{ID: id, Err: chatnet.AsError(err)})
	}
	return id
}

// must is ask for what has to work.
func (d *hand) must(r chatnet.Request) chatnet.Answer {
	d.l.t.Helper()
	rep := d.ask(r)
	if rep.Err != nil {
		d.l.t.Fatalf("%#v: %v (%s)", r, rep.Err, rep.Err.Code)
	}
	return rep.Answer
}

// code asks and returns the reply's code, "" when it was granted.
func (d *hand) code(r chatnet.Request) chatnet.Code {
	d.l.t.Helper()
	rep := d.ask(r)
	if rep.Err == nil {
		return ""
	}
	return rep.Err.Code
}

// line is a message with the next origin.
func (d *hand) line(room chatnet.RoomID, text string) chatnet.Say {
	d.n++
	s := chatnet.Say{Room: room, Text: chatnet.Clean(text)}
	if d.dev != 0 {
		s.Origin = chatnet.Origin{Dev: d.dev, N: d.n}
	}
	return s
}

// private is a message to a nick with the next origin.
func (d *hand) private(nick, text string) chatnet.Say {
	s := d.line("", text)
	s.To = chatnet.MustNick(nick)
	return s
}

// room returns the id of a room that the hand knows by name.
func (d *hand) room(name string) chatnet.RoomID {
	d.l.t.Helper()
	for _, info := range slices.Concat(d.entered, d.welcome.Rooms) {
		if info.Name.String() == name {
			return info.ID
		}
	}
	d.l.t.Fatalf("not in %s", name)
	return ""
}

// heard returns what a room's events say, in short.
func (d *hand) heard(id chatnet.RoomID) []string {
	var out []string
	for _, ev := range d.events[id] {
		if s := short(ev); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// said returns the texts of a room's messages.
func (d *hand) said(id chatnet.RoomID) []string {
	var out []string
	for _, ev := range d.events[id] {
		if b, ok := ev.Body.(chatnet.Said); ok {
			out = append(out, b.Text.String())
		}
	}
	return out
}

func short(ev chatnet.Event) string {
	switch b := ev.Body.(type) {
	case chatnet.Said:
		return ev.Nick.String() + ": " + b.Text.String()
	case chatnet.Joined:
		return "+" + b.Nick.String()
	case chatnet.Parted:
		return "-" + ev.Nick.String()
	case chatnet.Renamed:
		return "=" + b.Nick.String()
	case chatnet.TopicSet:
		return "#" + b.Topic.String()
	default:
		return ""
	}
}

// signalsOf returns the signals of one kind.
func signalsOf[S chatnet.Signal](d *hand) []S {
	var out []S
	for _, s := range d.signals {
		if v, ok := s.(S); ok {
			out = append(out, v)
		}
	}
	return out
}

func joinRoom(name string) chatnet.Join { return chatnet.Join{Name: chatnet.MustRoomName(name)} }

func numbered(n int) string { return fmt.Sprintf("line %d", n) }
