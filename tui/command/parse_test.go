package command_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp" // shows how two actions differ

	"tchat/chatnet"
	"tchat/tui/command"
)

func input() command.Input {
	return command.Input{
		Room: "r1", Last: 9, Own: 7,
		Reacted: func(s chatnet.Seq, e chatnet.Emoji) bool { return s == 9 && e == chatnet.MustEmoji("👍") },
		Rooms: func(n chatnet.RoomName) (chatnet.RoomID, bool) {
			return "r2", n == chatnet.MustRoomName("dev")
		},
	}
}

var compare = cmp.Options{cmp.AllowUnexported(chatnet.Text{}, chatnet.Nick{}, chatnet.RoomName{}, chatnet.Emoji{})}

func TestParse(t *testing.T) {
	bob, text := chatnet.MustNick("bob"), chatnet.Clean
	dev := chatnet.MustRoomName("dev")
	ask := func(r chatnet.Request) command.Action { return command.Ask{Request: r} }
	cases := []struct {
		line string
		want command.Action
	}{
		{"", nil},
		{" \n ", nil},
		{"hello", ask(chatnet.Say{Room: "r1", Text: text("hello")})},
		{"  indented\n    more", ask(chatnet.Say{Room: "r1", Text: text("  indented\n    more")})},
		{"//etc is a folder", ask(chatnet.Say{Room: "r1", Text: text("/etc is a folder")})},
		{"/private bob hi there", ask(chatnet.Say{To: bob, Text: text("hi there")})},
		{"/PRIVATE @bob hi", ask(chatnet.Say{To: bob, Text: text("hi")})},
		{"/msg bob: hi", ask(chatnet.Say{To: bob, Text: text("hi")})},
		{"/dm bob\n  code\n    more", ask(chatnet.Say{To: bob, Text: text("  code\n    more")})},
		{"/private bob", ask(chatnet.OpenDirect{With: bob})},
		{"/private bob /color red hi", ask(chatnet.Say{To: bob, Color: "red", Text: text("hi")})},
		{"/private bob /color red /me hi", ask(chatnet.Say{To: bob, Color: "red", Me: true, Text: text("hi")})},
		{"/private bob //hi", ask(chatnet.Say{To: bob, Text: text("/hi")})},
		{"/color Megenta hi", ask(chatnet.Say{Room: "r1", Color: "magenta", Text: text("hi")})},
		{"/color red //color", ask(chatnet.Say{Room: "r1", Color: "red", Text: text("/color")})},
		{"/me waves", ask(chatnet.Say{Room: "r1", Me: true, Text: text("waves")})},
		{"/me /color blue waves", ask(chatnet.Say{Room: "r1", Me: true, Color: "blue", Text: text("waves")})},
		{"/reply yes", ask(chatnet.Say{Room: "r1", Reply: 9, Text: text("yes")})},
		{"/reply /me nods", ask(chatnet.Say{Room: "r1", Reply: 9, Me: true, Text: text("nods")})},
		{"/reply", command.Compose{Reply: 9}},
		{"/edit hello\n  there", ask(chatnet.Say{Room: "r1", Edits: 7, Text: text("hello\n  there")})},
		{"/edit", command.Compose{Edits: 7}},
		{"/redact", ask(chatnet.Redact{Room: "r1", Target: 7})},
		{"/redact a slip", ask(chatnet.Redact{Room: "r1", Target: 7, Reason: text("a slip")})},
		{"/react :heart:", ask(chatnet.React{Room: "r1", Target: 9, Emoji: chatnet.MustEmoji("❤️"), On: true})},
		{"/react 🦉", ask(chatnet.React{Room: "r1", Target: 9, Emoji: chatnet.MustEmoji("🦉"), On: true})},
		{"/react +1", ask(chatnet.React{Room: "r1", Target: 9, Emoji: chatnet.MustEmoji("👍")})},
		{"/join #Dev", ask(chatnet.Join{Name: dev})},
		{"/part", ask(chatnet.Part{Room: "r1"})},
		{"/part dev", ask(chatnet.Part{Room: "r2"})},
		{"/rooms", ask(chatnet.ListRooms{})},
		{"/new dev", ask(chatnet.Create{Name: dev})},
		{"/new --private dev", ask(chatnet.Create{Name: dev, Private: true})},
		{"/topic all about it", ask(chatnet.SetTopic{Room: "r1", Topic: text("all about it")})},
		{"/topic -", ask(chatnet.SetTopic{Room: "r1"})},
		{"/invite bob", ask(chatnet.Invite{Room: "r1", Nick: bob})},
		{"/nick bob", ask(chatnet.SetNick{Nick: bob})},
		{"/away", ask(chatnet.SetAway{Away: true})},
		{"/away at lunch", ask(chatnet.SetAway{Away: true, Text: text("at lunch")})},
		{"/who", ask(chatnet.ListMembers{Room: "r1"})},
		{"/search the plan from:bob", ask(chatnet.Search{Text: chatnet.CleanLine("the plan from:bob"), Limit: 20})},
		{"/whois bob", ask(chatnet.Whois{Nick: bob})},
		{"/knocks", ask(chatnet.ListKnocks{})},
		{"/admit bob", ask(chatnet.Admit{Nick: bob})},
		{"/refuse bob not today", ask(chatnet.Refuse{Nick: bob, Reason: text("not today")})},
		{"/role bob Moderator", ask(chatnet.SetRole{Nick: bob, Role: chatnet.RoleModerator})},
		{"/leave", command.Leave{}},
		{"/quit good night", command.Leave{Reason: text("good night")}},
		{"/help", command.Help{}},
		{"/help /dm", command.Help{Name: "private"}},
		{"/keys", command.Keys{}},
		{"/invite-link", command.InviteLink{}},
	}
	for _, c := range cases {
		t.Run(c.line, func(t *testing.T) {
			got, err := command.Parse(input(), c.line)
			if err != nil {
				t.Fatalf("Parse(%q): %v", c.line, err)
			}
			if d := cmp.Diff(c.want, got, compare); d != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", c.line, d)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	cases := []struct {
		line, says string
		code       chatnet.Code
	}{
		{"/privat bob hi", "did you mean /private", chatnet.CodeBadRequest},
		{"/jion dev", "did you mean /join", chatnet.CodeBadRequest},
		{"/xyzzyplugh", "/help lists them", chatnet.CodeBadRequest},
		{"/usr/bin/go", "to say it, begin with //", chatnet.CodeBadRequest},
		{"/", "right behind the slash", chatnet.CodeBadRequest},
		{"/ join dev", "right behind the slash", chatnet.CodeBadRequest},
		{" /join dev", "behind a blank", chatnet.CodeBadRequest},
		{"\n/join dev", "behind a blank", chatnet.CodeBadRequest},
		{"/private", "type /private NICK [TEXT]", chatnet.CodeBadRequest},
		{"/private b@b hi", "a nick has", chatnet.CodeBadNick},
		{"/private bob /join dev", "cannot stand inside", chatnet.CodeBadRequest},
		{"/private bob /colr red hi", "did you mean /color", chatnet.CodeBadRequest},
		{"/color", "the colour is missing; type /color NAME TEXT", chatnet.CodeBadRequest},
		{"/color red", "the text is missing; type /color NAME TEXT", chatnet.CodeBadRequest},
		{"/color pink hi", "a colour is one of", chatnet.CodeBadRequest},
		{"/color red /color blue hi", "cannot stand inside", chatnet.CodeBadRequest},
		{"/react", "the emoji is missing; type /react EMOJI", chatnet.CodeBadRequest},
		{"/react yes please", "no emoji", chatnet.CodeBadRequest},
		{"/redact " + strings.Repeat("x", 257), "256", chatnet.CodeTooLong},
		{"/me", "type /me TEXT", chatnet.CodeBadRequest},
		{"/join", "type /join ROOM", chatnet.CodeBadRequest},
		{"/join a b", "no blanks", chatnet.CodeBadRequest},
		{"/join a//b", "a room name has", chatnet.CodeBadRoom},
		{"/part nowhere", "not in a room called nowhere", chatnet.CodeNotMember},
		{"/part a//b", "a room name has", chatnet.CodeBadRoom},
		{"/rooms all", "takes nothing", chatnet.CodeBadRequest},
		{"/new", "type /new ROOM [--private]", chatnet.CodeBadRequest},
		{"/new a b", "no blanks", chatnet.CodeBadRequest},
		{"/new a --secret", "there is no --secret", chatnet.CodeBadRequest},
		{"/new a//b", "a room name has", chatnet.CodeBadRoom},
		{"/topic", "type /topic TEXT", chatnet.CodeBadRequest},
		{"/topic " + strings.Repeat("x", 513), "at most 512 bytes", chatnet.CodeTooLong},
		{"/away " + strings.Repeat("x", 257), "at most 256 bytes", chatnet.CodeTooLong},
		{"/leave " + strings.Repeat("x", 257), "at most 256 bytes", chatnet.CodeTooLong},
		{"/refuse bob " + strings.Repeat("x", 257), "at most 256 bytes", chatnet.CodeTooLong},
		{"/refuse", "type /refuse NICK [REASON]", chatnet.CodeBadRequest},
		{"/invite", "type /invite NICK", chatnet.CodeBadRequest},
		{"/nick two words", "more behind the nick", chatnet.CodeBadRequest},
		{"/whois", "type /whois NICK", chatnet.CodeBadRequest},
		{"/admit", "type /admit NICK", chatnet.CodeBadRequest},
		{"/role", "type /role NICK ROLE", chatnet.CodeBadRequest},
		{"/role bob", "the role is missing", chatnet.CodeBadRequest},
		{"/role bob king", "a role is one of", chatnet.CodeBadRequest},
		{"/knocks x", "takes nothing", chatnet.CodeBadRequest},
		{"/who x", "takes nothing", chatnet.CodeBadRequest},
		{"/keys x", "takes nothing", chatnet.CodeBadRequest},
		{"/invite-link x", "takes nothing", chatnet.CodeBadRequest},
		{"/help jion", "did you mean /join", chatnet.CodeBadRequest},
		{strings.Repeat("x", chatnet.MaxText+1), "at most 8192 bytes", chatnet.CodeTooLong},
	}
	for _, c := range cases {
		got, err := command.Parse(input(), c.line)
		if err == nil || got != nil {
			t.Errorf("Parse(%.40q) = %v, %v, want an error", c.line, got, err)
			continue
		}
		if !strings.Contains(err.Error(), c.says) || chatnet.CodeOf(err) != c.code {
			t.Errorf("Parse(%.40q) says %s %q, want %s %q", c.line, chatnet.CodeOf(err), err, c.code, c.says)
		}
	}
}

func TestParseKnowsThePlace(t *testing.T) {
	bob := chatnet.MustNick("bob")
	cases := []struct {
		name, line string
		in         command.Input
		want       command.Action
		code       chatnet.Code
	}{
		{"to somebody", "hi", command.Input{Room: "r1", To: bob},
			command.Ask{Request: chatnet.Say{To: bob, Text: chatnet.Clean("hi")}}, ""},
		{"back from away", "/away", command.Input{Away: true}, command.Ask{Request: chatnet.SetAway{}}, ""},
		{"another away text", "/away soon", command.Input{Away: true},
			command.Ask{Request: chatnet.SetAway{Away: true, Text: chatnet.Clean("soon")}}, ""},
		{"no room to say", "hi", command.Input{}, nil, chatnet.CodeNoRoom},
		{"no room to part", "/part", command.Input{}, nil, chatnet.CodeNoRoom},
		{"no room to list", "/who", command.Input{}, nil, chatnet.CodeNoRoom},
		{"no room for a topic", "/topic x", command.Input{}, nil, chatnet.CodeNoRoom},
		{"no room to invite to", "/invite bob", command.Input{}, nil, chatnet.CodeNoRoom},
		{"rooms unknown", "/part dev", command.Input{}, nil, chatnet.CodeNotMember},
		{"private without a room", "/private bob x", command.Input{},
			command.Ask{Request: chatnet.Say{To: bob, Text: chatnet.Clean("x")}}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := command.Parse(c.in, c.line)
			if chatnet.CodeOf(err) != c.code {
				t.Fatalf("Parse(%q): %v, want code %q", c.line, err, c.code)
			}
			if d := cmp.Diff(c.want, got, compare); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "hi", "/private bob /color red hi", "//x", " /x", "/me\n", "/color red  ", "/new --private #x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got, err := command.Parse(input(), line)
		if err != nil && got != nil {
			t.Fatalf("Parse(%q) gives both %v and %v", line, got, err)
		}
		ask, ok := got.(command.Ask)
		if !ok {
			return
		}
		if s, ok := ask.Request.(chatnet.Say); ok {
			if s.Text.IsZero() || s.Text.Len() > chatnet.MaxText {
				t.Fatalf("Parse(%q) says %d bytes", line, s.Text.Len())
			}
			if (s.Room == "") == s.To.IsZero() {
				t.Fatalf("Parse(%q) says to room %q and nick %q", line, s.Room, s.To)
			}
		}
	})
}
