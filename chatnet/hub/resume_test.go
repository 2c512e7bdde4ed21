package hub_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

// back makes a hand's client come again with the cursors that it has.
func (d *hand) back() *hand {
	d.l.t.Helper()
	hi := hello(d.welcome.Nick.String(), d.dev)
	epochs := map[chatnet.RoomID]chatnet.Epoch{}
	for _, info := range slices.Concat(d.welcome.Rooms, d.entered) {
		epochs[info.ID] = info.Epoch
	}
	for id, evs := range d.events {
		hi.Cursors = append(hi.Cursors, chatnet.Cursor{Room: id, Epoch: epochs[id], Seq: evs[len(evs)-1].Seq})
	}
	next := d.l.enter(hub.Peer{User: d.welcome.User}, hi)
	next.n = d.n
	return next
}

// info returns what the welcome says of a room.
func (d *hand) info(name string) chatnet.RoomInfo {
	d.l.t.Helper()
	for _, info := range d.welcome.Rooms {
		if info.Name.String() == name {
			return info
		}
	}
	d.l.t.Fatalf("%s is not in the welcome", name)
	return chatnet.RoomInfo{}
}

func fill(d *hand, id chatnet.RoomID, n int) {
	d.l.t.Helper()
	for i := range n {
		d.must(d.line(id, numbered(i)))
	}
}

func TestResume(t *testing.T) {
	tests := []struct {
		name   string
		missed int
		cursor func(c chatnet.Cursor) chatnet.Cursor
		reset  bool
		gets   int
	}{
		{"nothing missed", 0, nil, false, 0},
		{"from memory", 30, nil, false, 30},
		{"from the store", 700, nil, false, 700},
		{"just in reach", 1000, nil, false, 1000},
		{"too far", 1001, nil, true, 200},
		{"another life", 10, func(c chatnet.Cursor) chatnet.Cursor { c.Epoch = "other"; return c }, true, 200},
		{"past the head", 10, func(c chatnet.Cursor) chatnet.Cursor { c.Seq += 5000; return c }, true, 200},
		{"knows nothing of a long log", 10, func(c chatnet.Cursor) chatnet.Cursor { c.Seq = 0; return c }, false, 265},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
				ada, bob := l.come("ada", 1), l.come("bob", 2)
				lobby := ada.room("lobby")
				fill(bob, lobby, 253)
				ada.look()
				ada.s.Close()
				fill(bob, lobby, tt.missed)
				had := ada.events[lobby]
				c := chatnet.Cursor{Room: lobby, Epoch: ada.info("lobby").Epoch, Seq: had[len(had)-1].Seq}
				if tt.cursor != nil {
					c = tt.cursor(c)
				}
				hi := hello("ada", 1)
				hi.Cursors = []chatnet.Cursor{c}
				again := l.enter(hub.Peer{User: "k-ada"}, hi)
				info := again.info("lobby")
				if info.Reset != tt.reset {
					t.Errorf("reset is %v", info.Reset)
				}
				if !tt.reset && info.After != c.Seq {
					t.Errorf("begins after %d, the cursor was %d", info.After, c.Seq)
				}
				got := again.events[lobby]
				if n := len(got) - 1; n != tt.gets {
					t.Errorf("%d events, want %d", n, tt.gets)
				}
				if tt.gets > 0 && got[len(got)-1].Seq != info.Head {
					t.Error("the head was not reached")
				}
			})
		})
	}
}

func TestANewcomerGetsThePage(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		fill(ada, lobby, 300)
		bob := l.come("bob", 2)
		if n := len(bob.events[lobby]) - 1; n != chatnet.PageSize || bob.info("lobby").Reset {
			t.Errorf("%d events come without asking", n)
		}
		page := bob.must(chatnet.History{Room: lobby, Before: bob.events[lobby][1].Seq, Limit: 50}).(chatnet.Page)
		if !page.More || len(page.Events) != 50 || page.Events[49].Seq != bob.events[lobby][1].Prev {
			t.Errorf("page of %d, more %v", len(page.Events), page.More)
		}
		first := bob.must(chatnet.History{Room: lobby, Before: page.Events[0].Seq}).(chatnet.Page)
		if first.More || first.Events[0].Prev != 0 {
			t.Errorf("the first page: more %v, from %d", first.More, first.Events[0].Seq)
		}
		if c := bob.code(chatnet.History{Room: lobby, Limit: 1001}); c != chatnet.CodeTooLong {
			t.Errorf("a huge page: %q", c)
		}
	})
}

