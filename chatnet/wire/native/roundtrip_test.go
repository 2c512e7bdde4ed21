package native

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// rounds is how many random values of each kind make the journey.
const rounds = 100

// kinds returns the types of package chatnet that have a method: the members
// of a closed set.
func kinds(t *testing.T, method string) (all []string) {
	t.Helper()
	for _, file := range []string{"request.go", "reply.go", "signal.go", "event.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), "../../"+file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Name.Name != method {
				continue
			}
			if id, ok := fn.Recv.List[0].Type.(*ast.Ident); ok {
				all = append(all, id.Name)
			}
		}
	}
	slices.Sort(all)
	return all
}

// TestEveryKindIsTried fails when a kind is added to chatnet and not to the
// tests below, which then fail until the dialect carries it.
func TestEveryKindIsTried(t *testing.T) {
	g := newRandom(0)
	hub := []string{"Registered", "NickSet", "RoleSet", "RoomMade", "Forgotten"} // these never travel
	for _, c := range []struct {
		method string
		tried  []string
	}{
		{"request", slices.Collect(maps.Keys(g.requests()))},
		{"answer", slices.Collect(maps.Keys(g.answers()))},
		{"signal", slices.Collect(maps.Keys(g.signals()))},
		{"body", slices.AppendSeq(hub, maps.Keys(g.bodies()))},
	} {
		slices.Sort(c.tried)
		want := kinds(t, c.method)
		if d := cmp.Diff(want, c.tried); d != "" || len(want) < 5 {
			t.Errorf("%s (-chatnet +tried here):\n%s", c.method, d)
		}
	}
}

// opened returns a conversation behind its hello and welcome.
func opened(t testing.TB) wire.Conversation {
	t.Helper()
	c := New().Open(wire.Peer{})
	c.Start()
	if s := c.Feed(AppendHello(nil, chatnet.Hello{})); s.Hello == nil || s.End {
		t.Fatalf("no hello: %s", s.Out)
	}
	c.Deliver(chatnet.Delivery{Replies: []chatnet.Reply{{Answer: chatnet.Welcome{}}}})
	return c
}

// valid fails t unless out is lines of JSON in the eyes of encoding/json, none
// too long.
func valid(t testing.TB, out []byte) {
	t.Helper()
	for line := range slices.Values(splitLines(out)) {
		if !json.Valid(line) || len(line) > chatnet.MaxLine {
			t.Fatalf("not a line of JSON, or too long: %.300q", line)
		}
	}
}

func TestRequestsComeBack(t *testing.T) {
	c := opened(t)
	for seed := range uint64(rounds) {
		g := newRandom(seed)
		for name, r := range g.requests() {
			call := chatnet.Call{ID: g.Uint64N(maxNum + 1), Request: r}
			line := AppendCall(nil, call)
			valid(t, line)
			s := c.Feed(line)
			if d := cmp.Diff([]chatnet.Call{call}, s.Calls, seen()); d != "" || s.End || len(s.Out) > 0 {
				t.Fatalf("%s: %sanswered %s%s", name, line, s.Out, d)
			}
		}
	}
}

func TestHelloComesBack(t *testing.T) {
	for seed := range uint64(rounds) {
		want := newRandom(seed).hello()
		c := New().Open(wire.Peer{})
		c.Start()
		line := AppendHello(nil, want)
		valid(t, line)
		s := c.Feed(line)
		if d := cmp.Diff(&want, s.Hello, seen()); d != "" || len(s.Out) > 0 {
			t.Fatalf("%sanswered %s%s", line, s.Out, d)
		}
	}
}

