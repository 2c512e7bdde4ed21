package room_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

func marshal(t *testing.T, s interface{ Marshal() ([]byte, error) }) []byte {
	t.Helper()
	data, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// randomLog is the log of a room in which much happened, redactions included,
// as a store gives it at a replay: the redacted words are out of it.
func randomLog(t *testing.T, r *rand.Rand, kind chatnet.RoomKind, n int) []chatnet.Event {
	t.Helper()
	s := of(t, kind)
	var log []chatnet.Event
	for range n {
		by := pick(r, everybody)
		req, whom := randomRequest(r)
		if evs, err := s.Decide(now, by, req, whom, chatnet.Event{}); err == nil {
			log = append(log, apply(s, evs...)...)
		}
		if len(log) == 0 || r.IntN(20) > 0 {
			continue
		}
		at := r.IntN(len(log))
		if said, ok := log[at].Body.(chatnet.Said); ok && !said.Redacted() {
			log[at] = log[at].Masked()
			log = append(log, apply(s, chatnet.Event{By: by.User, Body: chatnet.Redacted{Target: log[at].Seq}})...)
		}
	}
	return log
}

// TestSnapshotIsReplay is the property: a snapshot taken anywhere plus the tail
// behind it is the room that a replay of the whole log makes.
func TestSnapshotIsReplay(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		kind := pick(r, []chatnet.RoomKind{chatnet.KindOpen, chatnet.KindPrivate, chatnet.KindDirect})
		made := chatnet.RoomMade{New: "r-1", Kind: kind, Name: of(t, kind).Name()}
		if kind == chatnet.KindDirect {
			made.New, made.With = room.DirectID(ada.User, bob.User), [2]chatnet.UserID{ada.User, bob.User}
		}
		log := randomLog(t, r, kind, 600)
		whole, head := room.New(made), room.New(made)
		cut := r.IntN(len(log) + 1)
		for i, ev := range log {
			if whole.Apply(ev); i < cut {
				head.Apply(ev)
			}
		}
		again, err := room.UnmarshalState(made, marshal(t, head))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, ev := range log[cut:] {
			again.Apply(ev)
		}
		if a, b := marshal(t, whole), marshal(t, again); !bytes.Equal(a, b) || whole.Count() != again.Count() || whole.Head() != again.Head() {
			t.Fatalf("seed %d, cut at %d of %d: a snapshot is not the replay:\n%s\n%s", seed, cut, len(log), a, b)
		}
		for range 100 {
			by := pick(r, everybody)
			req, whom := randomRequest(r)
			a, errA := whole.Decide(now, by, req, whom, chatnet.Event{})
			b, errB := again.Decide(now, by, req, whom, chatnet.Event{})
			if len(a) != len(b) || code(errA) != code(errB) {
				t.Fatalf("seed %d: %#v is decided otherwise: %v, %v", seed, req, errA, errB)
			}
		}
	}
}

// TestSnapshotForgetsWords holds that what was redacted leaves not even a
// hash.
func TestSnapshotForgetsWords(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada)
	say := chatnet.Say{Text: text("a secret"), Origin: chatnet.Origin{Dev: 7, N: 1}}
	said := do(t, s, ada, say, room.Actor{})
	before := marshal(t, s)
	apply(s, chatnet.Event{By: ada.User, Body: chatnet.Redacted{Target: said[0].Seq}})
	mute := base64.StdEncoding.EncodeToString(append([]byte{1, byte(said[0].Seq)}, make([]byte, 8)...))
	if after := marshal(t, s); bytes.Contains(before, []byte(mute)) || !bytes.Contains(after, []byte(mute)) {
		t.Errorf("the sum of what was redacted is in %s, which was %s", after, before)
	}
}

