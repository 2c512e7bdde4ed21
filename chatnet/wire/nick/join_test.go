package nick

import (
	"slices"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// TestSaidWhileComingIn: what is said between somebody's joining and their
// welcome is for them, what was said before is not.
func TestSaidWhileComingIn(t *testing.T) {
	ada, bob := chatnet.MustNick("ada"), chatnet.MustNick("bob")
	event := func(seq chatnet.Seq, nick chatnet.Nick, b chatnet.Body) chatnet.Event {
		return chatnet.Event{Room: "r1", Seq: seq, Prev: seq - 1, By: chatnet.UserID("g-" + nick.String()), Nick: nick, Body: b}
	}
	said := func(text string) chatnet.Body { return chatnet.Said{Text: chatnet.Clean(text)} }
	c := New().Open(wire.Peer{}).(*conversation)
	c.Start()
	c.Feed([]byte("ada"))
	step := c.Hear(chatnet.Delivery{
		Replies: []chatnet.Reply{{Answer: chatnet.Welcome{
			User: "g-ada", Nick: ada,
			Rooms: []chatnet.RoomInfo{{ID: "r1", Name: chatnet.Lobby(), Kind: chatnet.KindOpen, Head: 4}},
		}}},
		Events: []chatnet.Event{
			event(1, bob, said("before")),
			event(2, ada, chatnet.Joined{User: "g-ada", Nick: ada}),
			event(3, bob, said("while")),
			event(4, bob, said("still")),
			event(5, bob, said("after")),
		},
	})
	var got []string
	for _, w := range step.Writes[2:] {
		got = append(got, wiretest.Shown(w))
	}
	if want := []string{"bob: while", "bob: still", "bob: after"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
