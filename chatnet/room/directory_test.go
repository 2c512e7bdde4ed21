package room_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// server makes a directory in which users are registered.
func server(t *testing.T, users ...room.Actor) *room.Directory {
	t.Helper()
	d := room.NewDirectory()
	for _, u := range users {
		evs, err := d.Register(now, u, u)
		if err != nil {
			t.Fatal(err)
		}
		apply(d, evs...)
	}
	return d
}

// made makes a room in a directory.
func made(t *testing.T, d *room.Directory, by room.Actor, r chatnet.Request) chatnet.RoomMade {
	t.Helper()
	evs, err := d.Decide(now, by, r)
	if err != nil || len(evs) != 1 {
		t.Fatalf("%v %v", evs, err)
	}
	apply(d, evs...)
	return evs[0].Body.(chatnet.RoomMade)
}

func TestDecideInTheDirectory(t *testing.T) {
	nick := chatnet.MustNick
	name := chatnet.MustRoomName
	tests := []struct {
		name string
		by   room.Actor
		r    chatnet.Request
		want []chatnet.Body
		code chatnet.Code
	}{
		{"a new nick", bob, chatnet.SetNick{Nick: nick("rob")}, []chatnet.Body{chatnet.NickSet{User: bob.User, Nick: nick("rob")}}, ""},
		{"the same nick", bob, chatnet.SetNick{Nick: bob.Nick}, nil, ""},
		{"the same nick in capitals", bob, chatnet.SetNick{Nick: nick("BOB")}, []chatnet.Body{chatnet.NickSet{User: bob.User, Nick: nick("BOB")}}, ""},
		{"a taken nick", bob, chatnet.SetNick{Nick: nick("ADA")}, nil, chatnet.CodeNickTaken},
		{"no nick", bob, chatnet.SetNick{}, nil, chatnet.CodeBadNick},
		{"the operator's nick", operator, chatnet.SetNick{Nick: nick("x")}, nil, chatnet.CodeForbidden},

		{"a role", ada, chatnet.SetRole{Nick: nick("bob"), Role: chatnet.RoleModerator}, []chatnet.Body{chatnet.RoleSet{User: bob.User, Role: chatnet.RoleModerator}}, ""},
		{"a role by the operator", operator, chatnet.SetRole{Nick: nick("bob"), Role: chatnet.RoleOwner}, []chatnet.Body{chatnet.RoleSet{User: bob.User, Role: chatnet.RoleOwner}}, ""},
		{"the role they have", ada, chatnet.SetRole{Nick: nick("bob"), Role: chatnet.RoleMember}, nil, ""},
		{"a role by a moderator", mod, chatnet.SetRole{Nick: nick("bob"), Role: chatnet.RoleVisitor}, nil, chatnet.CodeForbidden},
		{"a role that is none", ada, chatnet.SetRole{Nick: nick("bob"), Role: "king"}, nil, chatnet.CodeBadRequest},
		{"a role for nobody", ada, chatnet.SetRole{Nick: nick("zoe"), Role: chatnet.RoleMember}, nil, chatnet.CodeNoUser},
		{"the last owner", ada, chatnet.SetRole{Nick: nick("ada"), Role: chatnet.RoleMember}, nil, chatnet.CodeForbidden},
		{"the last owner, by the operator", operator, chatnet.SetRole{Nick: nick("ada"), Role: chatnet.RoleMember}, nil, chatnet.CodeForbidden},

		{"join what is there", bob, chatnet.Join{Name: name("dev")}, nil, ""},
		{"join nothing", bob, chatnet.Join{}, nil, chatnet.CodeBadRoom},
		{"a visitor makes a room", vic, chatnet.Join{Name: name("new")}, nil, chatnet.CodeForbidden},
		{"the operator makes a room", operator, chatnet.Join{Name: name("new")}, nil, chatnet.CodeForbidden},
		{"create what is there", bob, chatnet.Create{Name: name("dev")}, nil, chatnet.CodeExists},
		{"create one's own again", eve, chatnet.Create{Name: name("dev")}, nil, ""},
		{"create one's own otherwise", eve, chatnet.Create{Name: name("dev"), Private: true}, nil, chatnet.CodeExists},

		{"open a chat", bob, chatnet.OpenDirect{With: nick("Ada")}, []chatnet.Body{chatnet.RoomMade{
			New: room.DirectID(ada.User, bob.User), Kind: chatnet.KindDirect, With: [2]chatnet.UserID{ada.User, bob.User}}}, ""},
		{"open a chat that is there", eve, chatnet.OpenDirect{With: nick("ada")}, nil, ""},
		{"say to somebody", eve, chatnet.Say{To: nick("ada")}, nil, ""},
		{"say to nobody", eve, chatnet.Say{To: nick("zoe")}, nil, chatnet.CodeNoUser},
		{"say to nowhere", eve, chatnet.Say{}, nil, chatnet.CodeBadRequest},
		{"say to oneself", eve, chatnet.Say{To: nick("eve")}, nil, chatnet.CodeBadRequest},
		{"a visitor opens a chat", vic, chatnet.OpenDirect{With: nick("bob")}, nil, chatnet.CodeForbidden},
		{"the operator opens a chat", operator, chatnet.OpenDirect{With: nick("bob")}, nil, chatnet.CodeForbidden},

		{"knocks by a moderator", mod, chatnet.ListKnocks{}, nil, ""},
		{"knocks by a member", bob, chatnet.ListKnocks{}, nil, chatnet.CodeForbidden},
		{"admit by a moderator", mod, chatnet.Admit{}, nil, ""},
		{"admit by a member", bob, chatnet.Admit{}, nil, chatnet.CodeForbidden},
		{"refuse by the operator", operator, chatnet.Refuse{}, nil, ""},
		{"refuse by a member", bob, chatnet.Refuse{}, nil, chatnet.CodeForbidden},
		{"refuse at length", ada, chatnet.Refuse{Reason: text(strings.Repeat("x", 257))}, nil, chatnet.CodeTooLong},
		{"away", bob, chatnet.SetAway{Away: true, Text: text("lunch")}, nil, ""},
		{"away at length", bob, chatnet.SetAway{Text: text(strings.Repeat("x", 257))}, nil, chatnet.CodeTooLong},
		{"whois", bob, chatnet.Whois{Nick: nick("ADA")}, nil, ""},
		{"whois nobody", bob, chatnet.Whois{Nick: nick("zoe")}, nil, chatnet.CodeNoUser},
		{"rooms", vic, chatnet.ListRooms{}, nil, ""},
		{"what is decided elsewhere", bob, chatnet.Part{}, nil, chatnet.CodeInternal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := server(t, ada, mod, bob, eve, vic)
			made(t, d, eve, chatnet.Join{Name: name("dev")})
			made(t, d, eve, chatnet.OpenDirect{With: ada.Nick})
			evs, err := d.Decide(now, tt.by, tt.r)
			if code(err) != tt.code {
				t.Errorf("error %v (%q), want %q", err, code(err), tt.code)
			}
			if diff := cmp.Diff(tt.want, bodies(evs), byValue()); diff != "" {
				t.Error(diff)
			}
			for _, ev := range evs {
				if ev.Room != chatnet.HubRoom || ev.By != tt.by.User {
					t.Errorf("event %+v", ev)
				}
			}
		})
	}
}

