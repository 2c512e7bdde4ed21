package room

import (
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/wiretest"
)

// TestNumbers: whatever ends a connection before it is in is one of the three
// numbers that the program knows, and nothing else; so is silence that lasts
// too long (DOORS C4).
func TestNumbers(t *testing.T) {
	for code, want := range map[chatnet.Code]string{
		chatnet.CodeNickTaken: "403",
		chatnet.CodeBadNick:   "400",
		chatnet.CodeProtocol:  "400",
		chatnet.CodeRefused:   "401",
		chatnet.CodeForbidden: "401",
		chatnet.CodeBusy:      "401",
		chatnet.CodeShutdown:  "401",
		chatnet.CodeStorage:   "401",
	} {
		ended := New().Open(wire.Peer{}).(*conversation)
		ended.Start()
		refused := New().Open(wire.Peer{}).(*conversation)
		refused.Feed([]byte("alice_lobby"))
		why := chatnet.E(code, "why")
		for how, step := range map[string]wire.Step{
			"ended":   ended.Hear(chatnet.Delivery{Bye: why}),
			"refused": refused.Hear(chatnet.Delivery{Replies: []chatnet.Reply{{Err: why}}}),
		} {
			if len(step.Writes) != 1 || wiretest.Shown(step.Writes[0]) != "[alone] "+want || how == "refused" && !step.End {
				t.Errorf("%s by %s: %+v", how, code, step)
			}
		}
	}
}

// TestClosedRoom: a program that cannot have its room is not let into another.
func TestClosedRoom(t *testing.T) {
	c := New().Open(wire.Peer{}).(*conversation)
	c.Feed([]byte("alice_secret"))
	step := c.Hear(chatnet.Delivery{Replies: []chatnet.Reply{{Answer: chatnet.Welcome{
		User: "g-alice", Nick: chatnet.MustNick("alice"),
		Rooms: []chatnet.RoomInfo{{ID: "r1", Name: chatnet.Lobby(), Kind: chatnet.KindOpen}},
	}}}})
	if len(step.Writes) != 1 || wiretest.Shown(step.Writes[0]) != "[alone] 401" || !step.End || len(step.Calls) > 0 {
		t.Errorf("%+v", step)
	}
}
