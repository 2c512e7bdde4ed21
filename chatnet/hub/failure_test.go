package hub_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp" // shows what differs

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/store"
)

func TestAFailedAppendShowsNothing(t *testing.T) {
	codes := []chatnet.Code{chatnet.CodeBusy, chatnet.CodeStorageFull, chatnet.CodeStorage, chatnet.CodeShutdown}
	for _, code := range codes {
		t.Run(string(code), func(t *testing.T) {
			inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
				ada, bob := l.come("ada", 1), l.come("bob", 2)
				lobby := ada.room("lobby")
				ada.must(ada.line(lobby, "fine"))
				l.store.fail(chatnet.E(code, "no"))
				say := ada.line(lobby, "lost")
				if c := ada.code(say); c != code {
					t.Errorf("the reply is %q", c)
				}
				if c := bob.code(joinRoom("new")); c != code {
					t.Errorf("a room could be made: %q", c)
				}
				if got := bob.must(chatnet.History{Room: lobby}).(chatnet.Page); len(got.Events) != 3 {
					t.Errorf("history has %d events", len(got.Events))
				}
				select {
				case <-l.h.Failed():
					if code != chatnet.CodeStorage {
						t.Error("Failed is closed")
					}
				default:
					if code == chatnet.CodeStorage {
						t.Error("Failed is open")
					}
				}
				// A user who is known comes in even so.
				if eve := l.come("ada", 5); len(eve.said(lobby)) != 1 {
					t.Error("reading does not go on")
				}
				l.store.fail(nil)
				say.Again = true
				ada.must(say)
				bob.look()
				if diff := cmp.Diff([]string{"fine", "lost"}, bob.said(lobby)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestNothingOvertakesARefusedMessage(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		ada.must(joinRoom("dev"))
		one, two, three := ada.line(lobby, "one"), ada.line(lobby, "two"), ada.line(lobby, "three")
		l.store.fail(chatnet.E(chatnet.CodeStorageFull, "full"))
		if c := ada.code(one); c != chatnet.CodeStorageFull {
			t.Fatalf("one: %q", c)
		}
		l.store.fail(nil)
		if c := ada.code(two); c != chatnet.CodeStorageFull {
			t.Errorf("two, behind the refused one: %q", c)
		}
		ada.must(ada.line(ada.room("dev"), "another room is free"))
		bob.must(bob.line(lobby, "others are free"))
		one.Again = true
		for _, say := range []chatnet.Say{one, two, three} {
			ada.send(say)
		}
		bob.look()
		want := []string{"others are free", "one", "two", "three"}
		if diff := cmp.Diff(want, bob.said(lobby)); diff != "" {
			t.Error(diff)
		}
		ada.must(ada.line(lobby, "on we go"))
	})
}

// TestMessagesUnderWayBehindARefusedOne has the later messages in the room's
// inbox already when the first one fails.
func TestMessagesUnderWayBehindARefusedOne(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		release := l.store.hold()
		l.store.fail(chatnet.E(chatnet.CodeBusy, "busy"))
		one, two, three := ada.line(lobby, "one"), ada.line(lobby, "two"), ada.line(lobby, "three")
		ada.send(one)
		ada.look() // its append waits
		ada.send(two)
		ada.send(three)
		l.store.first(func(chatnet.RoomID) { l.store.fail(nil) }) // from the next append on
		release()
		ada.look()
		for i, r := range ada.replies {
			if r.Err == nil || r.Err.Code != chatnet.CodeBusy {
				t.Errorf("reply %d: %+v", i, r)
			}
		}
		if len(ada.replies) != 3 || len(ada.said(lobby)) != 0 {
			t.Errorf("%d replies, heard %v", len(ada.replies), ada.said(lobby))
		}
		one.Again = true
		for _, say := range []chatnet.Say{one, two, three} {
			ada.send(say)
		}
		ada.look()
		if diff := cmp.Diff([]string{"one", "two", "three"}, ada.said(lobby)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTooManyInFlight(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada := l.come("ada", 1)
		lobby := ada.room("lobby")
		release := l.store.hold()
		var says []chatnet.Say
		for i := range chatnet.MaxInFlight + 3 {
			says = append(says, ada.line(lobby, numbered(i)))
			ada.send(says[i])
		}
		busy := len(ada.replies)
		release()
		ada.look()
		if busy != 3 || ada.replies[0].Err.Code != chatnet.CodeBusy {
			t.Errorf("%d refused at once", busy)
		}
		if c := ada.code(ada.line(lobby, "too early")); c != chatnet.CodeBusy {
			t.Errorf("a message behind the refused ones: %q", c)
		}
		rest := says[chatnet.MaxInFlight:]
		rest[0].Again = true
		for _, s := range rest {
			ada.send(s)
		}
		ada.look()
		if said := ada.said(lobby); len(said) != len(says) || said[len(said)-1] != numbered(len(says)-1) {
			t.Errorf("heard %v", said)
		}
	})
}

// TestDirectMessagesAreHeldToo fails the making of the direct room.
func TestDirectMessagesAreHeldToo(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		one, two := ada.private("bob", "one"), ada.private("bob", "two")
		l.store.fail(chatnet.E(chatnet.CodeBusy, "busy"))
		if c := ada.code(one); c != chatnet.CodeBusy {
			t.Fatalf("one: %q", c)
		}
		l.store.fail(nil)
		if c := ada.code(two); c != chatnet.CodeBusy {
			t.Errorf("two: %q", c)
		}
		one.Again = true
		ada.send(one)
		ada.send(two)
		bob.look()
		if len(bob.entered) != 1 {
			t.Fatalf("bob entered %v", bob.entered)
		}
		if diff := cmp.Diff([]string{"one", "two"}, bob.said(bob.entered[0].ID)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAnotherNodeWrites lets a second writer append to the log between a
// decision and its append: the hub reads what it missed and decides again.
func TestAnotherNodeWrites(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		ada, bob := l.come("ada", 1), l.come("bob", 2)
		lobby := ada.room("lobby")
		other := l.store.Store
		l.store.first(func(id chatnet.RoomID) {
			l.store.first(nil)
			slip(t, other, id, "from elsewhere")
		})
		stored := ada.must(ada.line(lobby, "from here")).(chatnet.Stored)
		bob.look()
		if diff := cmp.Diff([]string{"from elsewhere", "from here"}, bob.said(lobby)); diff != "" {
			t.Error(diff)
		}
		if last := bob.events[lobby][len(bob.events[lobby])-1]; last.Seq != stored.Seq {
			t.Errorf("stored at %d, seen at %d", stored.Seq, last.Seq)
		}
		l.store.first(func(id chatnet.RoomID) { slip(t, other, id, "always first") })
		if c := ada.code(ada.line(lobby, "never")); c != chatnet.CodeBusy {
			t.Errorf("an append that loses every race: %q", c)
		}
		l.store.first(nil)
		bob.look()
		if n := len(bob.said(lobby)); n < 3 {
			t.Errorf("what the others wrote is not seen: %v", bob.said(lobby))
		}
	})
}

// slip appends a message behind the hub's back.
func slip(t *testing.T, log store.Log, id chatnet.RoomID, text string) {
	t.Helper()
	head, err := log.Head(context.Background(), id)
	if err != nil {
		t.Error(err)
	}
	ev := chatnet.Event{Room: id, By: "k-bob", Nick: chatnet.MustNick("bob"), Body: chatnet.Said{Text: chatnet.Clean(text)}}
	if _, err := log.Append(context.Background(), id, head.Seq, []chatnet.Event{ev}); err != nil {
		t.Error(err)
	}
}

func TestOpenFailsWithTheStore(t *testing.T) {
	inLab(t, hub.Config{}, func(t *testing.T, l *lab) {
		l.come("ada", 1)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := hub.Open(gone, hub.Config{Store: l.store}); !errors.Is(err, context.Canceled) {
			t.Errorf("open without a store: %v", err)
		}
	})
}
