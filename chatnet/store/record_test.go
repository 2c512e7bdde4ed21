package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/store"
	"tchat/chatnet/store/storetest"
)

func compare(a, b chatnet.Event) string {
	return cmp.Diff(a, b, cmp.AllowUnexported(chatnet.Text{}, chatnet.Nick{}, chatnet.RoomName{}, chatnet.Emoji{}))
}

// bare is an event as a record has it: without the store's keys.
func bare(body chatnet.Body) chatnet.Event {
	return chatnet.Event{At: time.UnixMilli(1_700_000_000_123).UTC(), By: "k-ada", Nick: chatnet.MustNick("Ada"), Body: body}
}

func TestRecordKeepsEveryKind(t *testing.T) {
	bodies := storetest.Bodies()
	for _, text := range storetest.Texts() {
		bodies = append(bodies, chatnet.Said{Text: chatnet.Clean(text)}, chatnet.TopicSet{Topic: chatnet.CleanLine(text)})
	}
	for _, body := range bodies {
		want := bare(body)
		data, err := store.Marshal(want)
		if err != nil {
			t.Errorf("%#v: %v", body, err)
			continue
		}
		got, err := store.Unmarshal(data)
		if err != nil {
			t.Errorf("%s: %v", data, err)
		}
		if diff := compare(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", data, diff)
		}
	}
}

// The bytes on disk are for ever: a change here breaks every log there is.
func TestRecordBytes(t *testing.T) {
	tests := []struct {
		body chatnet.Body
		want string
	}{
		{chatnet.Said{Text: chatnet.Clean("a < b\n\"ö\""), Color: "red", Me: true}, `"kind":"said","text":"a < b\n\"ö\"","color":"red","me":true}`},
		{chatnet.Joined{User: "k-zoe", Nick: chatnet.MustNick("Zoë"), Role: "member"}, `"kind":"joined","user":"k-zoe","as":"Zoë","role":"member"}`},
		{chatnet.Parted{User: "k-zoe", Reason: chatnet.CleanLine("tea")}, `"kind":"parted","text":"tea","user":"k-zoe"}`},
		{chatnet.Renamed{User: "k-zoe", Nick: chatnet.MustNick("z")}, `"kind":"renamed","user":"k-zoe","as":"z"}`},
		{chatnet.TopicSet{Topic: chatnet.CleanLine("plan")}, `"kind":"topic","text":"plan"}`},
		{chatnet.Registered{User: "g-1", Nick: chatnet.MustNick("z"), Role: "owner"}, `"kind":"registered","user":"g-1","as":"z","role":"owner"}`},
		{chatnet.NickSet{User: "g-1", Nick: chatnet.MustNick("z")}, `"kind":"nick","user":"g-1","as":"z"}`},
		{chatnet.RoleSet{User: "g-1", Role: "visitor"}, `"kind":"role","user":"g-1","role":"visitor"}`},
		{chatnet.RoomMade{New: "r-1", Name: chatnet.MustRoomName("dev"), Kind: "open"}, `"kind":"made","new":"r-1","name":"dev","type":"open"}`},
		{chatnet.RoomMade{New: "d-1", Kind: "direct", With: [2]chatnet.UserID{"a", "b"}}, `"kind":"made","new":"d-1","type":"direct","with":["a","b"]}`},
		{chatnet.Forgotten{User: "g-1"}, `"kind":"forgotten","user":"g-1"}`},
	}
	for _, tt := range tests {
		got, err := store.Marshal(bare(tt.body))
		if want := `{"at":1700000000123,"by":"k-ada","nick":"Ada",` + tt.want; err != nil || string(got) != want {
			t.Errorf("%v\n got %s\nwant %s", err, got, want)
		}
	}
}

func TestMarshalRefusesNoBody(t *testing.T) {
	if data, err := store.Marshal(chatnet.Event{}); chatnet.CodeOf(err) != chatnet.CodeInternal {
		t.Errorf("Marshal of nothing = %s, %v", data, err)
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	tests := []struct{ data, want string }{
		{``, "unexpected end of JSON input"},
		{`[]`, "cannot unmarshal array"},
		{`{"at":1,"kind":"said"`, "unexpected end of JSON input"},
		{`{"at":1}`, `the kind "" is unknown`},
		{`{"at":1,"kind":"shouted"}`, `the kind "shouted" is unknown`},
		{`{"at":1,"kind":"\u001b[2J"}`, `the kind "\x1b[2J" is unknown`},
		{`{"at":"x","kind":"said"}`, "cannot unmarshal string"},
		{`{"at":1,"kind":"said","by":"a b"}`, "a user id has"},
		{`{"at":1,"kind":"said","nick":"a b"}`, "a nick has"},
		{`{"at":1,"kind":"said","color":"puce"}`, "a colour is one of"},
		{`{"at":1,"kind":"joined","user":"\n"}`, "a user id has"},
		{`{"at":1,"kind":"joined","user":"k","as":"server"}`, "reserved"},
		{`{"at":1,"kind":"role","user":"k","role":"king"}`, "a role is one of"},
		{`{"at":1,"kind":"made","new":"r 1","type":"open"}`, "a room id has"},
		{`{"at":1,"kind":"made","new":"r","name":"a//b","type":"open"}`, "a room name has"},
		{`{"at":1,"kind":"made","new":"r","type":"cellar"}`, `the type of room "cellar" is unknown`},
		{`{"at":1,"kind":"made","new":"r"}`, `the type of room "" is unknown`},
		{`{"at":1,"kind":"made","new":"r","type":"direct","with":["a","b","c"]}`, "two users"},
		{`{"at":1,"kind":"made","new":"r","type":"direct","with":["a","b c"]}`, "a user id has"},
	}
	for _, tt := range tests {
		ev, err := store.Unmarshal([]byte(tt.data))
		if chatnet.CodeOf(err) != chatnet.CodeStorage || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s = %+v, %v; want %q", tt.data, ev, err, tt.want)
		}
	}
}

// A file may have been changed by anybody: what comes out is safe to show.
func TestUnmarshalCleans(t *testing.T) {
	ev, err := store.Unmarshal([]byte(`{"at":1,"kind":"said","text":"a\u001b[31mb\u202ec\r\n"}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("abc", ev.Body.(chatnet.Said).Text.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	ev, err = store.Unmarshal([]byte(`{"at":1,"kind":"topic","text":"a\nb"}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("a b", ev.Body.(chatnet.TopicSet).Topic.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzRecord holds two rules: no text is changed by a stay in the store
// (DELIVERY I3), and no record makes Unmarshal panic.
func FuzzRecord(f *testing.F) {
	for _, text := range storetest.Texts() {
		f.Add(text)
	}
	f.Add(`{"at":1,"kind":"made","new":"r","type":"direct","with":["a","b"]}`)
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = store.Unmarshal([]byte(s))
		want := bare(chatnet.Said{Text: chatnet.Clean(s)})
		data, err := store.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := store.Unmarshal(data)
		if err != nil || compare(want, got) != "" {
			t.Errorf("%q came back as %+v, %v", s, got, err)
		}
	})
}

func TestPlace(t *testing.T) {
	given := []chatnet.Event{{Room: "x", Seq: 9, Prev: 9, At: time.Unix(1, 1_999_999)}, {}}
	got := store.Place("r", 41, given)
	want := []chatnet.Event{
		{Room: "r", Seq: 42, Prev: 41, At: time.UnixMilli(1001).UTC()},
		{Room: "r", Seq: 43, Prev: 42},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(chatnet.Nick{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if given[0].Seq != 9 || given[0].Room != "x" {
		t.Error("Place changed what it was given")
	}
}
