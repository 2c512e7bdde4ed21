package client_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

func TestWhatWasSaidSurvivesAKillAndGoesOutOnceInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.down = errors.New("away")
		cfg := config(t, f)
		var want []string
		for i := range 3 { // three lives, each killed before anything is sent
			p := start(t, cfg)
			synctest.Wait()
			for j := range 50 {
				want = append(want, fmt.Sprintf("%d/%d", i, j))
				p.say(want[len(want)-1])
			}
			p.kill()
		}
		f.do(func() { f.down = nil })
		p := start(t, cfg)
		defer p.end()
		if got := len(of[chatnet.Queued](p.updates())); got != len(want) {
			t.Errorf("%d are told as queued, want %d", got, len(want))
		}
		if d := cmp.Diff(want, f.texts(lobby)); d != "" {
			t.Error(d)
		}
		if got := len(of[chatnet.Settled](p.updates())); got != len(want) {
			t.Errorf("%d are settled, want %d", got, len(want))
		}
	})
}

func TestKilledAfterSendingNothingIsStoredTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		cfg := config(t, f)
		f.answer = func(f *fake, call chatnet.Call) (chatnet.Delivery, bool) {
			if s, ok := call.Request.(chatnet.Say); ok {
				f.store(s) // and the reply is lost
			}
			return chatnet.Delivery{}, true
		}
		p := start(t, cfg)
		p.say("a", "b")
		synctest.Wait()
		p.kill()
		f.hangUp()
		f.do(func() { f.answer = nil })
		p = start(t, cfg)
		p.say("c")
		synctest.Wait()
		if d := cmp.Diff([]string{"a", "b", "c"}, f.texts(lobby)); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]string{"a", "b", "c"}, texts(arrived(p.updates(), lobby))); d != "" {
			t.Error(d)
		}
		if got := len(of[chatnet.Settled](p.updates())); got != 3 {
			t.Errorf("settled %d times, want 3", got)
		}
		p.end()
		if stat, err := os.Stat(filepath.Join(cfg.Dir, "outbox")); err != nil || stat.Size() != 0 {
			t.Errorf("a settled outbox is not compacted: %v %v", stat, err)
		}
	})
}

func TestReplyLostAfterStoreIsADup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		lost := false
		f.answer = func(f *fake, call chatnet.Call) (chatnet.Delivery, bool) {
			s, ok := call.Request.(chatnet.Say)
			if !ok || lost {
				return chatnet.Delivery{}, false
			}
			lost = true
			f.store(s)
			return chatnet.Delivery{Bye: chatnet.E(chatnet.CodeShutdown, "going")}, true
		}
		p := start(t, config(t, f))
		defer p.end()
		p.say("once")
		pass(time.Minute)
		if d := cmp.Diff([]string{"once"}, f.texts(lobby)); d != "" {
			t.Error(d)
		}
		settled := of[chatnet.Settled](p.updates())
		if len(settled) != 1 || settled[0].Err != nil || settled[0].Seq != 2 {
			t.Errorf("settled %+v", settled)
		}
		if d := cmp.Diff([]string{"once"}, texts(arrived(p.updates(), lobby))); d != "" {
			t.Error(d)
		}
	})
}

func TestRetryableRefusalStopsAndBeginsAgainFromTheHead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		var at []time.Duration
		var again []string
		begun, busy := time.Now(), 3
		f.answer = func(_ *fake, call chatnet.Call) (chatnet.Delivery, bool) {
			s, ok := call.Request.(chatnet.Say)
			if !ok {
				return chatnet.Delivery{}, false
			}
			if s.Again {
				again = append(again, s.Text.String())
			}
			if s.Text.String() == "a" {
				at = append(at, time.Since(begun))
				busy--
			}
			if busy < 0 {
				return chatnet.Delivery{}, false
			}
			no := chatnet.Reply{ID: call.ID, Err: chatnet.E(chatnet.CodeBusy, "busy")}
			return chatnet.Delivery{Replies: []chatnet.Reply{no}}, true
		}
		p := start(t, config(t, f))
		defer p.end()
		p.say("a", "b", "c")
		pass(time.Minute)
		if d := cmp.Diff([]string{"a", "b", "c"}, f.texts(lobby)); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]string{"a", "a", "a"}, again); d != "" {
			t.Error(d)
		}
		want := []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 3500 * time.Millisecond}
		if d := cmp.Diff(want, at); d != "" {
			t.Error(d)
		}
	})
}

