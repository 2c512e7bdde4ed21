package room_test

import (
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

func TestRenameTellsTheNickFromBefore(t *testing.T) {
	bob, bobby := chatnet.MustNick("bob"), chatnet.MustNick("bobby")
	s := room.New(chatnet.RoomMade{New: "r-1", Name: chatnet.Lobby(), Kind: chatnet.KindOpen})
	s.Apply(chatnet.Event{Room: "r-1", Seq: 1, By: "u-bob", Nick: bob,
		Body: chatnet.Joined{User: "u-bob", Nick: bob, Role: chatnet.RoleMember}})
	evs := s.Rename(time.UnixMilli(1), "u-bob", bobby)
	if len(evs) != 1 || evs[0].Nick != bob || evs[0].Body != (chatnet.Renamed{User: "u-bob", Nick: bobby}) {
		t.Fatalf("Rename = %+v, want one event of bob's that says bobby", evs)
	}
}
