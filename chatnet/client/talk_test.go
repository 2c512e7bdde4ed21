package client_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

// kinds names updates, for their order.
func kinds(all []chatnet.Update) (names []string) {
	for _, u := range all {
		name := fmt.Sprintf("%T", u)[len("chatnet."):]
		if l, ok := u.(chatnet.LinkChanged); ok {
			name = string(l.State)
		}
		names = append(names, name)
	}
	return names
}

func TestTalksAndResumesFromItsCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "one", "two")
		cfg := config(t, f)
		p := start(t, cfg)
		p.updates()
		p.say("three")
		want := []string{"dialling", "Welcomed", "up", "Arrived", "Queued", "Settled", "Arrived"}
		if d := cmp.Diff(want, kinds(p.updates())); d != "" {
			t.Error(d)
		}
		settled := of[chatnet.Settled](p.updates())[0]
		if settled.Err != nil || settled.Seq != 6 || settled.Room != lobby || settled.Say.Origin.N != 1 {
			t.Errorf("settled %+v", settled)
		}
		p.end()
		f.say(lobby, "four")

		p = start(t, cfg)
		defer p.end()
		want = []string{"RoomEntered", "Arrived", "dialling", "Welcomed", "up", "Arrived"}
		if d := cmp.Diff(want, kinds(p.updates())); d != "" {
			t.Error(d)
		}
		all := of[chatnet.Arrived](p.updates())
		if !all[0].Cached || all[1].Cached {
			t.Error("cached events are not told from new ones")
		}
		if d := cmp.Diff([]string{"one", "two", "three"}, texts(all[0].Events)); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]string{"four"}, texts(all[1].Events)); d != "" {
			t.Error(d)
		}
		info := of[chatnet.RoomEntered](p.updates())[0].Info
		if info.Name != chatnet.Lobby() || info.Kind != chatnet.KindOpen || info.Epoch != "e1" || info.Head != 6 {
			t.Errorf("the cached room is %+v", info)
		}
	})
}

func TestOtherRequestsAreAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		p := start(t, config(t, f))
		defer p.end()
		p.updates()
		if err := p.c.Do(chatnet.Join{Name: chatnet.MustRoomName("dev")}); err != nil {
			t.Fatal(err)
		}
		got := of[chatnet.Answered](p.updates())
		if len(got) != 1 || got[0].Reply.Err != nil {
			t.Fatalf("got %+v", got)
		}
		if d := cmp.Diff("dev", got[0].Request.(chatnet.Join).Name.String()); d != "" {
			t.Error(d)
		}

		f.do(func() { f.mute = true })
		if err := p.c.Do(chatnet.ListRooms{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		f.do(func() { f.mute, f.down = false, fmt.Errorf("away") })
		f.hangUp()
		got = of[chatnet.Answered](p.updates())
		if len(got) != 2 || code(got[1].Reply.Err) != chatnet.CodeOffline {
			t.Errorf("a request on a lost connection was answered %+v", got)
		}
		if err := p.c.Do(chatnet.ListRooms{}); chatnet.CodeOf(err) != chatnet.CodeOffline {
			t.Errorf("without a link Do returns %v", err)
		}
	})
}

func TestDoChecksWhatNoServerWouldTake(t *testing.T) {
	c := open(t, config(t, newFake()))
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	long := chatnet.Clean(strings.Repeat("x", chatnet.MaxText+1))
	for _, test := range []struct {
		name string
		ask  chatnet.Request
		want chatnet.Code
	}{
		{"nothing", nil, chatnet.CodeBadRequest},
		{"no text", chatnet.Say{Room: lobby}, chatnet.CodeBadRequest},
		{"too long", chatnet.Say{Room: lobby, Text: long}, chatnet.CodeTooLong},
		{"nowhere", chatnet.Say{Text: chatnet.Clean("hi")}, chatnet.CodeBadRequest},
		{"offline", chatnet.ListRooms{}, chatnet.CodeOffline},
		{"to a nick", chatnet.Say{To: chatnet.MustNick("bob"), Text: chatnet.Clean("hi")}, ""},
	} {
		if got := chatnet.CodeOf(c.Do(test.ask)); got != test.want {
			t.Errorf("%s: code %q, want %q", test.name, got, test.want)
		}
	}
}

func TestRoomsComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say("dev", "in dev")
		cfg := config(t, f)
		p := start(t, cfg)
		p.updates()
		p.take()
		f.do(func() {
			info := chatnet.RoomInfo{ID: "r-new", Name: chatnet.MustRoomName("new"), Kind: chatnet.KindOpen, Epoch: "e9"}
			f.send(chatnet.Delivery{Entered: []chatnet.RoomInfo{info}, Exited: []chatnet.RoomID{"dev"}})
		})
		if d := cmp.Diff([]string{"RoomEntered", "RoomExited"}, kinds(p.take())); d != "" {
			t.Error(d)
		}
		f.do(func() {
			late := chatnet.Event{Room: "dev", Seq: 4, Prev: 2, Body: chatnet.Said{Text: chatnet.Clean("late")}}
			f.send(chatnet.Delivery{Events: []chatnet.Event{late}})
		})
		if got := p.take(); len(got) != 0 {
			t.Errorf("an event of a room that was left gives %v", got)
		}
		p.end()

		p = start(t, cfg) // the server does not list r-new
		defer p.end()
		if d := cmp.Diff([]chatnet.RoomExited{{Room: "r-new"}}, of[chatnet.RoomExited](p.updates())); d != "" {
			t.Error(d)
		}
	})
}

func TestResetDropsWhatWasCached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "old")
		cfg := config(t, f)
		p := start(t, cfg)
		p.updates()
		p.end()
		f.do(func() {
			r := f.room(lobby)
			r.info.Epoch, r.info.Head, r.log = "e2", 0, nil
			f.add(r, "new", chatnet.Origin{})
		})
		for _, want := range [][]string{
			{"RoomEntered", "Arrived", "dialling", "Welcomed", "RoomReset", "up", "Arrived"},
			{"RoomEntered", "Arrived", "dialling", "Welcomed", "up"},
		} {
			p = start(t, cfg)
			if d := cmp.Diff(want, kinds(p.updates())); d != "" {
				t.Error(d)
			}
			p.end()
		}
		if d := cmp.Diff([]string{"new"}, texts(arrived(p.updates(), lobby))); d != "" {
			t.Error(d)
		}
	})
}

func TestSignalsPassAndReadMarksStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "one")
		cfg := config(t, f)
		p := start(t, cfg)
		p.updates()
		f.do(func() {
			f.send(chatnet.Delivery{Signals: []chatnet.Signal{chatnet.ReadMoved{Room: lobby, Seq: 2},
				chatnet.SelfChanged{Nick: chatnet.MustNick("ada2"), Role: chatnet.RoleMember}}})
		})
		if got := of[chatnet.Signalled](p.updates()); len(got) != 2 {
			t.Errorf("signals: %v", got)
		}
		p.end()
		f.do(func() { f.down = errors.New("away") })
		p = start(t, cfg)
		if got := of[chatnet.RoomEntered](p.updates())[0].Info.Read; got != 2 {
			t.Errorf("the cached read mark is %d, want 2", got)
		}
		p.end()
	})
}

func TestLaterHellosUseTheNewNickAndDoNotRejoin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		cfg := config(t, f)
		cfg.Room = chatnet.MustRoomName("dev")
		p := start(t, cfg)
		defer p.end()
		p.updates()
		f.do(func() {
			f.send(chatnet.Delivery{Signals: []chatnet.Signal{chatnet.SelfChanged{Nick: chatnet.MustNick("ada2"), Role: chatnet.RoleMember}}})
		})
		synctest.Wait()
		f.hangUp()
		pass(time.Second)
		first, second := f.seen().hellos[0], f.seen().hellos[1]
		if first.Nick.String() != "ada" || first.Room.String() != "dev" {
			t.Errorf("the first hello is %+v", first)
		}
		if second.Nick.String() != "ada2" || !second.Room.IsZero() {
			t.Errorf("the second hello is %+v", second)
		}
		if first.Dev == 0 || first.Dev != second.Dev || len(first.Token) < 22 || first.Token != second.Token {
			t.Error("the client is not the same one in both hellos")
		}
	})
}
