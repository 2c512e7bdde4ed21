package hub_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
)

var strict = hub.Config{Approve: true, Owner: "k-ada"}

func (d *hand) waiting() bool {
	for _, r := range d.replies {
		if _, ok := r.Answer.(chatnet.Waiting); ok {
			return true
		}
	}
	return false
}

func nicks(list []chatnet.Knock) string {
	var names []string
	for _, k := range list {
		names = append(names, k.Nick.String())
	}
	return strings.Join(names, " ")
}

// lastKnocks returns who waits by the last signal.
func (d *hand) lastKnocks() string {
	d.look()
	all := signalsOf[chatnet.KnocksChanged](d)
	if len(all) == 0 {
		return "no signal"
	}
	return nicks(all[len(all)-1].Knocks)
}

func TestAdmit(t *testing.T) {
	inLab(t, strict, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		bob := l.enter(hub.Peer{User: "k-bob", Addr: "10.0.0.7:99", Door: "tchat"}, hello("bob", 2))
		if !bob.waiting() || bob.welcome.User != "" {
			t.Fatal("bob is in")
		}
		if got := ada.lastKnocks(); got != "bob" {
			t.Errorf("ada sees %q", got)
		}
		list := ada.must(chatnet.ListKnocks{}).(chatnet.KnockList).Knocks
		if len(list) != 1 || list[0].Addr != "10.0.0.7:99" || list[0].Door != "tchat" || list[0].Since.IsZero() {
			t.Errorf("knocks %+v", list)
		}
		for _, r := range []chatnet.Request{chatnet.ListRooms{}, bob.line(ada.room("lobby"), "hi"), chatnet.ListKnocks{}} {
			if c := bob.code(r); c != chatnet.CodeForbidden {
				t.Errorf("%T before admission: %q", r, c)
			}
		}
		if c := ada.code(chatnet.Admit{Nick: chatnet.MustNick("eve")}); c != chatnet.CodeNoUser {
			t.Errorf("admitting nobody: %q", c)
		}
		ada.must(chatnet.Admit{Nick: chatnet.MustNick("BOB")})
		bob.look()
		if bob.welcome.Nick.String() != "bob" || bob.welcome.Role != chatnet.RoleMember {
			t.Fatalf("welcome %+v", bob.welcome)
		}
		if got := ada.lastKnocks(); got != "" {
			t.Errorf("still waiting: %q", got)
		}
		bob.must(bob.line(bob.room("lobby"), "thanks"))
		if c := bob.code(chatnet.ListKnocks{}); c != chatnet.CodeForbidden {
			t.Errorf("a member lists knocks: %q", c)
		}
		bob.s.Close()
		if again := bob.back(); again.waiting() {
			t.Error("a known user has to knock")
		}
		ada.look()
		if diff := cmp.Diff([]string{"+ada", "+bob", "bob: thanks"}, ada.heard(ada.room("lobby"))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRefuse(t *testing.T) {
	inLab(t, strict, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		ada.must(chatnet.Refuse{Nick: chatnet.MustNick("bob"), Reason: chatnet.CleanLine("not today")})
		bob.look()
		if bob.bye == nil || bob.bye.Code != chatnet.CodeRefused || !strings.Contains(bob.bye.Text, "not today") {
			t.Errorf("bye %v", bob.bye)
		}
		if got := ada.lastKnocks(); got != "" {
			t.Errorf("still waiting: %q", got)
		}
		if again := l.come("bob", 2); !again.waiting() {
			t.Error("bob may not knock again")
		}
	})
}

func TestKnocksThatGo(t *testing.T) {
	inLab(t, strict, func(t *testing.T, l *lab) {
		bob, pad := l.come("bob", 2), l.come("bob", 3)
		ada := l.come("ada", 1)
		if got := ada.lastKnocks(); got != "bob" {
			t.Errorf("the owner comes and sees %q", got)
		}
		bob.s.Close()
		if got := ada.lastKnocks(); got != "bob" {
			t.Errorf("bob knocks on two clients, one went: %q", got)
		}
		second := l.come("bob", 3)
		pad.look()
		if pad.bye == nil || pad.bye.Code != chatnet.CodeReplaced {
			t.Errorf("the same client knocks twice: %v", pad.bye)
		}
		second.send(chatnet.Quit{})
		second.look()
		if second.bye == nil || second.bye.Code != chatnet.CodeQuit {
			t.Errorf("bye %v", second.bye)
		}
		if got := ada.lastKnocks(); got != "" {
			t.Errorf("after the last one went: %q", got)
		}
	})
}

func TestKnockNicksAndTheirNumber(t *testing.T) {
	inLab(t, strict, func(t *testing.T, l *lab) {
		l.come("ada", 1)
		for i := range chatnet.MaxKnocks {
			l.come(fmt.Sprintf("guest%d", i), 0)
		}
		_, err := l.h.Enter(t.Context(), hub.Peer{User: "k-x"}, hello("guest7", 0))
		if chatnet.CodeOf(err) != chatnet.CodeNickTaken {
			t.Errorf("the nick of another knock: %v", err)
		}
		_, err = l.h.Enter(t.Context(), hub.Peer{User: "k-x"}, hello("ada", 0))
		if chatnet.CodeOf(err) != chatnet.CodeNickTaken {
			t.Errorf("the nick of a user: %v", err)
		}
		_, err = l.h.Enter(t.Context(), hub.Peer{User: "k-x"}, hello("", 0))
		if chatnet.CodeOf(err) != chatnet.CodeBadNick {
			t.Errorf("no nick: %v", err)
		}
		_, err = l.h.Enter(t.Context(), hub.Peer{User: "k-x"}, hello("onemore", 0))
		if chatnet.CodeOf(err) != chatnet.CodeBusy {
			t.Errorf("one knock too many: %v", err)
		}
	})
}

func TestOperator(t *testing.T) {
	inLab(t, strict, func(t *testing.T, l *lab) {
		op := l.enter(hub.Peer{Operator: true}, chatnet.Hello{})
		if w := op.welcome; w.User != chatnet.OperatorID || w.Role != chatnet.RoleOwner || !w.Nick.IsZero() || len(w.Rooms) != 0 {
			t.Errorf("welcome %+v", w)
		}
		bob := l.come("bob", 2)
		if got := op.lastKnocks(); got != "bob" {
			t.Errorf("the operator sees %q", got)
		}
		op.must(chatnet.Admit{Nick: chatnet.MustNick("bob")})
		op.must(chatnet.SetRole{Nick: chatnet.MustNick("bob"), Role: chatnet.RoleModerator})
		bob.look()
		if got := signalsOf[chatnet.SelfChanged](bob); len(got) == 0 || got[len(got)-1].Role != chatnet.RoleModerator {
			t.Errorf("bob heard %v", got)
		}
		l.come("eve", 3)
		if got := bob.lastKnocks(); got != "eve" {
			t.Errorf("the new moderator sees %q", got)
		}
		bob.must(chatnet.Admit{Nick: chatnet.MustNick("eve")})
		if n := len(op.must(chatnet.ListRooms{}).(chatnet.RoomList).Rooms); n != 1 {
			t.Errorf("%d rooms", n)
		}
		members := bob.must(chatnet.ListMembers{Room: bob.room("lobby")}).(chatnet.MemberList).Members
		if len(members) != 2 {
			t.Errorf("members %+v", members)
		}
		if c := op.code(joinRoom("lobby")); c != chatnet.CodeForbidden {
			t.Errorf("the operator joins: %q", c)
		}
		if c := op.code(joinRoom("newroom")); c != chatnet.CodeForbidden {
			t.Errorf("the operator makes a room: %q", c)
		}
		if c := op.code(chatnet.Say{Room: bob.room("lobby"), Text: chatnet.Clean("x")}); c != chatnet.CodeNotMember {
			t.Errorf("the operator speaks: %q", c)
		}
	})
}
