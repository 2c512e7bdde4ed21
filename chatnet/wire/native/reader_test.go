package native

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
	"tchat/chatnet/wire/wiretest"
)

// read is what a Reader makes of some input, and its end.
type read struct {
	In    []Incoming
	Err   string
	Code  chatnet.Code
	Later string // what a call behind the end answers
}

// readAll feeds pieces to a new Reader.
func readAll(pieces [][]byte) (all read) {
	var r Reader
	for _, p := range pieces {
		own := append([]byte(nil), p...)
		in, err := r.Feed(own)
		all.In = append(all.In, in...)
		for i := range own {
			own[i] = '~'
		}
		if err != nil {
			all.Err, all.Code = err.Error(), chatnet.CodeOf(err)
			_, err = r.Feed([]byte("{}\n"))
			all.Later = err.Error()
			return all
		}
	}
	return all
}

// TestReaderEnds goes through what no server of ours says.
func TestReaderEnds(t *testing.T) {
	const fine = `{"pong":true}` + "\n"
	for _, c := range []struct{ in, want string }{
		{"SSH-2.0-OpenSSH_9.9\r\n", "one JSON object"},
		{"HTTP/1.1 400 Bad Request\r\n\r\n", "one JSON object"},
		{strings.Repeat("x", chatnet.MaxLine+1), "at most 65536 bytes"},
		{`{"re":1,"re":2}` + "\n", "twice"},
		{`{"re":"1","ok":"done"}` + "\n", "must be a number"},
		{`{"re":1}` + "\n", `"ok" is missing`},
		{`{"re":1,"ok":"stored","room":"no room"}` + "\n", "a room id has"},
		{`{"re":1,"error":"NO!"}` + "\n", "a code has"},
		{`{"re":1,"ok":"rooms","rooms":{}}` + "\n", "must be a list"},
		{`{"re":1,"ok":"rooms","rooms":[1]}` + "\n", "a list of objects"},
		{`{"re":1,"ok":"rooms","rooms":[{"name":"a b"}]}` + "\n", "a room name has"},
		{`{"re":1,"ok":"user","rooms":[1]}` + "\n", "a list of strings"},
		{`{"re":1,"ok":"user","rooms":["a b"]}` + "\n", "a room name has"},
		{`{"re":1,"ok":"user","rooms":"a"}` + "\n", "must be a list"},
		{`{"re":1,"ok":"members","members":[{"presence":"asleep"}]}` + "\n", "a presence is"},
		{`{"re":0,"ok":"welcome","server":[]}` + "\n", "must be an object"},
		{`{"re":0,"ok":"welcome","rooms":[{"name":"x"}]}` + "\n", `"in" is missing`},
		{`{"in":"r1","kind":"secret"}` + "\n", "a room is one of"},
		{`{"in":"r1","epoch":"a b"}` + "\n", "an epoch has"},
		{`{"in":"r1","with":{"nick":"a b"}}` + "\n", "a nick has"},
		{`{"ev":"said","seq":1}` + "\n", `"room" is missing`},
		{`{"ev":"said","room":"r1","at":"now"}` + "\n", "a time is written"},
		{`{"ev":"said","room":"r1","at":7}` + "\n", "must be a string"},
		{`{"ev":"said","room":"r1","seq":-1}` + "\n", "not negative"},
		{`{"re":1,"ok":"rooms","part":true}` + "\n" + `{"pong":true}` + "\n", "follow each other"},
		{`{"re":1,"ok":"rooms","part":true}` + "\n" + `{"re":2,"ok":"rooms"}` + "\n", "follow each other"},
		{`{"re":1,"ok":"rooms","part":true}` + "\n" + `{"re":1,"ok":"members"}` + "\n", "follow each other"},
		{`{"re":1,"ok":"rooms","part":true}` + "\n" + `{"re":1,"error":"busy"}` + "\n", "follow each other"},
		{`{"re":1,"ok":"done","part":true}` + "\n" + `{"re":1,"ok":"done"}` + "\n", "follow each other"},
	} {
		first := readAll([][]byte{[]byte(c.in)})
		later := readAll([][]byte{[]byte(fine + c.in + fine)})
		if !strings.Contains(first.Err, c.want) || !strings.Contains(later.Err, c.want) || first.Later != first.Err {
			t.Errorf("%.50q: %+v\nwant an error with %q", c.in, first, c.want)
		}
		if strings.Contains(c.in, `"part"`) {
			continue // its first line is understood
		}
		if first.Code != chatnet.CodeNotTchat || later.Code != chatnet.CodeProtocol || len(later.In) != 1 {
			t.Errorf("%.50q: %s as the first line, %s later; %d before it", c.in, first.Code, later.Code, len(later.In))
		}
	}
}