func TestRegister(t *testing.T) {
	d := server(t, ada, bob)
	tests := []struct {
		name string
		who  room.Actor
		want []chatnet.Body
		code chatnet.Code
	}{
		{"a newcomer", eve, []chatnet.Body{chatnet.Registered{User: eve.User, Nick: eve.Nick, Role: eve.Role}}, ""},
		{"a known user", room.Actor{User: bob.User, Role: chatnet.RoleMember}, nil, ""},
		{"a known user becomes owner", room.Actor{User: bob.User, Role: chatnet.RoleOwner}, []chatnet.Body{chatnet.RoleSet{User: bob.User, Role: chatnet.RoleOwner}}, ""},
		{"an owner comes as owner", ada, nil, ""},
		{"an owner comes as member", room.Actor{User: ada.User, Role: chatnet.RoleMember}, nil, ""},
		{"a taken nick", room.Actor{User: "k-x", Nick: chatnet.MustNick("BOB")}, nil, chatnet.CodeNickTaken},
		{"no nick", room.Actor{User: "k-x"}, nil, chatnet.CodeBadNick},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			evs, err := d.Register(now, ada, tt.who)
			if code(err) != tt.code {
				t.Errorf("error %v, want %q", err, tt.code)
			}
			if diff := cmp.Diff(tt.want, bodies(evs), byValue()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDirectoryBooks(t *testing.T) {
	d := server(t, ada, bob)
	apply(d, d.Lobby(now)...)
	if d.Lobby(now) != nil {
		t.Error("a second lobby")
	}
	den := made(t, d, bob, chatnet.Create{Name: chatnet.MustRoomName("den"), Private: true})
	if got, ok := d.RoomNamed(den.Name); !ok || got.New != den.New || got.By != bob.User || got.Kind != chatnet.KindPrivate {
		t.Errorf("den is %+v", got)
	}
	if got, ok := d.Room(den.New); !ok || got.Name != den.Name {
		t.Errorf("den is %+v", got)
	}
	if _, err := chatnet.ParseRoomID(string(den.New)); err != nil {
		t.Error(err)
	}
	apply(d, chatnet.Event{Body: chatnet.NickSet{User: bob.User, Nick: chatnet.MustNick("rob")}},
		chatnet.Event{Body: chatnet.RoleSet{User: bob.User, Role: chatnet.RoleOwner}},
		chatnet.Event{Body: chatnet.NickSet{User: "k-nobody", Nick: chatnet.MustNick("x")}},
		chatnet.Event{Body: chatnet.RoleSet{User: "k-nobody", Role: chatnet.RoleOwner}})
	if _, ok := d.Named(bob.Nick); ok {
		t.Error("the old nick is still taken")
	}
	if u, ok := d.Named(chatnet.MustNick("ROB")); !ok || u.User != bob.User || u.Role != chatnet.RoleOwner || u.Since.IsZero() {
		t.Errorf("rob is %+v", u)
	}
	down := chatnet.SetRole{Nick: ada.Nick, Role: chatnet.RoleMember}
	if _, err := d.Decide(now, ada, down); err != nil {
		t.Errorf("one of two owners may go: %v", err)
	}
	apply(d, d.Forget(now, bob.User)...)
	if _, ok := d.User(bob.User); ok || d.Free(chatnet.MustNick("rob")) != nil || len(d.Forget(now, bob.User)) != 0 {
		t.Error("bob is not forgotten")
	}
	if _, err := d.Decide(now, ada, down); code(err) != chatnet.CodeForbidden {
		t.Errorf("the last owner may go: %v", err)
	}
	users, rooms := 0, 0
	for range d.Users() {
		users++
	}
	for range d.Rooms() {
		rooms++
	}
	if users != 1 || rooms != 2 {
		t.Errorf("%d users, %d rooms", users, rooms)
	}
}

func TestADirectoryDraftChangesNothing(t *testing.T) {
	d := server(t, ada, bob)
	draft := d.Draft()
	for _, r := range []chatnet.Request{
		chatnet.SetNick{Nick: chatnet.MustNick("rob")}, chatnet.Join{Name: chatnet.MustRoomName("x")}, chatnet.OpenDirect{With: ada.Nick},
	} {
		evs, err := draft.Decide(now, bob, r)
		if err != nil {
			t.Fatal(err)
		}
		apply(draft, evs...)
	}
	apply(draft, draft.Forget(now, ada.User)...)
	if u, ok := d.Named(bob.Nick); !ok || u.User != bob.User || d.Head() != 2 {
		t.Errorf("bob is %+v", u)
	}
	for id := range d.Rooms() {
		t.Errorf("the base has room %s", id)
	}
	users := 0
	for id := range draft.Users() {
		if id != bob.User {
			t.Errorf("the draft has %s", id)
		}
		users++
	}
	if _, ok := draft.Named(bob.Nick); ok || users != 1 {
		t.Errorf("the draft has %d users", users)
	}
}
