package hub_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

func TestTwoTalk(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		bob := l.come("bob", 2)
		lobby := ada.room("lobby")
		stored := ada.must(ada.line(lobby, "hello")).(chatnet.Stored)
		if stored.Dup || stored.Room != lobby || stored.Origin != (chatnet.Origin{Dev: 1, N: 1}) {
			t.Errorf("stored %+v", stored)
		}
		bob.must(bob.line(lobby, "hi"))
		ada.look()
		want := []string{"+ada", "+bob", "ada: hello", "bob: hi"}
		for _, d := range []*hand{ada, bob} {
			if diff := cmp.Diff(want, d.heard(lobby)); diff != "" {
				t.Error(diff)
			}
		}
		last := ada.events[lobby][len(ada.events[lobby])-2]
		if last.Seq != stored.Seq || last.By != "k-ada" || last.At.IsZero() {
			t.Errorf("the event %+v is not what was stored", last)
		}
	})
}

func TestWelcomeTellsTheServerAndTheRooms(t *testing.T) {
	inLab(t, hub.Config{Server: chatnet.ServerInfo{Name: chatnet.CleanLine("here")}}, func(t *testing.T, l *lab) {
		ada := l.enter(hub.Peer{User: "k-ada"}, chatnet.Hello{Nick: chatnet.MustNick("ada"), Room: chatnet.MustRoomName("dev")})
		w := ada.welcome
		if w.Server.Name.String() != "here" || w.Server.Durability != "process" || w.User != "k-ada" || w.Role != chatnet.RoleMember {
			t.Errorf("welcome %+v", w)
		}
		var names []string
		for _, r := range w.Rooms {
			names = append(names, r.Name.String())
			if r.Epoch == "" || r.Head == 0 || r.Count != 1 {
				t.Errorf("room %+v", r)
			}
		}
		if diff := cmp.Diff([]string{"dev", "lobby"}, names); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOneOrderForAll(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		var all []*hand
		for _, nick := range []string{"ada", "bob", "cy", "di"} {
			all = append(all, l.come(nick, chatnet.Dev(len(all)+1)))
		}
		lobby := all[0].room("lobby")
		for i := range 50 {
			for _, d := range all {
				d.send(d.line(lobby, numbered(i)))
			}
		}
		for _, d := range all {
			d.look()
		}
		for _, d := range all[1:] {
			if diff := cmp.Diff(all[0].said(lobby), d.said(lobby)); diff != "" {
				t.Fatal(diff)
			}
		}
		if n := len(all[0].said(lobby)); n != 200 {
			t.Errorf("%d of 200 messages", n)
		}
		for _, d := range all {
			var own []string
			for _, ev := range d.events[lobby] {
				if s, ok := ev.Body.(chatnet.Said); ok && ev.By == d.welcome.User {
					own = append(own, s.Text.String())
				}
			}
			if !slices.EqualFunc(own, make([]struct{}, 50), func(string, struct{}) bool { return true }) || own[0] != numbered(0) || own[49] != numbered(49) {
				t.Errorf("%s's order is %v", d.welcome.Nick, own)
			}
		}
	})
}

func TestWaitingRequestsShareAnAppend(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		release := l.store.hold()
		before := l.store.count()
		for i := range 40 {
			ada.send(ada.line(lobby, numbered(i)))
		}
		release()
		ada.look()
		if n := l.store.count() - before; n > 3 {
			t.Errorf("%d appends for 40 messages that waited together", n)
		}
		if n := len(ada.said(lobby)); n != 40 {
			t.Errorf("%d of 40 messages", n)
		}
	})
}

func TestNothingIsSeenBeforeItIsStored(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		ada.look()
		release := l.store.hold()
		id := ada.send(ada.line(lobby, "secret until safe"))
		ada.look()
		bob.look()
		if len(ada.said(lobby))+len(bob.said(lobby)) != 0 || len(ada.replies) != 0 {
			t.Error("seen before the append returned")
		}
		release()
		ada.look()
		bob.look()
		if len(bob.said(lobby)) != 1 || len(ada.replies) != 1 || ada.replies[0].ID != id {
			t.Errorf("after the append: %v %v", bob.said(lobby), ada.replies)
		}
	})
}

func TestARepeatIsStoredOnce(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 7)
		lobby := ada.room("lobby")
		say := ada.line(lobby, "once")
		first := ada.must(say).(chatnet.Stored)
		again := ada.must(say).(chatnet.Stored)
		first.Dup = true
		if diff := cmp.Diff(first, again); diff != "" {
			t.Error(diff)
		}
		// Two of them in one append.
		release := l.store.hold()
		twin := ada.line(lobby, "twin")
		ada.send(ada.line(lobby, "before"))
		a, b := ada.send(twin), ada.send(twin)
		release()
		ada.look()
		var seqs []chatnet.Seq
		for _, r := range ada.replies {
			if r.ID == a || r.ID == b {
				seqs = append(seqs, r.Answer.(chatnet.Stored).Seq)
			}
		}
		if len(seqs) != 2 || seqs[0] != seqs[1] {
			t.Errorf("the twins are at %v", seqs)
		}
		if diff := cmp.Diff([]string{"once", "before", "twin"}, ada.said(lobby)); diff != "" {
			t.Error(diff)
		}
		say.Text = chatnet.Clean("something else")
		if c := ada.code(say); c != chatnet.CodeOriginReused {
			t.Errorf("another text under the same origin: %q", c)
		}
		ada.must(joinRoom("dev"))
		say.Room, say.Text = ada.room("dev"), chatnet.Clean("once")
		if c := ada.code(say); c != chatnet.CodeOriginReused {
			t.Errorf("another room under the same origin: %q", c)
		}
		say.Origin.Dev = 8
		if c := ada.code(say); c != chatnet.CodeBadRequest {
			t.Errorf("somebody else's client id: %q", c)
		}
	})
}

