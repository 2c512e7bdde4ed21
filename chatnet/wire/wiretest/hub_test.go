package wiretest_test

import (
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire/wiretest"
)

// entered returns a hub with ada in its lobby.
func entered(t *testing.T) *wiretest.Hub {
	t.Helper()
	h := wiretest.NewHub()
	d := h.Enter(chatnet.Hello{Nick: chatnet.MustNick("ada")})
	if _, ok := d.Replies[0].Answer.(chatnet.Welcome); !ok || len(d.Events) != 3 {
		t.Fatalf("%+v", d)
	}
	return h
}

// TestHubAnswersEverything: one reply a request, and the code where it says no.
func TestHubAnswersEverything(t *testing.T) {
	bob, zoe := chatnet.MustNick("bob"), chatnet.MustNick("zoe")
	dev := chatnet.MustRoomName("dev")
	for _, c := range []struct {
		r    chatnet.Request
		code chatnet.Code
	}{
		{chatnet.Say{Room: "r1", Text: chatnet.Clean("x")}, ""},
		{chatnet.Say{To: bob, Text: chatnet.Clean("x")}, ""},
		{chatnet.Say{To: zoe, Text: chatnet.Clean("x")}, chatnet.CodeNoUser},
		{chatnet.Say{Room: "r9", Text: chatnet.Clean("x")}, chatnet.CodeNoRoom},
		{chatnet.Say{Room: "r1", Text: chatnet.Clean(strings.Repeat("x", chatnet.MaxText+1))}, chatnet.CodeTooLong},
		{chatnet.Join{Name: dev}, ""},
		{chatnet.Create{Name: dev, Private: true}, ""},
		{chatnet.Create{Name: chatnet.Lobby()}, chatnet.CodeExists},
		{chatnet.Invite{Room: "r1", Nick: bob}, ""},
		{chatnet.Invite{Room: "r9", Nick: bob}, chatnet.CodeNoRoom},
		{chatnet.Part{Room: "r1"}, ""},
		{chatnet.SetTopic{Room: "r1", Topic: chatnet.CleanLine("x")}, ""},
		{chatnet.SetNick{Nick: zoe}, ""},
		{chatnet.SetRole{Nick: bob, Role: chatnet.RoleOwner}, chatnet.CodeForbidden},
		{chatnet.SetAway{Away: true}, ""},
		{chatnet.OpenDirect{With: bob}, ""},
		{chatnet.OpenDirect{With: zoe}, chatnet.CodeNoUser},
		{chatnet.ListRooms{}, ""},
		{chatnet.ListMembers{Room: "r1"}, ""},
		{chatnet.Whois{Nick: bob}, ""},
		{chatnet.Whois{Nick: zoe}, chatnet.CodeNoUser},
		{chatnet.History{Room: "r1"}, ""},
		{chatnet.MarkRead{Room: "r1", Seq: 2}, ""},
		{chatnet.Type{Room: "r1", On: true}, ""},
		{chatnet.ListKnocks{}, ""},
		{chatnet.Admit{Nick: zoe}, chatnet.CodeNoUser},
		{chatnet.Refuse{Nick: zoe}, chatnet.CodeNoUser},
	} {
		d := entered(t).Submit(chatnet.Call{ID: 9, Request: c.r})
		if len(d.Replies) != 1 || d.Replies[0].ID != 9 {
			t.Errorf("%#v: %+v", c.r, d)
			continue
		}
		r := d.Replies[0]
		if (r.Answer == nil) == (r.Err == nil) || (r.Err != nil && r.Err.Code != c.code) || (r.Err == nil && c.code != "") {
			t.Errorf("%#v: %+v, want the code %q", c.r, r, c.code)
		}
	}
}

func TestHubHistoryIsPaged(t *testing.T) {
	h := entered(t)
	for _, c := range []struct {
		q     chatnet.History
		first chatnet.Seq
		n     int
		more  bool
	}{
		{chatnet.History{}, 1, 3, false},
		{chatnet.History{Limit: 2}, 2, 2, true},
		{chatnet.History{Before: 3, Limit: 1}, 2, 1, true},
		{chatnet.History{Before: 2, Limit: 5}, 1, 1, false},
		{chatnet.History{Before: 99, Limit: 5}, 1, 3, false},
	} {
		c.q.Room = "r1"
		page, _ := h.Submit(chatnet.Call{Request: c.q}).Replies[0].Answer.(chatnet.Page)
		if len(page.Events) != c.n || page.Events[0].Seq != c.first || page.More != c.more {
			t.Errorf("%+v: %+v", c.q, page)
		}
	}
}

func TestHubRefusesATakenNick(t *testing.T) {
	d := wiretest.NewHub().Enter(chatnet.Hello{Nick: chatnet.MustNick("bob")})
	if d.Bye == nil || d.Bye.Code != chatnet.CodeNickTaken {
		t.Errorf("%+v", d)
	}
}

// TestHubHappenings: each leads to exactly one thing to deliver.
func TestHubHappenings(t *testing.T) {
	for what, want := range map[string]func(d chatnet.Delivery) bool{
		"carol says hi":                  func(d chatnet.Delivery) bool { return len(d.Events) == 1 },
		"carol joins":                    func(d chatnet.Delivery) bool { return len(d.Events) == 1 },
		"carol leaves":                   func(d chatnet.Delivery) bool { return len(d.Events) == 1 },
		"bob sets the topic x":           func(d chatnet.Delivery) bool { return len(d.Events) == 1 },
		"bob becomes rob":                func(d chatnet.Delivery) bool { return len(d.Events) == 1 },
		"bob is typing":                  func(d chatnet.Delivery) bool { return len(d.Signals) == 1 },
		"bob stops typing":               func(d chatnet.Delivery) bool { return len(d.Signals) == 1 },
		"bob is away lunch":              func(d chatnet.Delivery) bool { return len(d.Signals) == 1 },
		"bob is back":                    func(d chatnet.Delivery) bool { return len(d.Signals) == 1 },
		"zoe knocks":                     func(d chatnet.Delivery) bool { return len(d.Signals) == 1 },
		"ada reads r1 up to 3 elsewhere": func(d chatnet.Delivery) bool { return len(d.Signals) == 1 },
		"bob puts you in kitchen":        func(d chatnet.Delivery) bool { return len(d.Entered) == 1 },
		"bob takes you out of r1":        func(d chatnet.Delivery) bool { return len(d.Exited) == 1 },
		"the server stops":               func(d chatnet.Delivery) bool { return d.Bye.Code == chatnet.CodeShutdown },
		"the same client comes in again": func(d chatnet.Delivery) bool { return d.Bye.Code == chatnet.CodeReplaced },
		"the host says no never":         func(d chatnet.Delivery) bool { return d.Bye.Text == "never" },
		"the host wants to be asked":     func(d chatnet.Delivery) bool { return d.IsZero() },
	} {
		if d, ok := entered(t).Happen(what); !ok || !want(d) {
			t.Errorf("%s: %v, %+v", what, ok, d)
		}
	}
	h := wiretest.NewHub()
	h.Approve = true
	waiting := h.Enter(chatnet.Hello{Nick: chatnet.MustNick("ada")})
	in, ok := h.Happen("the host says yes")
	if _, waits := waiting.Replies[0].Answer.(chatnet.Waiting); !waits || !ok || len(in.Events) != 3 {
		t.Errorf("waiting %+v, then %+v", waiting, in)
	}
	if d, ok := h.Happen("bob dances"); ok {
		t.Errorf("bob dances: %+v", d)
	}
}
