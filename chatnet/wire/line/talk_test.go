package line_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/line"
)

// plain is a voice of a test.
type plain struct {
	*line.Talk
	ends []string
}

func talk() *plain {
	p := &plain{}
	p.Talk = line.New(p)
	return p
}

func (p *plain) Said(m line.Message) []wire.Write {
	s := m.From.String() + ": "
	if m.Private {
		s = m.From.String() + " to " + m.To.String() + ": "
	}
	if m.Old {
		s = "old " + s
	}
	if m.Own {
		s = "own " + s
	}
	return []wire.Write{{Bytes: []byte(s + m.Text)}}
}

func (p *plain) Notice(text string) []wire.Write { return line.Notices(text, "") }
func (p *plain) Welcomed(w chatnet.Welcome)      { p.Tell("welcome " + w.Nick.String()) }
func (p *plain) Refused(why *chatnet.Error)      { p.ends = append(p.ends, "refused "+string(why.Code)) }
func (p *plain) Ended(why *chatnet.Error)        { p.ends = append(p.ends, "ended "+string(why.Code)) }

// wrote returns what a step writes.
func wrote(s wire.Step) (all []string) {
	for _, w := range s.Writes {
		all = append(all, string(w.Bytes))
	}
	return all
}

// requests names the kinds of a step's calls.
func requests(s wire.Step) (all []string) {
	for _, c := range s.Calls {
		all = append(all, strings.TrimPrefix(fmt.Sprintf("%T", c.Request), "chatnet."))
	}
	return all
}

const (
	lobby = chatnet.RoomID("r1")
	ada   = chatnet.UserID("g-.ada")
	bob   = chatnet.UserID("k-bob")
)

func info(head, after chatnet.Seq) chatnet.RoomInfo {
	return chatnet.RoomInfo{ID: lobby, Name: chatnet.Lobby(), Kind: chatnet.KindOpen, Head: head, After: after}
}

// welcome lets a talk in.
func welcome(p *plain, info chatnet.RoomInfo) wire.Step {
	p.Enter(chatnet.MustNick("ada"), chatnet.RoomName{})
	p.Step()
	return p.Hear(replies(chatnet.Reply{Answer: chatnet.Welcome{
		User: ada, Nick: chatnet.MustNick("ada"), Rooms: []chatnet.RoomInfo{info},
	}}))
}

func replies(rs ...chatnet.Reply) chatnet.Delivery { return chatnet.Delivery{Replies: rs} }
func events(evs ...chatnet.Event) chatnet.Delivery { return chatnet.Delivery{Events: evs} }
func signals(s ...chatnet.Signal) chatnet.Delivery { return chatnet.Delivery{Signals: s} }
func said(s string) chatnet.Said                   { return chatnet.Said{Text: chatnet.Clean(s)} }
func joins() chatnet.Joined                        { return chatnet.Joined{User: ada, Nick: chatnet.MustNick("ada")} }
func by(u chatnet.UserID, nick string, e chatnet.Event) chatnet.Event {
	e.By, e.Nick = u, chatnet.MustNick(nick)
	return e
}

// ev is an event by bob.
func ev(seq chatnet.Seq, b chatnet.Body) chatnet.Event {
	return by(bob, "bob", chatnet.Event{Room: lobby, Seq: seq, Prev: seq - 1, At: time.Unix(0, 0), Body: b})
}

// TestBehind: what was said before the peer came is history, what was said
// since is not, also when it has been here before.
func TestBehind(t *testing.T) {
	p := talk()
	p.Backlog = 20
	if got := requests(welcome(p, info(7, 1))); !slices.Equal(got, []string{"ListMembers"}) {
		t.Errorf("before the backlog came it asks for %v", got)
	}
	s := p.Hear(events(
		ev(2, said("long ago")), ev(3, joins()), ev(4, said("the first time")), ev(5, chatnet.Parted{User: ada}),
		ev(6, joins()), ev(7, said("since then")), ev(8, said("live")),
	))
	if got := wrote(s); !slices.Equal(got, []string{"bob: since then", "bob: live"}) {
		t.Errorf("shown: %q", got)
	}
	h, ok := s.Calls[0].Request.(chatnet.History)
	if !ok || h.Before != 6 {
		t.Errorf("history is asked by %+v", s.Calls)
	}
	s = p.Hear(replies(chatnet.Reply{ID: s.Calls[0].ID, Answer: chatnet.Page{Room: lobby, Events: []chatnet.Event{
		ev(2, said("long ago")), ev(3, joins()), ev(4, said("the furst time")),
		ev(5, chatnet.Edited{Target: 4, Text: chatnet.Clean("the first time")}),
	}}}))
	if got := wrote(s); !slices.Equal(got, []string{"old bob: long ago", "old bob: the first time"}) {
		t.Errorf("history: %q", got)
	}
}

