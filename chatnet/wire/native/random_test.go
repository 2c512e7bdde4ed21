package native

import (
	"math/rand/v2"
	"strings"
	"time"

	"tchat/chatnet"
)

// random makes values of every kind that travels; the same seed makes the same
// ones.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 1))} }

// pick returns one of some values.
func pick[T any](g random, from ...T) T { return from[g.IntN(len(from))] }

// of returns n letters out of an alphabet.
func (g random) of(alphabet string, n int) string {
	runes, b := []rune(alphabet), strings.Builder{}
	for range n {
		b.WriteRune(pick(g, runes...))
	}
	return b.String()
}

const hostile = "abc dé\"\\/{}[]:,<>&'\n\t\u2028\u0000\u001b[31m\u0301\u200d\U0001F600\u202e\ufffdあ\u00a0"

func (g random) id() string { return g.of("abcXYZ019.:_@-", 1+g.IntN(80)) }
func (g random) room() chatnet.RoomID {
	return chatnet.RoomID(g.id())
}
func (g random) user() chatnet.UserID { return chatnet.UserID(g.id()) }
func (g random) text() chatnet.Text   { return chatnet.Clean(g.of(hostile, g.IntN(60))) }
func (g random) line() chatnet.Text   { return chatnet.CleanLine(g.of(hostile, g.IntN(60))) }
func (g random) flag() bool           { return g.IntN(2) == 0 }
func (g random) seq() chatnet.Seq     { return chatnet.Seq(g.Uint64N(maxNum + 1)) }
func (g random) count() int           { return g.IntN(1000) }
func (g random) nick() chatnet.Nick {
	return chatnet.MustNick(g.of("abcdXYZ", 8) + g.of("-_.9ü", g.IntN(5)) + "z")
}

func (g random) name() chatnet.RoomName {
	return chatnet.MustRoomName(g.of("abcdé", 3) + g.of("-_.9", g.IntN(5)) + pick(g, "", "/x"))
}
func (g random) role() chatnet.Role {
	return pick(g, chatnet.RoleOwner, chatnet.RoleModerator, chatnet.RoleMember, chatnet.RoleVisitor, "")
}
func (g random) emoji() chatnet.Emoji {
	return chatnet.MustEmoji(pick(g, "👍", "❤️", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "→"))
}
func (g random) presence() chatnet.Presence {
	return pick(g, chatnet.Here, chatnet.Away, chatnet.Gone, "")
}
func (g random) color() chatnet.Color { return pick(g, append(chatnet.Colors(), "")...) }

func (g random) origin() chatnet.Origin {
	return pick(g, chatnet.Origin{}, chatnet.Origin{Dev: chatnet.Dev(1 + g.Uint64N(1<<63)), N: 1 + g.Uint64N(maxNum)})
}

func (g random) time() time.Time {
	return pick(g, time.Time{}, time.UnixMilli(g.Int64N(1<<42)).UTC(), time.UnixMilli(-g.Int64N(1<<42)).UTC())
}

func (g random) member() chatnet.Member {
	return pick(g, chatnet.Member{}, chatnet.Member{User: g.user(), Nick: g.nick(), Role: g.role(), Presence: g.presence(), Away: g.line()})
}

func (g random) info() chatnet.RoomInfo {
	return chatnet.RoomInfo{
		ID: g.room(), Name: pick(g, chatnet.RoomName{}, g.name()),
		Kind:  pick(g, chatnet.KindOpen, chatnet.KindPrivate, chatnet.KindDirect, ""),
		Topic: g.line(), With: g.member(), Count: g.count(),
		Epoch: chatnet.Epoch(pick(g, "", g.id())), Head: g.seq(), After: g.seq(), Reset: g.flag(), Read: g.seq(),
	}
}

func (g random) server() chatnet.ServerInfo {
	return chatnet.ServerInfo{Name: g.line(), MOTD: g.text(), Version: g.line().String(), Durability: pick(g, "disk", "")}
}

func (g random) knock() chatnet.Knock {
	return chatnet.Knock{User: g.user(), Nick: g.nick(), Addr: "[2001:db8::7]:1", Door: "tchat", Since: g.time()}
}

// some returns up to four values; nil when none, as a reader does.
func some[T any](g random, one func() T) (all []T) {
	for range g.IntN(5) {
		all = append(all, one())
	}
	return all
}

func (g random) event(b chatnet.Body) chatnet.Event {
	return chatnet.Event{
		Room: g.room(), Seq: g.seq(), Prev: g.seq(), At: g.time(), By: g.user(),
		Nick: pick(g, chatnet.Nick{}, g.nick()), Origin: g.origin(), Body: b,
	}
}

func (g random) error() *chatnet.Error {
	return &chatnet.Error{Code: pick(g, chatnet.CodeBusy, "new-code"), Text: g.line().String(), Retry: g.flag()}
}

// bodies makes each body that travels, by the name of its type.
func (g random) bodies() map[string]chatnet.Body {
	return map[string]chatnet.Body{
		"Said":     chatnet.Said{Text: g.text(), Color: g.color(), Me: g.flag(), Reply: pick(g, 0, g.seq())},
		"Edited":   chatnet.Edited{Target: g.seq(), Text: g.text()},
		"Redacted": chatnet.Redacted{Target: g.seq(), Reason: g.line()},
		"Reacted":  chatnet.Reacted{Target: g.seq(), Emoji: g.emoji(), On: g.flag()},
		"Joined":   chatnet.Joined{User: g.user(), Nick: g.nick(), Role: g.role()},
		"Parted":   chatnet.Parted{User: g.user(), Reason: g.line()},
		"Renamed":  chatnet.Renamed{User: g.user(), Nick: g.nick()},
		"TopicSet": chatnet.TopicSet{Topic: g.line()},
	}
}