// TestDirectorySnapshotIsReplay is the same property of the directory.
func TestDirectorySnapshotIsReplay(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 3))
		log := randomDirectory(r, 200)
		whole, head := room.NewDirectory(), room.NewDirectory()
		cut := r.IntN(len(log) + 1)
		for i, ev := range log {
			if whole.Apply(ev); i < cut {
				head.Apply(ev)
			}
		}
		again, err := room.UnmarshalDirectory(marshal(t, head))
		if err != nil {
			t.Fatal(err)
		}
		for _, ev := range log[cut:] {
			again.Apply(ev)
		}
		if a, b := marshal(t, whole), marshal(t, again); !bytes.Equal(a, b) {
			t.Fatalf("seed %d: a snapshot is not the replay:\n%s\n%s", seed, a, b)
		}
		for _, a := range everybody {
			u, ok := whole.Named(a.Nick)
			v, same := again.Named(a.Nick)
			if ok != same || u.User != v.User || !u.Since.Equal(v.Since) {
				t.Fatalf("seed %d: %s is %+v and %+v", seed, a.Nick, u, v)
			}
		}
		down := chatnet.SetRole{Nick: ada.Nick, Role: chatnet.RoleMember} // the last owner may not: the count of owners is right
		_, errA := whole.Decide(now, ada, down)
		_, errB := again.Decide(now, ada, down)
		if code(errA) != code(errB) {
			t.Fatalf("seed %d: %v, %v", seed, errA, errB)
		}
	}
}

// randomDirectory is a log of users and rooms that come and change.
func randomDirectory(r *rand.Rand, n int) []chatnet.Event {
	d := room.NewDirectory()
	var log []chatnet.Event
	for i := range n {
		a := pick(r, everybody[:5])
		var body chatnet.Body
		switch r.IntN(5) {
		case 0:
			body = chatnet.NickSet{User: a.User, Nick: pick(r, everybody[:5]).Nick}
		case 1:
			body = chatnet.RoleSet{User: a.User, Role: pick(r, everybody[:5]).Role}
		case 2:
			body = chatnet.Forgotten{User: a.User}
		case 3:
			body = chatnet.RoomMade{New: chatnet.RoomID(fmt.Sprint("r-", i)), Name: chatnet.MustRoomName(fmt.Sprint("room", i)), Kind: chatnet.KindOpen}
		default:
			body = chatnet.Registered{User: a.User, Nick: a.Nick, Role: a.Role}
		}
		if s, ok := body.(chatnet.NickSet); ok {
			if u, taken := d.Named(s.Nick); taken && u.User != s.User {
				continue // as the directory decides
			}
		}
		if s, ok := body.(chatnet.Registered); ok {
			if u, taken := d.Named(s.Nick); taken && u.User != s.User {
				continue
			}
		}
		log = append(log, apply(d, chatnet.Event{At: now.Truncate(time.Millisecond), By: a.User, Body: body})...)
	}
	return log
}

func TestSnapshotsThatAreOfNoUse(t *testing.T) {
	made := chatnet.RoomMade{New: "r-1", Kind: chatnet.KindOpen, Name: chatnet.MustRoomName("dev")}
	for _, data := range []string{
		"", "{", "null", `{"v":2,"id":"r-1"}`, `{"v":1,"id":"r-2"}`, `{"v":1,"id":"r-1","members":{"k-a":{"n":"","r":"member"}}}`,
		`{"v":1,"id":"r-1","names":{"k-a":" "}}`, `{"v":1,"id":"r-1","devs":{"7":{"u":"k-a","s":"AQE="}}}`,
		`{"v":1,"id":"r-1","devs":{"7":{"u":"k-a","s":"AAEAAAAAAAAAAA=="}}}`, `{"v":1,"id":"r-1","devs":{"7":{"u":"k-a","s":"gA=="}}}`,
		`{"v":1,"id":"r-1","head":-1}`,
	} {
		if s, err := room.UnmarshalState(made, []byte(data)); err == nil {
			t.Errorf("%q gives %+v", data, s)
		}
	}
	for _, data := range []string{"", "[]", `{"v":0}`, `{"v":1,"users":[{"n":"a b"}]}`, `{"v":1,"rooms":[{"name":"//"}]}`} {
		if d, err := room.UnmarshalDirectory([]byte(data)); err == nil {
			t.Errorf("%q gives %+v", data, d)
		}
	}
}

func TestRememberedOrigins(t *testing.T) {
	s := of(t, chatnet.KindOpen, ada)
	do(t, s, ada, chatnet.Say{Text: text("x"), Origin: chatnet.Origin{Dev: 7, N: 4}}, room.Actor{})
	var got []string
	s.Origins(func(user chatnet.UserID, o chatnet.Origin) { got = append(got, string(user)+" "+o.String()) })
	if want := string(ada.User) + " " + (chatnet.Origin{Dev: 7, N: 4}).String(); len(got) != 1 || got[0] != want {
		t.Errorf("%q, want %q", got, want)
	}
}