// TestComingAndGoing loses the line at every few events and checks that live
// plus resume is everything, once (DELIVERY I7).
func TestComingAndGoing(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		bob, ada := l.come("bob", 2), l.come("ada", 1)
		lobby := bob.room("lobby")
		var heard []string
		for i := range 120 {
			bob.must(bob.line(lobby, numbered(i)))
			if i%3 == 0 {
				ada.look()
			}
			if i%7 == 0 {
				heard = append(heard, ada.said(lobby)...)
				ada.s.Close()
				ada = ada.back()
			}
		}
		ada.look()
		heard = append(heard, ada.said(lobby)...)
		if diff := cmp.Diff(bob.said(lobby), heard); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASlowReaderStallsNobodyAndLosesNothing(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, slow := l.come("ada", 1), l.come("slow", 2)
		lobby := ada.room("lobby")
		big := strings.Repeat("x", 4000)
		for range 600 { // more than the tail has
			ada.must(ada.line(lobby, big))
		}
		slow.lookBy(10_000)
		if n := len(slow.said(lobby)); n != 600 {
			t.Errorf("%d of 600 messages", n)
		}
		for _, taken := range slow.taken {
			size := 0
			for _, b := range taken.Batches {
				for _, ev := range b.Events() {
					if said, ok := ev.Body.(chatnet.Said); ok {
						size += said.Text.Len()
					}
				}
			}
			if size > 12_000 {
				t.Errorf("one Take of 10,000 gave %d bytes", size)
			}
		}
	})
}

func TestTwoRoomsAreTakenInTurn(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		ada.must(joinRoom("dev"))
		bob.must(joinRoom("dev"))
		dev := ada.room("dev")
		for i := range 100 {
			ada.must(ada.line(lobby, strings.Repeat("y", 500)))
			if i < 3 {
				ada.must(ada.line(dev, "short"))
			}
		}
		synctest.Wait()
		<-bob.s.Ready()
		for range 3 {
			taken, err := bob.s.Take(t.Context(), 2000)
			if err != nil {
				t.Fatal(err)
			}
			bob.note(taken)
		}
		if n := len(bob.said(dev)); n != 3 {
			t.Errorf("%d of 3 messages of the quiet room within three Takes", n)
		}
		bob.look()
	})
}

func TestTakeover(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		ada.look()
		bob.look()
		bob.signals = nil
		second := ada.back()
		ada.look()
		if ada.bye == nil || ada.bye.Code != chatnet.CodeReplaced {
			t.Fatalf("the old session got %v", ada.bye)
		}
		if err := ada.s.Submit(chatnet.Call{Request: ada.line(lobby, "ghost")}); chatnet.CodeOf(err) != chatnet.CodeReplaced {
			t.Errorf("the old session may still speak: %v", err)
		}
		ada.s.Close()
		other := l.come("ada", 9) // another client of the same user is nobody's ghost
		second.must(second.line(lobby, "one of us"))
		bob.look()
		other.look()
		if second.bye != nil || len(other.said(lobby)) != 1 || len(bob.said(lobby)) != 1 {
			t.Error("two clients of one user cannot be in together")
		}
		if got := signalsOf[chatnet.PresenceChanged](bob); len(got) != 0 {
			t.Errorf("a takeover flickers: %v", got)
		}
	})
}

func TestARestartChangesNothing(t *testing.T) {
	inLab(t, hub.Config{Owner: "k-ada"}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		ada.must(chatnet.Create{Name: chatnet.MustRoomName("den"), Private: true})
		den := ada.room("den")
		ada.must(chatnet.Invite{Room: den, Nick: chatnet.MustNick("bob")})
		bob.must(bob.private("ada", "only you"))
		bob.must(chatnet.SetNick{Nick: chatnet.MustNick("robert")})
		ada.must(chatnet.SetRole{Nick: chatnet.MustNick("robert"), Role: chatnet.RoleModerator})
		said := bob.line(lobby, "before")
		first := bob.must(said).(chatnet.Stored)
		bob.must(chatnet.MarkRead{Room: lobby, Seq: first.Seq})
		bob.look()
		old := bob.back().welcome

		l.shut()
		l.open(hub.Config{Owner: "k-ada"})
		again := bob.back()
		text := cmp.Comparer(func(a, b chatnet.Text) bool { return a == b })
		name := cmp.Comparer(func(a, b chatnet.RoomName) bool { return a == b })
		nick := cmp.Comparer(func(a, b chatnet.Nick) bool { return a == b })
		for i := range old.Rooms {
			old.Rooms[i].With.Presence = chatnet.Gone // ada is not back
			if old.Rooms[i].With.User == "" {
				old.Rooms[i].With.Presence = ""
			}
		}
		if diff := cmp.Diff(old, again.welcome, text, name, nick); diff != "" {
			t.Error(diff)
		}
		if again.welcome.Role != chatnet.RoleModerator || again.info("lobby").Read != first.Seq {
			t.Errorf("welcome %+v", again.welcome)
		}
		repeat := again.must(said).(chatnet.Stored)
		if !repeat.Dup || repeat.Seq != first.Seq {
			t.Errorf("after the restart the repeat is %+v", repeat)
		}
		for id, evs := range again.events {
			if len(evs) > 1 {
				t.Errorf("room %s was sent again: %d events", id, len(evs)-1)
			}
		}
	})
}