func (g random) requests() map[string]chatnet.Request {
	say := chatnet.Say{Origin: g.origin(), Text: g.text(), Color: g.color(), Me: g.flag(), Reply: pick(g, 0, g.seq()), Edits: pick(g, 0, g.seq()), Again: g.flag()}
	if g.flag() {
		say.Room = g.room()
	} else {
		say.To = g.nick()
	}
	return map[string]chatnet.Request{
		"Say":         say,
		"Redact":      chatnet.Redact{Room: g.room(), Target: 1 + g.seq()/2, Reason: g.line()},
		"React":       chatnet.React{Room: g.room(), Target: 1 + g.seq()/2, Emoji: g.emoji(), On: g.flag()},
		"Join":        chatnet.Join{Name: g.name()},
		"Create":      chatnet.Create{Name: g.name(), Private: g.flag()},
		"Invite":      chatnet.Invite{Room: g.room(), Nick: g.nick()},
		"Part":        chatnet.Part{Room: g.room()},
		"SetTopic":    chatnet.SetTopic{Room: g.room(), Topic: g.line()},
		"SetNick":     chatnet.SetNick{Nick: g.nick()},
		"SetRole":     chatnet.SetRole{Nick: g.nick(), Role: pick(g, chatnet.RoleOwner, chatnet.RoleVisitor)},
		"SetAway":     chatnet.SetAway{Away: g.flag(), Text: g.line()},
		"OpenDirect":  chatnet.OpenDirect{With: g.nick()},
		"ListRooms":   chatnet.ListRooms{},
		"ListMembers": chatnet.ListMembers{Room: g.room()},
		"Whois":       chatnet.Whois{Nick: g.nick()},
		"History":     chatnet.History{Room: g.room(), Before: g.seq(), Limit: g.count()},
		"Search":      chatnet.Search{Text: g.line(), Limit: g.count()},
		"MarkRead":    chatnet.MarkRead{Room: g.room(), Seq: g.seq()},
		"Type":        chatnet.Type{Room: g.room(), On: g.flag()},
		"ListKnocks":  chatnet.ListKnocks{},
		"Admit":       chatnet.Admit{Nick: g.nick()},
		"Refuse":      chatnet.Refuse{Nick: g.nick(), Reason: g.line()},
		"Quit":        chatnet.Quit{Reason: g.line()},
	}
}

func (g random) answers() map[string]chatnet.Answer {
	return map[string]chatnet.Answer{
		"Done":     chatnet.Done{},
		"Stored":   chatnet.Stored{Room: g.room(), Seq: g.seq(), Origin: g.origin(), Dup: g.flag()},
		"Entered":  chatnet.Entered{Room: g.room()},
		"RoomList": chatnet.RoomList{Rooms: some(g, g.listing)},
		"MemberList": chatnet.MemberList{
			Room: g.room(), Members: some(g, g.member),
		},
		"UserInfo": chatnet.UserInfo{Member: g.member(), Rooms: some(g, g.name), Since: g.time()},
		"Page": chatnet.Page{Room: g.room(), More: g.flag(), Events: some(g, func() chatnet.Event {
			return g.event(g.bodies()["Said"])
		})},
		"Hits": chatnet.Hits{More: g.flag(), Events: some(g, func() chatnet.Event {
			return g.event(g.bodies()["Said"])
		})},
		"KnockList": chatnet.KnockList{Knocks: some(g, g.knock)},
		"Welcome": chatnet.Welcome{
			Server: g.server(), User: g.user(), Nick: g.nick(), Role: g.role(), Rooms: some(g, g.info),
		},
		"Waiting": chatnet.Waiting{Server: g.server()},
	}
}

func (g random) listing() chatnet.Listing {
	return chatnet.Listing{Name: g.name(), Topic: g.line(), Count: g.count()}
}

func (g random) signals() map[string]chatnet.Signal {
	return map[string]chatnet.Signal{
		"PresenceChanged": chatnet.PresenceChanged{User: g.user(), Nick: g.nick(), Presence: g.presence(), Away: g.line()},
		"Typing":          chatnet.Typing{Room: g.room(), User: g.user(), Nick: g.nick(), On: g.flag()},
		"ReadMoved":       chatnet.ReadMoved{Room: g.room(), Seq: g.seq()},
		"KnocksChanged":   chatnet.KnocksChanged{Knocks: some(g, g.knock)},
		"SelfChanged":     chatnet.SelfChanged{Nick: g.nick(), Role: g.role()},
	}
}

func (g random) hello() chatnet.Hello {
	return chatnet.Hello{
		Client: g.line(), Dev: pick(g, 0, chatnet.Dev(1+g.Uint64N(1<<60))), Nick: pick(g, chatnet.Nick{}, g.nick()),
		Token: pick(g, "", g.of("abcXYZ019!~", 22+g.IntN(100))), Room: pick(g, chatnet.RoomName{}, g.name()),
		Cursors: some(g, func() chatnet.Cursor {
			return chatnet.Cursor{Room: g.room(), Epoch: chatnet.Epoch(g.id()), Seq: g.seq()}
		}),
	}
}
