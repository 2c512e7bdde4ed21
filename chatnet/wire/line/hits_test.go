package line

import (
	"testing"
	"time"

	"tchat/chatnet"
)

func TestHits(t *testing.T) {
	at := time.Date(2026, 3, 1, 10, 2, 0, 0, time.UTC)
	eve := chatnet.MustNick("eve")
	said := func(room chatnet.RoomID, text string) chatnet.Event {
		return chatnet.Event{Room: room, At: at, Nick: eve, Body: chatnet.Said{Text: chatnet.Clean(text)}}
	}
	talk := &Talk{rooms: map[chatnet.RoomID]*room{
		"r1": {info: chatnet.RoomInfo{Name: chatnet.MustRoomName("dev")}},
		"d1": {info: chatnet.RoomInfo{With: chatnet.Member{Nick: eve}}},
	}}
	got := talk.hits(chatnet.Hits{Events: []chatnet.Event{said("r1", "two\nlines"), said("d1", "for you"), said("r9", "x")}})
	want := "found:\n2026-03-01 10:02 ? eve: x\n2026-03-01 10:02 @eve eve: for you\n2026-03-01 10:02 dev eve: two lines"
	if got != want {
		t.Errorf("hits read\n%s\nwant\n%s", got, want)
	}
	if got := talk.hits(chatnet.Hits{}); got != "nothing was found in your rooms" {
		t.Errorf("no hits read %q", got)
	}
}
