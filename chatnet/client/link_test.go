package client_test

import (
	"errors"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

// since returns times as durations from a beginning.
func since(begun time.Time, all []time.Time) (ds []time.Duration) {
	for _, at := range all {
		ds = append(ds, at.Sub(begun))
	}
	return ds
}

func TestBackoffSchedule(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	for _, test := range []struct {
		name string
		rand float64
		want []time.Duration // between two tries
	}{
		{"longest", 1, []time.Duration{1e9, 2e9, 4e9, 8e9, 16e9, 30e9, 30e9, 30e9, 30e9, 30e9}},
		{"middle", 0.5, []time.Duration{5e8, 1e9, 2e9, 4e9, 8e9, 15e9, 15e9, 15e9, 15e9, 15e9}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				f.down = refused
				cfg := config(t, f)
				cfg.Rand = func() float64 { return test.rand }
				begun := time.Now()
				p := start(t, cfg)
				defer p.end()
				synctest.Wait()
				first := p.link()
				if first.State != chatnet.LinkWaiting || code(first.Err) != chatnet.CodeUnreachable || !first.Next.Equal(begun.Add(test.want[0])) || !first.Since.Equal(begun) {
					t.Errorf("the first failure gives %+v", first)
				}
				pass(5 * time.Minute)
				var got []time.Duration
				for i := range test.want {
					got = append(got, f.seen().dials[i+1].Sub(f.seen().dials[i]))
				}
				if d := cmp.Diff(test.want, got); d != "" {
					t.Error(d)
				}
			})
		})
	}
}

func TestASteadyLinkIsDialledAgainAtOnceAFlappingOneIsNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		p := start(t, config(t, f))
		defer p.end()
		pass(time.Minute)
		begun := time.Now()
		for range 4 { // each connection is cut as soon as it is up
			f.hangUp()
			pass(0)
			for f.seen().conns == 0 {
				pass(500 * time.Millisecond)
			}
		}
		want := []time.Duration{0, 1e9, 3e9, 7e9}
		if d := cmp.Diff(want, since(begun, f.seen().dials[1:])); d != "" {
			t.Error(d)
		}
		pass(time.Minute)
		begun = time.Now()
		f.hangUp()
		synctest.Wait()
		if d := cmp.Diff([]time.Duration{0}, since(begun, f.seen().dials[5:])); d != "" {
			t.Error(d)
		}
	})
}

func TestSilenceIsPingedAndThenDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		begun := time.Now()
		p := start(t, config(t, f))
		defer p.end()
		pass(100 * time.Second)
		if d := cmp.Diff([]time.Duration{30e9, 60e9, 90e9}, since(begun, f.seen().pings)); d != "" {
			t.Error(d)
		}
		f.do(func() { f.mute = true }) // the last pong came at 90 s
		pass(64 * time.Second)
		if got := len(f.seen().dials); got != 1 || p.link().State != chatnet.LinkUp {
			t.Fatalf("given up before its time: %v", p.link())
		}
		f.do(func() { f.mute = false })
		pass(2 * time.Second)
		if d := cmp.Diff([]time.Duration{0, 165e9}, since(begun, f.seen().dials)); d != "" {
			t.Error(d)
		}
		if p.link().State != chatnet.LinkUp {
			t.Errorf("the link is %v", p.link())
		}
	})
}

func TestASleepOfTheMachineCountsAsSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		var asleep time.Duration
		cfg := config(t, f)
		cfg.Now = func() time.Time {
			f.mu.Lock()
			defer f.mu.Unlock()
			return time.Now().Add(asleep)
		}
		p := start(t, cfg)
		defer p.end()
		pass(20 * time.Second)
		f.do(func() { asleep = time.Hour })
		pass(6 * time.Second)
		if len(f.seen().dials) != 2 || p.link().State != chatnet.LinkUp {
			t.Errorf("%d dials after a sleep of an hour, the link is %v", len(f.seen().dials), p.link())
		}
		f.do(func() { asleep = -time.Hour })
		pass(40 * time.Second)
		if len(f.seen().dials) != 2 || len(f.seen().pings) == 0 {
			t.Errorf("a clock that was set back: %d dials, %d pings", len(f.seen().dials), len(f.seen().pings))
		}
	})
}

