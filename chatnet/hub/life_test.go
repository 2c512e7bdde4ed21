package hub_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

func TestNicksAreOnePersons(t *testing.T) {
	inLab(t, hub.Config{Owner: "k-root"}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		_, err := l.h.Enter(t.Context(), hub.Peer{User: "k-eve"}, hello("ADA", 3))
		if chatnet.CodeOf(err) != chatnet.CodeNickTaken {
			t.Errorf("a taken nick: %v", err)
		}
		_, err = l.h.Enter(t.Context(), hub.Peer{User: "k-eve"}, chatnet.Hello{})
		if chatnet.CodeOf(err) != chatnet.CodeBadNick {
			t.Errorf("no nick: %v", err)
		}
		pad := l.enter(hub.Peer{User: "k-ada"}, hello("other", 5))
		if pad.welcome.Nick.String() != "ada" {
			t.Errorf("a known user is called %s", pad.welcome.Nick)
		}
		if c := ada.code(chatnet.SetNick{Nick: chatnet.MustNick("Bob")}); c != chatnet.CodeNickTaken {
			t.Errorf("taking bob's nick: %q", c)
		}
		ada.send(chatnet.SetNick{Nick: chatnet.MustNick("lovelace")})
		ada.send(ada.line(lobby, "it is me"))
		bob.look()
		pad.look()
		if diff := cmp.Diff([]string{"+ada", "+bob", "=lovelace", "lovelace: it is me"}, bob.heard(lobby)); diff != "" {
			t.Error(diff)
		}
		if got := signalsOf[chatnet.SelfChanged](pad); len(got) != 1 || got[0].Nick.String() != "lovelace" {
			t.Errorf("the other session heard %v", got)
		}
		l.enter(hub.Peer{User: "k-new"}, hello("ada", 6)) // the nick is free now
		root := l.come("root", 9)
		if root.welcome.Role != chatnet.RoleOwner {
			t.Errorf("the owner is a %s", root.welcome.Role)
		}
	})
}

func TestARenameIsHealed(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		l.store.first(func(id chatnet.RoomID) { // the room does not get it
			if id == lobby {
				l.store.fail(chatnet.E(chatnet.CodeStorageFull, "full"))
			}
		})
		// The store fails from the room's append on, the directory's is done.
		ada.must(chatnet.SetNick{Nick: chatnet.MustNick("lovelace")})
		ada.s.Close()
		bob.look()
		l.store.first(nil)
		l.store.fail(nil)
		l.shut()
		l.open(hub.Config{})
		bob = bob.back()
		l.enter(hub.Peer{User: "k-ada"}, hello("", 1))
		bob.look()
		found := false
		for _, ev := range bob.events[lobby] {
			found = found || short(ev) == "=lovelace"
		}
		if !found {
			t.Errorf("bob heard %v", bob.heard(lobby))
		}
	})
}

func TestAnOwnerIsRaised(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		l.come("ada", 1)
		l.shut()
		l.open(hub.Config{Owner: "k-ada"})
		if ada := l.come("ada", 1); ada.welcome.Role != chatnet.RoleOwner {
			t.Errorf("ada is a %s", ada.welcome.Role)
		}
	})
}

func TestGuests(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		token := strings.Repeat("t", 22)
		withToken := func(nick string) *hand {
			hi := hello(nick, 0)
			hi.Token = token
			return l.enter(hub.Peer{}, hi)
		}
		gus := withToken("gus")
		id := gus.welcome.User
		if !strings.HasPrefix(string(id), "g-") || strings.Contains(string(id), token) {
			t.Errorf("the guest is %s", id)
		}
		gus.s.Close()
		if again := withToken(""); again.welcome.User != id || again.welcome.Nick.String() != "gus" {
			t.Errorf("the same token is %s", again.welcome.User)
		}
		_, err := l.h.Enter(t.Context(), hub.Peer{}, chatnet.Hello{Nick: chatnet.MustNick("x"), Token: "short"})
		if chatnet.CodeOf(err) != chatnet.CodeBadRequest {
			t.Errorf("a short token: %v", err)
		}

		nc := l.enter(hub.Peer{}, hello("passer", 0))
		nc.must(nc.line(lobby, "just passing"))
		ada.look()
		nc.send(chatnet.Quit{Reason: chatnet.CleanLine("bye all")})
		nc.look()
		if nc.bye == nil || nc.bye.Code != chatnet.CodeQuit || len(nc.replies) != 1 {
			t.Errorf("bye %v, replies %v", nc.bye, nc.replies)
		}
		nc.s.Close()
		ada.look()
		last := ada.events[lobby][len(ada.events[lobby])-1]
		if parted, ok := last.Body.(chatnet.Parted); !ok || parted.User != nc.welcome.User || parted.Reason.String() != "bye all" {
			t.Errorf("the last event is %+v", last)
		}
		if again := l.enter(hub.Peer{}, hello("passer", 0)); again.welcome.User == nc.welcome.User {
			t.Error("a guest without a token is somebody again")
		}
		if n := len(ada.must(chatnet.ListMembers{Room: lobby}).(chatnet.MemberList).Members); n != 3 {
			t.Errorf("%d members", n)
		}
	})
}