// TestReaderLetsNewThingsBy: what a later server of this version may say
// (PROTOCOL 11.2).
func TestReaderLetsNewThingsBy(t *testing.T) {
	got := readAll([][]byte{[]byte(`{"weather":"rain","depth":[[1]]}` + "\n\r\n" +
		`{"sig":"dancing","user":"k-1"}` + "\n" +
		`{"re":3,"ok":"poem","lines":[]}` + "\n" +
		`{"re":4,"ok":"done","new":{"a":null}}` + "\n" +
		`{"re":5,"error":"too-wet","text":"rain","umbrella":true}` + "\n" +
		`{"ev":"rained","room":"r1","seq":4,"prev":3,"mm":12}` + "\n" +
		`{"ping":true,"id":9}` + "\n")})
	want := []Incoming{
		Reply{chatnet.Reply{ID: 3, Err: chatnet.E(chatnet.CodeProtocol, "the server answered in a way that this program does not know")}},
		Reply{chatnet.Reply{ID: 4, Answer: chatnet.Done{}}},
		Reply{chatnet.Reply{ID: 5, Err: chatnet.E("too-wet", "rain")}},
		Event{chatnet.Event{Room: "r1", Seq: 4, Prev: 3}},
		Ping{},
	}
	if d := cmp.Diff(want, got.In, seen()); d != "" || got.Err != "" {
		t.Error(got.Err, d)
	}
}

// TestReaderCleans: a hostile server reaches the screen no more than a hostile
// peer.
func TestReaderCleans(t *testing.T) {
	got := readAll([][]byte{[]byte(`{"bye":"busy","text":"a\u001b[2Jb\u202ec\nd"}` + "\n" +
		`{"ev":"said","room":"r1","seq":1,"text":"x\u009b31my\u0007\n\ttab"}` + "\n" +
		`{"in":"r1","topic":"two\nlines\u0000"}` + "\n")})
	want := []Incoming{
		Bye{&chatnet.Error{Code: chatnet.CodeBusy, Text: "abc d"}},
		Event{chatnet.Event{Room: "r1", Seq: 1, Body: chatnet.Said{Text: chatnet.Clean("xy\n    tab")}}},
		Entered{chatnet.RoomInfo{ID: "r1", Topic: chatnet.CleanLine("two lines")}},
	}
	if d := cmp.Diff(want, got.In, seen()); d != "" || got.Err != "" {
		t.Error(got.Err, d)
	}
}

// TestLongListsComeInParts (PROTOCOL 4.2).
func TestLongListsComeInParts(t *testing.T) {
	page := chatnet.Page{Room: "r1", More: true}
	text := chatnet.Clean(strings.Repeat("\"\\\n", chatnet.MaxText/3) + "x")
	welcome := chatnet.Welcome{User: "k-1", Nick: chatnet.MustNick("ada"), Server: chatnet.ServerInfo{MOTD: text}}
	user := chatnet.UserInfo{Member: chatnet.Member{User: "k-1"}, Since: time.UnixMilli(0).UTC()}
	members := chatnet.MemberList{Room: "r1"}
	var rooms chatnet.RoomList
	var knocks chatnet.KnockList
	for i := range 2000 {
		name := chatnet.MustRoomName(fmt.Sprintf("room%058d", i))
		nick := chatnet.MustNick(fmt.Sprintf("nick%028d", i))
		if i < chatnet.PageSize {
			page.Events = append(page.Events, chatnet.Event{Room: "r1", Seq: chatnet.Seq(i + 1), Body: chatnet.Said{Text: text}})
		}
		welcome.Rooms = append(welcome.Rooms, chatnet.RoomInfo{ID: "r1", Name: name})
		user.Rooms = append(user.Rooms, name)
		members.Members = append(members.Members, chatnet.Member{User: "k-1", Nick: nick})
		rooms.Rooms = append(rooms.Rooms, chatnet.Listing{Name: name, Count: 1})
		knocks.Knocks = append(knocks.Knocks, chatnet.Knock{User: "k-1", Nick: nick})
	}
	for _, a := range []chatnet.Answer{page, welcome, user, members, rooms, knocks} {
		want := chatnet.Reply{ID: 7, Answer: a}
		got := delivered(t, chatnet.Delivery{Replies: []chatnet.Reply{want}})
		if whole := []Incoming{Reply{want}}; !reflect.DeepEqual(whole, got) {
			t.Errorf("%T: %.2000s", a, cmp.Diff(whole, got, seen()))
		}
		if n := strings.Count(string(appendReply(nil, want)), `"part":true`); n == 0 {
			t.Errorf("%T came in one line", a)
		}
	}
}

