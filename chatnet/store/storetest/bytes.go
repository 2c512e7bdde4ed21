package storetest

import (
	"strings"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// Texts are messages that stores and dialects like to break.
func Texts() []string {
	return []string{
		"hello",
		" leading blanks and\n\n  lines\n of them",
		`quotes " and ' and \ and \u0041 and \n and %s and ? and $1 and -- and ;`,
		"'); DROP TABLE events; --",
		"<b>&amp;</b> </script>",
		"naïve café, Grüße, žluťoučký kůň",
		"decomposed: cafe\u0301, e\u0323\u0307",
		"日本語 한국어 中文 ไทย עברית العربية हिन्दी",
		"👋🏽 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪 ❤️ ☎︎",
		"𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010FFFD \uFFFD \uFEFF x",
		"line\u2028separator\u2029s",
		"0", "null", "{}", "[]", "-0.1e5", "true",
		strings.Repeat("a", chatnet.MaxText),
		strings.Repeat("🦉", chatnet.MaxText/4),
		strings.Repeat("\n", 100) + "x",
		"",
	}
}

func testEveryByte(t *testing.T, s store.Store) {
	var sent []chatnet.Event
	for i, text := range Texts() {
		sent = append(sent, Message(dev, uint64(i)+1, text))
	}
	all := mustAppend(t, s, dev, 0, sent...)
	got := readAll(t, s, dev)
	same(t, "every byte", all, got)
	for i, ev := range got {
		if said, ok := ev.Body.(chatnet.Said); !ok || said.Text.String() != chatnet.Clean(Texts()[i]).String() {
			t.Errorf("text %d came back as %q", i, ev.Body)
		}
	}
}

// Bodies returns an event body of every kind, full ones and bare ones.
func Bodies() []chatnet.Body {
	ada, zoe := chatnet.MustNick("ada"), chatnet.MustNick("Zoë")
	return []chatnet.Body{
		chatnet.Said{Text: chatnet.Clean("hi"), Color: "magenta", Me: true},
		chatnet.Said{},
		chatnet.Said{Text: chatnet.Clean("yes"), Reply: 1},
		chatnet.Edited{Target: 1, Text: chatnet.Clean("hi,\nall")},
		chatnet.Edited{Target: 1},
		chatnet.Reacted{Target: 3, Emoji: chatnet.MustEmoji("👨‍👩‍👧‍👦"), On: true},
		chatnet.Reacted{Target: 3, Emoji: chatnet.MustEmoji("❤️")},
		chatnet.Joined{User: "k-zoe", Nick: zoe, Role: chatnet.RoleVisitor},
		chatnet.Parted{User: "k-zoe", Reason: chatnet.CleanLine("tea & cake")},
		chatnet.Parted{User: "k-zoe"},
		chatnet.Renamed{User: "k-zoe", Nick: ada},
		chatnet.TopicSet{Topic: chatnet.CleanLine("the \"plan\"")},
		chatnet.TopicSet{},
		chatnet.Registered{User: "g-1", Nick: zoe, Role: chatnet.RoleOwner},
		chatnet.NickSet{User: "g-1", Nick: ada},
		chatnet.RoleSet{User: "g-1", Role: chatnet.RoleModerator},
		chatnet.RoomMade{New: "r-1", Name: chatnet.MustRoomName("büro/zwei"), Kind: chatnet.KindOpen},
		chatnet.RoomMade{New: "r-2", Name: chatnet.MustRoomName("secret"), Kind: chatnet.KindPrivate},
		chatnet.RoomMade{New: "d-1", Kind: chatnet.KindDirect, With: [2]chatnet.UserID{"k-ada", "g-1"}},
		chatnet.Forgotten{User: "g-1"},
		chatnet.Redacted{Target: 7, Reason: chatnet.CleanLine("a slip")}, // 7 is no message
		chatnet.Redacted{Target: 7},
	}
}

func testEveryKind(t *testing.T, s store.Store) {
	var sent []chatnet.Event
	for i, body := range Bodies() {
		sent = append(sent, chatnet.Event{
			Room:   chatnet.HubRoom,
			At:     time.UnixMilli(int64(i) * 1_000_000_007).UTC(),
			By:     chatnet.OperatorID,
			Origin: chatnet.Origin{Dev: chatnet.Dev(i + 1), N: 1<<53 - 1},
			Body:   body,
		})
	}
	all := mustAppend(t, s, chatnet.HubRoom, 0, sent...)
	same(t, "every kind", all, readAll(t, s, chatnet.HubRoom))

	// Time that is finer, or of another zone, is brought into the log's form at
	// once: what Append returns is what a later reader gets.
	odd := Message(dev, 1, "odd")
	odd.At = time.Unix(1_700_000_000, 123_456_789).In(time.FixedZone("somewhere", 3600))
	odd.Room = "r-elsewhere"
	stored := mustAppend(t, s, dev, 0, odd)
	odd.Room, odd.At, odd.Seq = dev, time.UnixMilli(1_700_000_000_123).UTC(), stored[0].Seq
	same(t, "an odd event as appended", []chatnet.Event{odd}, stored)
	same(t, "an odd event as read", []chatnet.Event{odd}, readAll(t, s, dev))
	if got := stored[0].At.Location(); got != time.UTC {
		t.Errorf("the time is told in %v", got)
	}
}
