package hub_test

import (
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/room"
)

func TestDirectMessage(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob, eve := l.come("ada", 1), l.come("bob", 2), l.come("eve", 3)
		pad := l.come("ada", 11)
		first := ada.must(ada.private("Bob", "for you")).(chatnet.Stored)
		id := room.DirectID("k-ada", "k-bob")
		if first.Room != id {
			t.Errorf("stored in %s", first.Room)
		}
		bob.look()
		pad.look()
		bob.must(bob.line(id, "got it"))
		ada.look()
		pad.look()
		want := []string{"+ada", "+bob", "ada: for you", "bob: got it"}
		for _, d := range []*hand{ada, bob, pad} {
			if diff := cmp.Diff(want, d.heard(id)); diff != "" {
				t.Errorf("%s: %s", d.welcome.Nick, diff)
			}
			if len(d.entered) != 1 || d.entered[0].Kind != chatnet.KindDirect || !d.entered[0].Name.IsZero() {
				t.Errorf("%s entered %+v", d.welcome.Nick, d.entered)
			}
		}
		if w := bob.entered[0].With; w.User != "k-ada" || w.Nick.String() != "ada" || w.Presence != chatnet.Here {
			t.Errorf("bob's chat is with %+v", w)
		}

		eve.look()
		if eve.events[id] != nil || len(eve.entered) != 0 {
			t.Error("eve heard something")
		}
		for _, r := range []chatnet.Request{
			chatnet.History{Room: id}, chatnet.ListMembers{Room: id}, eve.line(id, "me too"), chatnet.Part{Room: id},
			chatnet.Invite{Room: id, Nick: chatnet.MustNick("eve")}, chatnet.SetTopic{Room: id}, chatnet.MarkRead{Room: id},
			chatnet.Type{Room: id, On: true}, chatnet.History{Room: chatnet.HubRoom}, eve.line(chatnet.HubRoom, "x"),
		} {
			if c := eve.code(r); c != chatnet.CodeNoRoom {
				t.Errorf("%T by a third: %q", r, c)
			}
		}
		if n := len(eve.must(chatnet.ListRooms{}).(chatnet.RoomList).Rooms); n != 1 {
			t.Errorf("eve sees %d rooms", n)
		}
		if got := eve.must(chatnet.Whois{Nick: chatnet.MustNick("bob")}).(chatnet.UserInfo); len(got.Rooms) != 1 {
			t.Errorf("whois tells of %v", got.Rooms)
		}
	})
}

func TestDirectMessageToSomebodyOffline(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		bob.s.Close()
		ada.must(ada.private("bob", "when you are back"))
		bob = bob.back()
		id := room.DirectID("k-ada", "k-bob")
		if diff := cmp.Diff([]string{"when you are back"}, bob.said(id)); diff != "" {
			t.Error(diff)
		}
		rooms := bob.welcome.Rooms
		if last := rooms[len(rooms)-1]; last.ID != id || last.With.Nick.String() != "ada" {
			t.Errorf("the welcome says %+v", last)
		}
	})
}

func TestOpenDirectShowsNothingToTheOther(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		id := ada.must(chatnet.OpenDirect{With: chatnet.MustNick("bob")}).(chatnet.Entered).Room
		bob.look()
		if len(ada.entered) != 1 || len(bob.entered) != 0 {
			t.Errorf("ada entered %d rooms, bob %d", len(ada.entered), len(bob.entered))
		}
		ada.must(ada.line(id, "there you are"))
		bob.look()
		if diff := cmp.Diff([]string{"+ada", "+bob", "ada: there you are"}, bob.heard(id)); diff != "" {
			t.Error(diff)
		}
		if c := ada.code(chatnet.OpenDirect{With: chatnet.MustNick("ada")}); c != chatnet.CodeBadRequest {
			t.Errorf("a chat with oneself: %q", c)
		}
		if c := ada.code(ada.private("nobody", "x")); c != chatnet.CodeNoUser {
			t.Errorf("a message to nobody: %q", c)
		}
		if c := ada.code(ada.line("", "x")); c != chatnet.CodeBadRequest {
			t.Errorf("a message to nowhere: %q", c)
		}
	})
}

// TestARepeatNeverReachesTheNicksNewOwner sends a direct message again whose
// answer was lost, after the nick changed hands.
func TestARepeatNeverReachesTheNicksNewOwner(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob, eve := l.come("ada", 1), l.come("bob", 2), l.come("eve", 3)
		say := ada.private("bob", "for the old bob")
		first := ada.must(say).(chatnet.Stored)
		bob.must(chatnet.SetNick{Nick: chatnet.MustNick("robert")})
		eve.must(chatnet.SetNick{Nick: chatnet.MustNick("bob")})
		again := ada.must(say).(chatnet.Stored)
		eve.look()
		if !again.Dup || again.Room != first.Room || len(eve.entered) != 0 {
			t.Errorf("again: %+v; eve entered %v", again, eve.entered)
		}
	})
}

func TestManyDirectMessagesKeepTheirOrder(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		var want []string
		for i := range 30 {
			ada.send(ada.private("bob", numbered(i)))
			want = append(want, numbered(i))
		}
		bob.look()
		if diff := cmp.Diff(want, bob.said(room.DirectID("k-ada", "k-bob"))); diff != "" {
			t.Error(diff)
		}
	})
}