// TestAmended: what lines cannot show is told, and never silently dropped.
func TestAmended(t *testing.T) {
	p := talk()
	welcome(p, info(0, 0))
	thumb := chatnet.MustEmoji("\U0001F44D")
	for i, c := range []struct {
		ev   chatnet.Event
		want []string
	}{
		{ev(1, said("helo")), []string{"bob: helo"}},
		{ev(2, chatnet.Edited{Target: 1, Text: chatnet.Clean("hello")}), []string{"* bob corrected: hello"}},
		{ev(3, chatnet.Said{Text: chatnet.Clean("me too"), Reply: 1}), []string{"bob: > bob: hello\nme too"}},
		{ev(4, chatnet.Said{Text: chatnet.Clean("what"), Reply: 100}), []string{"bob: > an older message\nwhat"}},
		{ev(5, chatnet.Reacted{Target: 1, Emoji: thumb, On: true}), []string{"* bob put \U0001F44D to bob: hello"}},
		{by("k-carl", "carl", ev(6, chatnet.Reacted{Target: 1, Emoji: thumb, On: true})), []string{"* carl put \U0001F44D (2 times now) to bob: hello"}},
		{ev(7, chatnet.Reacted{Target: 1, Emoji: thumb, On: false}), []string{"* bob took \U0001F44D back from bob: hello"}},
		{ev(8, chatnet.Redacted{Target: 1, Reason: chatnet.CleanLine("a typo")}), []string{"* bob took back what bob said (a typo)"}},
		{ev(9, chatnet.Said{Text: chatnet.Clean("gone?"), Reply: 1}), []string{"bob: > bob: (taken back)\ngone?"}},
		{ev(10, chatnet.Said{}), []string{"bob: (taken back)"}},
		{ev(11, chatnet.Edited{Target: 10}), nil},
	} {
		if got := wrote(p.Hear(events(c.ev))); !slices.Equal(got, c.want) {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
	for i := range 200 {
		p.Hear(events(ev(chatnet.Seq(20+i), said("more"))))
	}
	got := wrote(p.Hear(events(ev(300, chatnet.Redacted{Target: 3}))))
	if !slices.Equal(got, []string{"* bob took back an older message"}) {
		t.Errorf("%q", got)
	}
}

// TestManyLines: a message of nothing but line breaks does not fill a line
// client's queue.
func TestManyLines(t *testing.T) {
	for _, c := range []struct {
		lines, want int
		end         string
	}{{1, 1, "x"}, {100, 100, "x"}, {101, 101, "(1 more lines)"}, {4000, 101, "(3900 more lines)"}} {
		p := talk()
		welcome(p, info(0, 0))
		got := wrote(p.Hear(events(ev(1, said(strings.Repeat("x\n", c.lines))))))
		lines := strings.Split(strings.TrimPrefix(got[0], "bob: "), "\n")
		if len(lines) != c.want || lines[len(lines)-1] != c.end {
			t.Errorf("%d lines became %d, the last %q", c.lines, len(lines), lines[len(lines)-1])
		}
	}
}

// TestOrder: messages follow each other closely, a command waits for them and
// what is behind it waits for the command.
func TestOrder(t *testing.T) {
	p := talk()
	welcome(p, info(0, 0))
	p.Type("one", "two", "/who", "three")
	s := p.Step()
	if got := requests(s); !slices.Equal(got, []string{"Say", "Say"}) {
		t.Fatalf("first: %v", got)
	}
	ok := func(c chatnet.Call) chatnet.Reply {
		return chatnet.Reply{ID: c.ID, Answer: chatnet.Stored{Room: lobby}}
	}
	if got := requests(p.Hear(replies(ok(s.Calls[0])))); got != nil {
		t.Errorf("after one answer: %v", got)
	}
	who := p.Hear(replies(ok(s.Calls[1])))
	if got := requests(who); !slices.Equal(got, []string{"ListMembers"}) || !p.Owing() {
		t.Errorf("then: %v", got)
	}
	s = p.Hear(replies(chatnet.Reply{ID: who.Calls[0].ID, Answer: chatnet.MemberList{Room: lobby}}))
	if got := requests(s); !slices.Equal(got, []string{"Say"}) {
		t.Errorf("last: %v", got)
	}
	p.Hear(replies(ok(s.Calls[0])))
	if p.Owing() {
		t.Error("all is answered and it is still owing")
	}
}

// TestRefusals: what is not stored is told, and the next try says so (S7).
func TestRefusals(t *testing.T) {
	p := talk()
	welcome(p, info(0, 0))
	p.Type(strings.Repeat("x", 100))
	s := p.Step()
	s = p.Hear(replies(chatnet.Reply{ID: s.Calls[0].ID, Err: chatnet.E(chatnet.CodeStorageFull, "the disk is full")}))
	if got := wrote(s); !slices.Equal(got, []string{"* not sent: " + strings.Repeat("x", 40) + "... (the disk is full)"}) {
		t.Errorf("%q", got)
	}
	p.Type("again", "and more")
	var again []bool
	for _, c := range p.Step().Calls {
		if say, ok := c.Request.(chatnet.Say); ok {
			again = append(again, say.Again)
		}
	}
	if !slices.Equal(again, []bool{true, false}) {
		t.Errorf("again: %v", again)
	}
}

// TestBounds: a peer that types without end is held, one that waits for the
// host keeps twenty lines.
func TestBounds(t *testing.T) {
	p := talk()
	p.Enter(chatnet.MustNick("ada"), chatnet.RoomName{})
	if s := p.Step(); !s.Hold || s.Hello == nil {
		t.Errorf("while entering: %+v", s)
	}
	p.Hear(replies(chatnet.Reply{Answer: chatnet.Waiting{}}))
	for range 30 {
		p.Type("line")
	}
	if got := wrote(p.Step()); len(got) != 1 || !strings.Contains(got[0], "your first 20 lines are kept") {
		t.Errorf("%q", got)
	}
	s := p.Hear(replies(chatnet.Reply{Answer: chatnet.Welcome{User: ada, Rooms: []chatnet.RoomInfo{info(0, 0)}}}))
	says := slices.DeleteFunc(requests(s), func(r string) bool { return r != "Say" })
	if len(says) != 16 || s.Hold {
		t.Errorf("%d messages are on their way, held %v", len(says), s.Hold)
	}
	for range 100 {
		p.Type("line")
	}
	if s := p.Step(); !s.Hold || len(s.Calls) != 0 {
		t.Errorf("with a hundred lines: %+v", s)
	}
}

// TestPresence: who goes is told once, whichever news of it comes first.
func TestPresence(t *testing.T) {
	gone := signals(chatnet.PresenceChanged{User: bob, Nick: chatnet.MustNick("bob"), Presence: chatnet.Gone})
	parts := events(ev(1, chatnet.Parted{User: bob}))
	for _, order := range [][]chatnet.Delivery{{gone, parts}, {parts, gone}, {gone}, {parts}} {
		p := talk()
		s := welcome(p, info(0, 0))
		p.Hear(replies(chatnet.Reply{ID: s.Calls[0].ID, Answer: chatnet.MemberList{
			Room: lobby, Members: []chatnet.Member{{User: bob, Nick: chatnet.MustNick("bob"), Presence: chatnet.Here}},
		}}))
		var got []string
		for _, d := range order {
			got = append(got, wrote(p.Hear(d))...)
		}
		if !slices.Equal(got, []string{"* bob left"}) {
			t.Errorf("%q", got)
		}
	}
}

func TestEnds(t *testing.T) {
	p := talk()
	p.Enter(chatnet.MustNick("bob"), chatnet.RoomName{})
	p.Step()
	p.Hear(replies(chatnet.Reply{Err: chatnet.E(chatnet.CodeNickTaken, "taken")}))
	if !p.Outside() {
		t.Error("after a refusal it does not ask anew")
	}
	welcome(p, info(0, 0))
	down := chatnet.Delivery{Bye: chatnet.E(chatnet.CodeShutdown, "down")}
	p.Hear(down)
	if s := p.Hear(down); len(s.Writes) > 0 || p.Inside() {
		t.Error("it speaks after its end")
	}
	if want := []string{"refused nick-taken", "ended shutting-down"}; !slices.Equal(p.ends, want) {
		t.Errorf("%q, want %q", p.ends, want)
	}
}

// TestNotices keeps C1, C9 and C10 for what the server says.
func TestNotices(t *testing.T) {
	for _, w := range line.Notices("one\n/exit\n/color red\n"+strings.Repeat("é", 2000), "\n") {
		s := string(w.Bytes)
		if len(s) > wire.MaxWrite || !strings.HasPrefix(s, "* ") || !strings.HasSuffix(s, "\n") || strings.Fields(s)[1] == "/color" {
			t.Errorf("%q", s)
		}
	}
}