func TestRefusedForGoodIsKeptUntilDiscardedOrSaidAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.answer = func(_ *fake, call chatnet.Call) (chatnet.Delivery, bool) {
			s, ok := call.Request.(chatnet.Say)
			if !ok || s.Text.String() == "good" {
				return chatnet.Delivery{}, false
			}
			no := chatnet.Reply{ID: call.ID, Err: chatnet.E(chatnet.CodeForbidden, "not here")}
			return chatnet.Delivery{Replies: []chatnet.Reply{no}}, true
		}
		cfg := config(t, f)
		p := start(t, cfg)
		p.say("bad", "worse", "good")
		settled := of[chatnet.Settled](p.updates())
		if len(settled) != 3 || code(settled[0].Err) != chatnet.CodeForbidden || settled[0].Say.Text.String() != "bad" {
			t.Fatalf("settled %+v", settled)
		}
		p.end()

		p = start(t, cfg) // they are still here
		if d := cmp.Diff([]string{"Queued", "Settled", "Queued", "Settled"}, kinds(p.updates())[2:6]); d != "" {
			t.Error(d)
		}
		settled = of[chatnet.Settled](p.updates())
		if settled[0].Err.Text != "not here" {
			t.Errorf("the reason became %q", settled[0].Err.Text)
		}
		p.c.Discard(settled[0].Say.Origin)
		edited := settled[1].Say
		edited.Text = chatnet.Clean("good")
		if err := p.c.Do(edited); err != nil {
			t.Fatal(err)
		}
		last := of[chatnet.Queued](p.updates())[2].Say
		if last.Origin == edited.Origin {
			t.Error("a message that was said again has its old origin")
		}
		p.end()

		p = start(t, cfg)
		defer p.end()
		if got := of[chatnet.Queued](p.updates()); len(got) != 0 {
			t.Errorf("the outbox still has %v", got)
		}
		if d := cmp.Diff([]string{"good", "good"}, f.texts(lobby)); d != "" {
			t.Error(d)
		}
	})
}

func TestDiscardTakesBackWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.down = errors.New("away")
		p := start(t, config(t, f))
		defer p.end()
		p.say("no", "yes")
		p.c.Discard(of[chatnet.Queued](p.updates())[0].Say.Origin)
		settled := of[chatnet.Settled](p.updates())
		if len(settled) != 1 || code(settled[0].Err) != chatnet.CodeRefused {
			t.Fatalf("settled %+v", settled)
		}
		f.do(func() { f.down = nil })
		pass(time.Minute)
		if d := cmp.Diff([]string{"yes"}, f.texts(lobby)); d != "" {
			t.Error(d)
		}
	})
}

func TestUnansweredMessagesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		hold := true
		f.answer = func(_ *fake, _ chatnet.Call) (chatnet.Delivery, bool) { return chatnet.Delivery{}, hold }
		p := start(t, config(t, f))
		defer p.end()
		var want []string
		for i := range 100 {
			want = append(want, fmt.Sprint(i))
		}
		p.say(want...)
		synctest.Wait()
		for range 20 {
			if err := p.c.Do(chatnet.ListRooms{}); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		f.do(func() {
			if len(f.calls) != chatnet.MaxInFlight {
				t.Errorf("%d requests are unanswered, want %d", len(f.calls), chatnet.MaxInFlight)
			}
			hold = false
		})
		f.hangUp()
		pass(time.Minute)
		if d := cmp.Diff(want, f.texts(lobby)); d != "" {
			t.Error(d)
		}
	})
}

func TestAFullOutboxSaysSo(t *testing.T) {
	cfg := config(t, newFake())
	c := open(t, cfg)
	c.FillOutbox()
	err := c.Do(chatnet.Say{Room: lobby, Text: chatnet.Clean("one too many")})
	if chatnet.CodeOf(err) != chatnet.CodeBusy {
		t.Errorf("got %v", err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if err := c.Do(chatnet.Say{Room: lobby, Text: chatnet.Clean("late")}); chatnet.CodeOf(err) != chatnet.CodeShutdown {
		t.Errorf("after Close: %v", err)
	}
}