// delivered is what the client reads when the server's end delivers d.
func delivered(t testing.TB, d chatnet.Delivery) []Incoming {
	t.Helper()
	out := opened(t).Deliver(d)
	valid(t, out)
	var r Reader
	in, err := r.Feed(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return in
}

func TestAnswersComeBack(t *testing.T) {
	for seed := range uint64(rounds) {
		g := newRandom(seed)
		for name, a := range g.answers() {
			want := chatnet.Reply{ID: g.Uint64N(maxNum + 1), Answer: a}
			got := delivered(t, chatnet.Delivery{Replies: []chatnet.Reply{want}})
			if d := cmp.Diff([]Incoming{Reply{want}}, got, seen()); d != "" {
				t.Fatalf("%s: %s", name, d)
			}
		}
	}
}

// TestDeliveriesComeBack sends everything else, in the order of a delivery.
func TestDeliveriesComeBack(t *testing.T) {
	for seed := range uint64(rounds) {
		g := newRandom(seed)
		refused := chatnet.Reply{ID: g.Uint64N(maxNum + 1), Err: g.error()}
		d := chatnet.Delivery{
			Replies: []chatnet.Reply{refused},
			Entered: []chatnet.RoomInfo{g.info()},
			Exited:  []chatnet.RoomID{g.room()},
			Bye:     g.error(),
		}
		want := []Incoming{Reply{refused}, Entered{d.Entered[0]}}
		for _, b := range g.bodies() {
			d.Events = append(d.Events, g.event(b))
		}
		for _, ev := range d.Events {
			want = append(want, Event{ev})
		}
		want = append(want, Exited{d.Exited[0]})
		for _, s := range g.signals() {
			d.Signals = append(d.Signals, s)
			want = append(want, Signal{s})
		}
		want = append(want, Bye{d.Bye})
		if diff := cmp.Diff(want, delivered(t, d), seen()); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestEventsComeBack(t *testing.T) {
	for seed := range uint64(rounds) {
		g := newRandom(seed)
		for name, b := range g.bodies() {
			want := g.event(b)
			line := New().AppendEvent(nil, want)
			valid(t, line)
			got, err := ParseEvent(line)
			if d := cmp.Diff(want, got, seen()); d != "" || err != nil {
				t.Fatalf("%s: %v\n%s%s", name, err, line, d)
			}
		}
	}
}

func TestHubBodiesNeverTravel(t *testing.T) {
	for _, b := range []chatnet.Body{
		chatnet.Registered{}, chatnet.NickSet{}, chatnet.RoleSet{}, chatnet.RoomMade{}, chatnet.Forgotten{},
	} {
		if out := AppendEvent(nil, chatnet.Event{Room: chatnet.HubRoom, Seq: 1, Body: b}); len(out) > 0 {
			t.Errorf("%T travels: %s", b, out)
		}
	}
}

func TestPingAndPongComeBack(t *testing.T) {
	c := opened(t)
	var r Reader
	got, err := r.Feed(append(c.Ping(), AppendPong(nil)...))
	if d := cmp.Diff([]Incoming{Ping{}, Pong{}}, got); d != "" || err != nil {
		t.Errorf("client: %v %s", err, d)
	}
	s := c.Feed(append(AppendPing(nil), AppendPong(nil)...))
	if want := string(AppendPong(nil)); string(s.Out) != want || len(s.Calls) > 0 || s.End {
		t.Errorf("server: %+v", s)
	}
}

// A kind that is not known is an event all the same (PROTOCOL 11.2), and keeps
// its place in the client's cache.
func TestUnknownEventKeepsItsPlace(t *testing.T) {
	ev, err := ParseEvent([]byte(`{"ev":"pinned","room":"r1","seq":9,"prev":7,"pin":{"a":[1]},"at":"2026-11-21T10:00:00.000Z"}`))
	if err != nil || ev.Body != nil || ev.Seq != 9 || ev.Prev != 7 || ev.Room != "r1" {
		t.Fatalf("%+v, %v", ev, err)
	}
	again, err := ParseEvent(AppendEvent(nil, ev))
	if d := cmp.Diff(ev, again, seen()); d != "" || err != nil {
		t.Error(err, d)
	}
}

func splitLines(out []byte) [][]byte {
	lines := bytes.Split(bytes.TrimSuffix(out, []byte("\n")), []byte("\n"))
	if len(out) == 0 {
		return nil
	}
	return lines
}