func TestPassersAreForgottenAfterACrash(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		l.enter(hub.Peer{}, hello("passer", 0))
		l.shut()
		l.open(hub.Config{})
		synctest.Wait()
		ada := l.come("ada", 1)
		if diff := cmp.Diff([]string{"+passer", "-passer", "+ada"}, ada.heard(ada.room("lobby"))); diff != "" {
			t.Error(diff)
		}
		l.enter(hub.Peer{}, hello("passer", 0))
	})
}

func TestPresence(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		check := func(what string, p chatnet.Presence, text string) {
			t.Helper()
			ada.look()
			got := signalsOf[chatnet.PresenceChanged](ada)
			if len(got) != 1 || got[0].User != "k-bob" || got[0].Presence != p || got[0].Away.String() != text {
				t.Errorf("%s: ada heard %+v", what, got)
			}
			ada.signals = nil
		}
		check("bob came", chatnet.Here, "")
		bob.must(chatnet.SetAway{Away: true, Text: chatnet.CleanLine("lunch")})
		check("bob is away", chatnet.Away, "lunch")
		bob.must(chatnet.SetAway{Away: true, Text: chatnet.CleanLine("a")})
		bob.must(chatnet.SetAway{Away: true, Text: chatnet.CleanLine("b")})
		check("only the latest counts", chatnet.Away, "b")
		pad := l.come("bob", 3)
		check("another session is here", chatnet.Here, "")
		pad.s.Close()
		check("it went", chatnet.Away, "b")
		bob.must(chatnet.SetAway{})
		check("back", chatnet.Here, "")
		bob.send(chatnet.Quit{Reason: chatnet.CleanLine("off")})
		check("gone", chatnet.Gone, "off")
		if c := ada.code(chatnet.SetAway{Away: true, Text: chatnet.CleanLine(strings.Repeat("x", 257))}); c != chatnet.CodeTooLong {
			t.Errorf("a long away text: %q", c)
		}
	})
}

func TestTypingAndReadMarks(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob, pad := l.come("ada", 1), l.come("bob", 2), l.come("ada", 3)
		lobby := ada.room("lobby")
		ada.must(chatnet.Type{Room: lobby, On: true})
		ada.must(chatnet.Type{Room: lobby})
		bob.look()
		pad.look()
		if got := signalsOf[chatnet.Typing](bob); len(got) != 1 || got[0].On || got[0].User != "k-ada" {
			t.Errorf("bob heard %+v", got)
		}
		if got := signalsOf[chatnet.Typing](pad); len(got) != 0 {
			t.Errorf("ada's other session heard %+v", got)
		}
		stored := bob.must(bob.line(lobby, "read this")).(chatnet.Stored)
		ada.must(chatnet.MarkRead{Room: lobby, Seq: stored.Seq})
		ada.must(chatnet.MarkRead{Room: lobby, Seq: 1})
		pad.look()
		if got := signalsOf[chatnet.ReadMoved](pad); len(got) != 1 || got[0].Seq != stored.Seq {
			t.Errorf("the other session heard %+v", got)
		}
		if again := ada.back(); again.info("lobby").Read != stored.Seq {
			t.Errorf("the mark is at %d", again.info("lobby").Read)
		}
		if c := bob.code(chatnet.MarkRead{Room: lobby, Seq: stored.Seq + 100}); c != chatnet.CodeBadCursor {
			t.Errorf("a mark past the head: %q", c)
		}
	})
}

func TestShutdownFinishesAndSaysGoodbye(t *testing.T) {
	inLab(t, strict, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		bob := l.come("bob", 2) // waits at the door
		lobby := ada.room("lobby")
		release := l.store.hold()
		ada.send(ada.line(lobby, "last words"))
		synctest.Wait()
		done := make(chan error)
		go func() { done <- l.h.Shutdown(t.Context()) }()
		synctest.Wait()
		if c := ada.code(ada.line(lobby, "too late")); c != chatnet.CodeShutdown {
			t.Errorf("a send while shutting down: %q", c)
		}
		if _, err := l.h.Enter(t.Context(), hub.Peer{User: "k-eve"}, hello("eve", 0)); chatnet.CodeOf(err) != chatnet.CodeShutdown {
			t.Errorf("entering while shutting down: %v", err)
		}
		release()
		if err := <-done; err != nil {
			t.Error(err)
		}
		ada.look()
		bob.look()
		for _, d := range []*hand{ada, bob} {
			if d.bye == nil || d.bye.Code != chatnet.CodeShutdown {
				t.Errorf("bye %v", d.bye)
			}
			d.s.Close()
			d.s.Close()
		}
		if diff := cmp.Diff([]string{"last words"}, ada.said(lobby)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestShutdownOverAStoreThatHangs(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		l.store.hold()
		ada.send(ada.line(ada.room("lobby"), "never stored"))
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := l.h.Shutdown(ctx); err == nil {
			t.Error("shutdown says that all was done")
		}
		ada.look()
		if ada.bye == nil || len(ada.said(ada.room("lobby"))) != 0 {
			t.Errorf("bye %v", ada.bye)
		}
	})
}

func TestACallOfAClosedSessionIsDone(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		nc := l.enter(hub.Peer{}, hello("passer", 0))
		nc.send(joinRoom("dev"))
		nc.send(nc.line(lobby, "and away"))
		nc.s.Close()
		ada.look()
		if diff := cmp.Diff([]string{"+ada", "+passer", "passer: and away", "-passer"}, ada.heard(lobby)); diff != "" {
			t.Error(diff)
		}
	})
}