// TestPartsAreBounded: a server cannot fill the client's memory with parts.
func TestPartsAreBounded(t *testing.T) {
	line := []byte(`{"re":1,"ok":"rooms","part":true,"rooms":[{"topic":"` + strings.Repeat("x", 60000) + `"}]}` + "\n")
	var r Reader
	var err error
	n := 0
	for ; err == nil && n < 8; n++ {
		_, err = r.Feed(line)
		r.size += maxReply / 5 // as if there had been more
	}
	if chatnet.CodeOf(err) != chatnet.CodeProtocol || !strings.Contains(err.Error(), "32 MiB") {
		t.Errorf("%d parts of %d bytes: %v", n, len(line), err)
	}
}

// visit is what a server says in a short visit, one line of every kind.
func visit() []byte {
	g := newRandom(7)
	d := chatnet.Delivery{
		Entered: []chatnet.RoomInfo{g.info()}, Exited: []chatnet.RoomID{g.room()}, Bye: g.error(),
	}
	for _, name := range kindsOf(g.answers()) {
		d.Replies = append(d.Replies, chatnet.Reply{ID: 1, Answer: g.answers()[name]})
	}
	for _, name := range kindsOf(g.bodies()) {
		d.Events = append(d.Events, g.event(g.bodies()[name]))
	}
	for _, name := range kindsOf(g.signals()) {
		d.Signals = append(d.Signals, g.signals()[name])
	}
	return append([]byte(`{"re":1,"ok":"rooms","part":true}`+"\n"+`{"re":1,"ok":"rooms","rooms":[]}`+"\r\n"), New().Open(wirePeer).Deliver(d)...)
}

func TestReaderChopped(t *testing.T) {
	for _, in := range [][]byte{
		visit(),
		[]byte("{\"ping\":true}\r\n\n{\"pong\":true}\nrubbish\n{}\n"),
	} {
		wiretest.Pieces(t, in, func(p [][]byte) any { return readAll(p) })
	}
	long := []byte("{\"ping\":true}\n" + strings.Repeat("x", chatnet.MaxLine) + "x")
	wiretest.PiecesAt(t, long, []int{1, 14, 15, 100, len(long) - 2, len(long) - 1}, func(p [][]byte) any { return readAll(p) })
}

func FuzzReader(f *testing.F) {
	f.Add(visit(), uint16(7), uint16(2000))
	for _, line := range strings.SplitAfter(string(visit()), "\n") {
		f.Add([]byte(line), uint16(3), uint16(30))
	}
	f.Fuzz(func(t *testing.T, in []byte, one, other uint16) {
		wiretest.PiecesAt(t, in, []int{int(one), int(other)}, func(p [][]byte) any { return readAll(p) })
	})
}

// FuzzParseEvent: what is read is written and read again as the same.
func FuzzParseEvent(f *testing.F) {
	g := newRandom(3)
	for _, b := range g.bodies() {
		f.Add(AppendEvent(nil, g.event(b)))
	}
	f.Add([]byte(`{"ev":"new","room":"r1"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		ev, err := ParseEvent(line)
		if err != nil {
			return
		}
		again, err := ParseEvent(AppendEvent(nil, ev))
		if d := cmp.Diff(ev, again, seen()); d != "" || err != nil {
			t.Fatalf("%q: %v\n%s", line, err, d)
		}
	})
}
