package client_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

// everyByte runs one client whose n-th connection breaks after n bytes in one
// direction, with a message said for each, and checks that nothing is lost,
// doubled or out of order. set arms the fault.
func everyByte(t *testing.T, limit int, set func(f *fake, cut func() int)) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		left := 0
		set(f, func() int {
			if left++; left > limit {
				return -1
			}
			return left
		})
		cfg := config(t, f)
		cfg.Rand = func() float64 { return 0 }
		p := start(t, cfg)
		defer p.end()
		var want []string
		for n := 0; f.cuts(&left) <= limit; n++ {
			if n > 3*limit {
				t.Fatalf("only %d connections after %d messages", left, n)
			}
			want = append(want, fmt.Sprint(n))
			p.say(want[n])
			synctest.Wait()
		}
		pass(time.Minute)
		if d := cmp.Diff(want, f.texts(lobby)); d != "" {
			t.Errorf("stored: %s", d)
		}
		evs := arrived(p.updates(), lobby)
		chain(t, evs)
		if d := cmp.Diff(want, texts(evs)); d != "" {
			t.Errorf("arrived: %s", d)
		}
		settled := of[chatnet.Settled](p.updates())
		for i, s := range settled {
			if s.Err != nil || s.Say.Text.String() != want[i] {
				t.Fatalf("settled %d is %+v", i, s)
			}
		}
		if len(settled) != len(want) {
			t.Errorf("%d are settled, want %d", len(settled), len(want))
		}
	})
}

// cuts reads a counter that Dial changes.
func (f *fake) cuts(n *int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return *n
}

func TestCutAtEveryByteToTheClient(t *testing.T) {
	everyByte(t, 900, func(f *fake, cut func() int) { f.cutOut = cut })
}

func TestCutAtEveryByteToTheServer(t *testing.T) {
	everyByte(t, 500, func(f *fake, cut func() int) { f.cutIn = cut })
}

func TestASlowFrontEndStopsTheReadingAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.buffer = 64 << 10
		c := open(t, config(t, f))
		done := make(chan error, 1)
		go func() { done <- c.Run(t.Context()) }()
		synctest.Wait()
		const n = 3000
		sent := make(chan struct{})
		go func() { // one signal between two messages, so that no two can be one update
			defer close(sent)
			for i := range n {
				f.do(func() {
					f.add(f.room(lobby), fmt.Sprint(i), chatnet.Origin{})
					f.tell(lobby)
					f.send(chatnet.Delivery{Signals: []chatnet.Signal{chatnet.Typing{Room: lobby, User: "k-bob", On: true}}})
				})
			}
		}()
		synctest.Wait()
		select {
		case <-sent:
			t.Error("the server could send everything to a front end that reads nothing")
		default:
		}
		if err := c.Do(chatnet.Say{Room: lobby, Text: chatnet.Clean("still usable")}); err != nil {
			t.Error(err)
		}
		var evs []chatnet.Event
		for u := range c.Updates() {
			if a, ok := u.(chatnet.Arrived); ok {
				evs = append(evs, a.Events...)
			}
			if len(evs) == n+1 {
				break
			}
		}
		chain(t, evs)
		if len(evs) != n+1 {
			t.Errorf("%d events, want %d", len(evs), n+1)
		}
		if err := c.Do(chatnet.Quit{}); err != nil {
			t.Error(err)
		}
		for range c.Updates() {
		}
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		f.close()
	})
}

func TestQuit(t *testing.T) {
	for _, test := range []struct {
		name string
		set  func(f *fake)
		say  []string
		want []string
		took time.Duration
	}{
		{name: "says what waits first", say: []string{"a", "b"}, want: []string{"a", "b"}},
		{name: "offline, at once", set: func(f *fake) { f.down = fmt.Errorf("away") }, say: []string{"later"}},
		{name: "a silent server, 2 s", set: func(f *fake) {
			f.answer = func(*fake, chatnet.Call) (chatnet.Delivery, bool) { return chatnet.Delivery{}, true }
		}, say: []string{"lost"}, took: 2 * time.Second},
		{name: "a busy server", set: func(f *fake) {
			f.answer = func(_ *fake, call chatnet.Call) (chatnet.Delivery, bool) {
				_, ok := call.Request.(chatnet.Say)
				no := chatnet.Reply{ID: call.ID, Err: chatnet.E(chatnet.CodeBusy, "busy")}
				return chatnet.Delivery{Replies: []chatnet.Reply{no}}, ok
			}
		}, say: []string{"later"}},
		{name: "a busy server that does not hang up, without spinning", set: func(f *fake) {
			f.answer = func(_ *fake, call chatnet.Call) (chatnet.Delivery, bool) {
				if _, ok := call.Request.(chatnet.Say); !ok {
					return chatnet.Delivery{}, true
				}
				no := chatnet.Reply{ID: call.ID, Err: chatnet.E(chatnet.CodeBusy, "busy")}
				return chatnet.Delivery{Replies: []chatnet.Reply{no}}, true
			}
		}, say: []string{"later"}, took: 500 * time.Millisecond},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				if test.set != nil {
					test.set(f)
				}
				cfg := config(t, f)
				cfg.Rand = func() float64 { return 0.5 }
				p := start(t, cfg)
				synctest.Wait()
				begun := time.Now()
				p.say(test.say...)
				if err := p.c.Do(chatnet.Quit{Reason: chatnet.Clean("bye")}); err != nil {
					t.Error(err)
				}
				if err := <-p.done; err != nil {
					t.Errorf("Run: %v", err)
				}
				p.done <- nil
				if took := time.Since(begun); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				if d := cmp.Diff(test.want, f.texts(lobby)); d != "" {
					t.Error(d)
				}
				if got := p.link(); got.State == chatnet.LinkRefused {
					t.Errorf("a wanted end is told as %+v", got)
				}
				if calls := f.seen().calls; len(calls) > 0 {
					if _, ok := calls[len(calls)-1].(chatnet.Quit); !ok {
						t.Errorf("the last request was %T", calls[len(calls)-1])
					}
				}
				p.end()
			})
		})
	}
}