func TestByeDecidesHowItGoesOn(t *testing.T) {
	for _, test := range []struct {
		bye  *chatnet.Error
		want chatnet.LinkState
	}{
		{chatnet.E(chatnet.CodeNickTaken, "taken"), chatnet.LinkRefused},
		{chatnet.E(chatnet.CodeBadNick, "bad"), chatnet.LinkRefused},
		{chatnet.E(chatnet.CodeRefused, "the host said no"), chatnet.LinkRefused},
		{chatnet.E(chatnet.CodeProtocol, "no such version"), chatnet.LinkRefused},
		{chatnet.E(chatnet.CodeForbidden, "banned"), chatnet.LinkRefused},
		{chatnet.E(chatnet.CodeReplaced, "somewhere else"), chatnet.LinkRefused},
		{chatnet.E(chatnet.CodeShutdown, "going"), chatnet.LinkWaiting},
		{chatnet.E(chatnet.CodeBusy, "too many"), chatnet.LinkWaiting},
		{chatnet.E(chatnet.CodeInternal, "oops"), chatnet.LinkWaiting},
	} {
		t.Run(string(test.bye.Code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				f.greet = func(*fake, chatnet.Hello) (chatnet.Delivery, bool) { return chatnet.Delivery{Bye: test.bye}, true }
				p := start(t, config(t, f))
				defer p.end()
				got := p.link()
				if got.State != test.want || code(got.Err) != test.bye.Code || got.Err.Text != test.bye.Text {
					t.Errorf("got %+v", got)
				}
				pass(time.Minute)
				if again := len(f.seen().dials) > 1; again != (test.want == chatnet.LinkWaiting) {
					t.Errorf("dialled %d times", len(f.seen().dials))
				}
			})
		})
	}
}

// A connection of our own that was given up may arrive late and take over; only
// a second time in a row it is somebody else.
func TestReplacedOnceComesBack(t *testing.T) {
	for _, test := range []struct {
		times int
		want  chatnet.LinkState
	}{{1, chatnet.LinkUp}, {2, chatnet.LinkRefused}} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			defer f.close()
			left := test.times
			f.greet = func(f *fake, h chatnet.Hello) (chatnet.Delivery, bool) {
				d := f.welcome(h)
				if left--; left >= 0 {
					d.Bye = chatnet.E(chatnet.CodeReplaced, "a newer connection took over")
				}
				return d, true
			}
			p := start(t, config(t, f))
			defer p.end()
			pass(time.Minute)
			if got := p.link(); got.State != test.want {
				t.Errorf("replaced %d times: %+v", test.times, got)
			}
		})
	}
}

func TestATakenNickIsAnsweredWithAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.greet = func(_ *fake, h chatnet.Hello) (chatnet.Delivery, bool) {
			taken := h.Nick.String() == "ada"
			return chatnet.Delivery{Bye: chatnet.E(chatnet.CodeNickTaken, "taken")}, taken
		}
		p := start(t, config(t, f))
		defer p.end()
		if got := p.link().State; got != chatnet.LinkRefused {
			t.Fatalf("the link is %v", got)
		}
		p.c.Redial()
		if got := p.link().State; got != chatnet.LinkRefused || len(f.seen().dials) != 2 {
			t.Fatalf("the link is %v after %d dials", got, len(f.seen().dials))
		}
		p.c.SetNick(chatnet.MustNick("grace"))
		p.c.Redial()
		if got := p.link().State; got != chatnet.LinkUp {
			t.Errorf("the link is %v", got)
		}
	})
}

func TestRedialDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.down = errors.New("away")
		p := start(t, config(t, f))
		defer p.end()
		pass(40 * time.Second)
		before := len(f.seen().dials)
		p.c.Redial()
		synctest.Wait()
		if len(f.seen().dials) != before+1 {
			t.Errorf("%d dials after Redial, %d before", len(f.seen().dials), before)
		}
	})
}

func TestKnocking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.greet = func(*fake, chatnet.Hello) (chatnet.Delivery, bool) {
			return chatnet.Delivery{Replies: []chatnet.Reply{{Answer: chatnet.Waiting{}}}}, true
		}
		p := start(t, config(t, f))
		defer p.end()
		p.say("patience")
		pass(10 * time.Minute) // pings keep it alive
		if got := p.link().State; got != chatnet.LinkKnocking || len(f.seen().dials) != 1 || len(f.seen().calls) != 0 {
			t.Fatalf("the link is %v after %d dials", got, len(f.seen().dials))
		}
		f.do(func() { f.send(f.welcome(chatnet.Hello{})) })
		if got := p.link().State; got != chatnet.LinkUp {
			t.Errorf("the link is %v", got)
		}
		if d := cmp.Diff([]string{"patience"}, f.texts(lobby)); d != "" {
			t.Error(d)
		}
	})
}

func TestAGapNeverMovesTheCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "one")
		p := start(t, config(t, f))
		defer p.end()
		synctest.Wait()
		f.do(func() { f.add(f.room(lobby), "two", chatnet.Origin{}) }) // not told to anybody
		f.say(lobby, "three")
		pass(time.Second)
		cursors := f.seen().hellos[1].Cursors
		if len(cursors) != 1 || cursors[0].Seq != 2 {
			t.Errorf("the cursor went to %v", cursors)
		}
		evs := arrived(p.updates(), lobby)
		chain(t, evs)
		if d := cmp.Diff([]string{"one", "two", "three"}, texts(evs)); d != "" {
			t.Error(d)
		}
	})
}

