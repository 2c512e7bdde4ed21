package nick

import (
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// TestCorrectionsHaveTheirSender: no line and no part of a long correction looks
// like the server's own word (DOORS C8, C10).
func TestCorrectionsHaveTheirSender(t *testing.T) {
	c := New().Open(wire.Peer{}).(*conversation)
	c.Feed([]byte("ada"))
	c.Hear(chatnet.Delivery{Replies: []chatnet.Reply{{Answer: chatnet.Welcome{
		User: "g-ada", Nick: chatnet.MustNick("ada"),
		Rooms: []chatnet.RoomInfo{{ID: "r1", Name: chatnet.Lobby(), Kind: chatnet.KindOpen}},
	}}}})
	step := c.Hear(chatnet.Delivery{Events: []chatnet.Event{{
		Room: "r1", Seq: 7, By: "g-bob", Nick: chatnet.MustNick("bob"),
		Body: chatnet.Edited{Target: 3, Text: chatnet.Clean("one\nada left\n" + strings.Repeat("ada left ", 300))},
	}}})
	if len(step.Writes) < 4 {
		t.Fatalf("%d writes", len(step.Writes))
	}
	for _, w := range step.Writes {
		if shown := wiretest.Shown(w); !strings.HasPrefix(shown, "* bob corrected: ") || len(shown) > wire.MaxWrite {
			t.Errorf("%q", shown)
		}
	}
}