func TestAnOldRepeatIsFoundInTheStore(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 7)
		lobby := ada.room("lobby")
		old := ada.line(lobby, "the first")
		first := ada.must(old).(chatnet.Stored)
		for i := range 300 {
			ada.must(ada.line(lobby, numbered(i)))
		}
		again := ada.must(old).(chatnet.Stored)
		if again.Seq != first.Seq || !again.Dup {
			t.Errorf("the repeat is %+v, the first %+v", again, first)
		}
		old.Text = chatnet.Clean("changed")
		if c := ada.code(old); c != chatnet.CodeOriginReused {
			t.Errorf("an old origin with another text: %q", c)
		}
	})
}

func TestMembersRoomsAndWhois(t *testing.T) {
	inLab(t, hub.Config{Owner: "k-ada"}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		ada.must(chatnet.Create{Name: chatnet.MustRoomName("den"), Private: true})
		bob.must(joinRoom("dev"))
		bob.must(chatnet.SetTopic{Room: bob.room("dev"), Topic: chatnet.CleanLine("work")})
		rooms := ada.must(chatnet.ListRooms{}).(chatnet.RoomList)
		want := []chatnet.Listing{
			{Name: chatnet.MustRoomName("dev"), Topic: chatnet.CleanLine("work"), Count: 1},
			{Name: chatnet.Lobby(), Count: 2},
		}
		text := cmp.Comparer(func(a, b chatnet.Text) bool { return a == b })
		name := cmp.Comparer(func(a, b chatnet.RoomName) bool { return a == b })
		if diff := cmp.Diff(want, rooms.Rooms, text, name); diff != "" {
			t.Error(diff)
		}
		list := bob.must(chatnet.ListMembers{Room: bob.room("lobby")}).(chatnet.MemberList)
		if len(list.Members) != 2 || list.Members[0].Role != chatnet.RoleOwner || list.Members[1].Presence != chatnet.Here {
			t.Errorf("members %+v", list.Members)
		}
		info := bob.must(chatnet.Whois{Nick: chatnet.MustNick("ADA")}).(chatnet.UserInfo)
		if diff := cmp.Diff([]chatnet.RoomName{chatnet.Lobby()}, info.Rooms, name); diff != "" {
			t.Error("whois tells of a private room:", diff)
		}
		if info.Since.IsZero() || info.User != "k-ada" {
			t.Errorf("whois %+v", info)
		}
		if c := bob.code(chatnet.ListMembers{Room: ada.room("den")}); c != chatnet.CodeNoRoom {
			t.Errorf("the members of a private room: %q", c)
		}
	})
}

func TestJoinPartInviteInAllSessions(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, pad, bob := l.come("ada", 1), l.come("ada", 2), l.come("bob", 3)
		ada.must(chatnet.Create{Name: chatnet.MustRoomName("den"), Private: true})
		pad.look()
		den := pad.room("den")
		if c := bob.code(joinRoom("den")); c != chatnet.CodeNoRoom {
			t.Errorf("joining a private room: %q", c)
		}
		ada.must(chatnet.Invite{Room: den, Nick: chatnet.MustNick("bob")})
		bob.look()
		if diff := cmp.Diff([]string{"+ada", "+bob"}, bob.heard(den)); diff != "" {
			t.Error(diff)
		}
		pad.must(chatnet.Part{Room: den})
		bob.must(bob.line(den, "after"))
		ada.look()
		pad.look()
		for _, d := range []*hand{ada, pad} {
			if !slices.Equal(d.exited, []chatnet.RoomID{den}) {
				t.Errorf("exited %v", d.exited)
			}
			if diff := cmp.Diff([]string{"+ada", "+bob", "-ada"}, d.heard(den)); diff != "" {
				t.Error(diff)
			}
		}
		if c := ada.code(chatnet.History{Room: den}); c != chatnet.CodeNoRoom {
			t.Errorf("reading a room that was left: %q", c)
		}
		bob.must(chatnet.Invite{Room: den, Nick: chatnet.MustNick("ada")})
		ada.look()
		if diff := cmp.Diff([]string{"+ada", "+bob", "-ada", "bob: after", "+ada"}, ada.heard(den)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPartAndJoinInOneTake(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		ada.must(joinRoom("dev"))
		bob.must(joinRoom("dev"))
		dev := ada.room("dev")
		for range 3 {
			ada.send(chatnet.Part{Room: dev})
			ada.send(joinRoom("dev"))
		}
		ada.look()
		bob.must(bob.line(dev, "welcome back"))
		ada.look()
		if len(ada.exited) > 3 || len(ada.entered) != len(ada.exited)+1 {
			t.Errorf("entered %d times, exited %d times", len(ada.entered), len(ada.exited))
		}
		said := ada.said(dev)
		if len(said) != 1 {
			t.Errorf("heard %v", ada.heard(dev))
		}
	})
}