func TestGapsWithoutEndBeginTheRoomAnewWithBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "one", "two", "three", "four")
		hide := false
		f.events = func(_ chatnet.RoomID, evs []chatnet.Event) []chatnet.Event {
			if hide { // this server has lost an event that its chain names
				evs = slices.DeleteFunc(slices.Clone(evs), func(ev chatnet.Event) bool { return ev.Seq == 10 })
			}
			return evs
		}
		p := start(t, config(t, f))
		defer p.end()
		pass(20 * time.Second)
		f.do(func() { hide = true })
		f.say(lobby, "lost", "five")
		pass(10 * time.Minute)
		if n := len(f.seen().dials); n < 4 || n > 60 {
			t.Errorf("%d dials in ten minutes", n)
		}
		if got := of[chatnet.RoomReset](p.updates()); len(got) == 0 {
			t.Error("the room was never begun anew")
		}
		for _, a := range of[chatnet.Arrived](p.updates()) {
			chain(t, a.Events)
		}
	})
}

func TestABadCursorIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "one")
		f.greet = func(_ *fake, h chatnet.Hello) (chatnet.Delivery, bool) {
			return chatnet.Delivery{Bye: chatnet.E(chatnet.CodeBadCursor, "past the head")}, len(h.Cursors) > 0
		}
		p := start(t, config(t, f))
		defer p.end()
		pass(20 * time.Second)
		f.hangUp()
		pass(20 * time.Second)
		if got := p.link().State; got != chatnet.LinkUp {
			t.Errorf("the link is %v", got)
		}
		if got := len(of[chatnet.RoomReset](p.updates())); got != 1 {
			t.Errorf("%d resets", got)
		}
	})
}

func TestAnswersThatDoNotFit(t *testing.T) {
	reply := func(r chatnet.Reply) chatnet.Delivery { return chatnet.Delivery{Replies: []chatnet.Reply{r}} }
	for _, test := range []struct {
		name   string
		greet  *chatnet.Error
		answer func(id uint64) chatnet.Reply
		want   chatnet.LinkState
	}{
		{name: "the hello is refused by a reply", greet: chatnet.E(chatnet.CodeNickTaken, "taken"), want: chatnet.LinkRefused},
		{name: "a reply to nothing", answer: func(uint64) chatnet.Reply { return chatnet.Reply{ID: 99, Answer: chatnet.Done{}} }, want: chatnet.LinkUp},
		{name: "a second welcome", answer: func(uint64) chatnet.Reply { return chatnet.Reply{Answer: chatnet.Waiting{}} }, want: chatnet.LinkUp},
		{name: "a line that could not be read", answer: func(uint64) chatnet.Reply { return chatnet.Reply{Err: chatnet.E(chatnet.CodeBadRequest, "bad")} }, want: chatnet.LinkUp},
		{name: "a message that is only done", answer: func(id uint64) chatnet.Reply { return chatnet.Reply{ID: id, Answer: chatnet.Done{}} }, want: chatnet.LinkRefused},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				f.greet = func(*fake, chatnet.Hello) (chatnet.Delivery, bool) {
					return reply(chatnet.Reply{Err: test.greet}), test.greet != nil
				}
				f.answer = func(_ *fake, call chatnet.Call) (chatnet.Delivery, bool) {
					return reply(test.answer(call.ID)), true
				}
				p := start(t, config(t, f))
				defer p.end()
				p.say("hello")
				if got := p.link(); got.State != test.want {
					t.Errorf("got %+v", got)
				}
				if got := of[chatnet.Settled](p.updates()); len(got) != 0 {
					t.Errorf("settled: %+v", got)
				}
			})
		})
	}
}

func TestAServerThatReadsNothingIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.buffer = 4 << 10
		p := start(t, config(t, f))
		synctest.Wait()
		stuck := make(chan struct{})
		f.do(func() { f.deaf = stuck })
		begun := time.Now()
		for range 20 {
			p.say(strings.Repeat("x", 4000))
		}
		pass(chatnet.WriteLimit + time.Second)
		if got := p.link(); got.State == chatnet.LinkUp || got.Since.Sub(begun) > chatnet.WriteLimit {
			t.Errorf("after %v: %+v", time.Since(begun), got)
		}
		f.do(func() { f.deaf = nil })
		close(stuck)
		pass(time.Minute)
		if got := len(f.texts(lobby)); got != 20 {
			t.Errorf("%d messages are stored, want 20", got)
		}
		p.end()
		f.close()
	})
}

func TestGarbageAfterTheWelcomeStopsTheLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		p := start(t, config(t, f))
		defer p.end()
		synctest.Wait()
		f.do(func() { _, _ = f.conns[0].nc.Write([]byte("what?\n")) })
		if got := p.link(); got.State != chatnet.LinkRefused || code(got.Err) != chatnet.CodeProtocol {
			t.Errorf("got %+v", got)
		}
	})
}
