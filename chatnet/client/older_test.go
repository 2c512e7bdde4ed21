package client_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

// fill puts n messages into a server's lobby, "0" and so on.
func fill(f *fake, n int) (all []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range n {
		all = append(all, fmt.Sprint(i))
		f.add(f.room(lobby), all[i], chatnet.Origin{})
	}
	return all
}

// back pages until there is nothing older, and returns all that the front end
// then has.
func back(t *testing.T, p *front) (evs []chatnet.Event, pages int) {
	t.Helper()
	evs = arrived(p.take(), lobby)
	for pages = range 100 {
		p.c.Older(lobby, evs[0].Seq)
		got := of[chatnet.PageLoaded](p.take())
		if len(got) != 1 || got[0].Room != lobby || got[0].Err != nil {
			t.Fatalf("page %d: %+v", pages, got)
		}
		evs = append(append([]chatnet.Event(nil), got[0].Events...), evs...)
		if !got[0].More {
			break
		}
	}
	chain(t, evs)
	return evs, pages + 1
}

func TestOlderPagesComeFromTheServerAndFit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		want := fill(f, 1050)
		p := start(t, config(t, f))
		defer p.end()
		evs, pages := back(t, p)
		if d := cmp.Diff(want, texts(evs)); d != "" {
			t.Error(d)
		}
		if pages != 5 {
			t.Errorf("%d pages, want 5", pages)
		}
		p.c.Older(lobby, evs[0].Seq)
		if d := cmp.Diff([]chatnet.PageLoaded{{Room: lobby}}, of[chatnet.PageLoaded](p.take())); d != "" {
			t.Errorf("before the first: %s", d)
		}
	})
}

func TestOlderPagesComeFromTheCacheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		fill(f, 50)
		cfg := config(t, f)
		p := start(t, cfg)
		synctest.Wait()
		for i := range 1000 {
			f.say(lobby, fmt.Sprint(50+i))
		}
		synctest.Wait()
		p.end()
		f.do(func() { f.down = errors.New("away") })
		p = start(t, cfg)
		defer p.end()
		evs, _ := back(t, p)
		if len(evs) != 1050 || len(f.seen().calls) != 0 {
			t.Errorf("%d events offline, %d requests", len(evs), len(f.seen().calls))
		}
		for _, test := range []struct {
			before chatnet.Seq
			limit  int
			want   []string
		}{
			{0, 2, []string{"1048", "1049"}},
			{evs[700].Seq, 3, []string{"697", "698", "699"}},
			{evs[1].Seq, 200, []string{"0"}},
		} {
			if err := p.c.Do(chatnet.History{Room: lobby, Before: test.before, Limit: test.limit}); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, texts(of[chatnet.PageLoaded](p.take())[0].Events)); d != "" {
				t.Errorf("before %d: %s", test.before, d)
			}
		}
	})
}

func TestOlderFailsClearly(t *testing.T) {
	for _, test := range []struct {
		name string
		room chatnet.RoomID
		set  func(f *fake)
		want chatnet.Code
	}{
		{"not in the room", "r-other", nil, chatnet.CodeNotMember},
		{"offline", lobby, func(f *fake) { f.down = errors.New("away") }, chatnet.CodeOffline},
		{"refused", lobby, func(f *fake) {
			f.answer = func(_ *fake, call chatnet.Call) (chatnet.Delivery, bool) {
				return chatnet.Delivery{Replies: []chatnet.Reply{{ID: call.ID, Err: chatnet.E(chatnet.CodeForbidden, "no")}}}, true
			}
		}, chatnet.CodeForbidden},
		{"does not end at the bound", lobby, func(f *fake) { f.answer = pageOf(700, 790, 2) }, chatnet.CodeProtocol},
		{"has a gap", lobby, func(f *fake) { f.answer = pageOf(700, 799, 3) }, chatnet.CodeProtocol},
		{"overlaps", lobby, func(f *fake) { f.answer = pageOf(700, 801, 1) }, chatnet.CodeProtocol},
		{"fits", lobby, func(f *fake) { f.answer = pageOf(700, 800, 1) }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				defer f.close()
				fill(f, 1000)
				p := start(t, config(t, f))
				defer p.end()
				pass(20 * time.Second)
				if test.set != nil {
					f.do(func() { test.set(f) })
				}
				if test.want == chatnet.CodeOffline {
					f.hangUp()
					synctest.Wait()
				}
				first := arrived(p.take(), lobby)[0]
				p.c.Older(test.room, first.Seq)
				p.c.Older(test.room, first.Seq)
				got := of[chatnet.PageLoaded](p.take())
				if len(got) == 0 || code(got[0].Err) != test.want || got[0].Room != test.room {
					t.Errorf("got %+v", got)
				}
			})
		})
	}
}

// pageOf answers a History with every step-th event of a part of the log.
func pageOf(from, to, step int) func(f *fake, call chatnet.Call) (chatnet.Delivery, bool) {
	return func(f *fake, call chatnet.Call) (chatnet.Delivery, bool) {
		page := chatnet.Page{Room: lobby}
		for i := from; i < to; i += step {
			page.Events = append(page.Events, f.room(lobby).log[i])
		}
		return chatnet.Delivery{Replies: []chatnet.Reply{{ID: call.ID, Answer: page}}}, true
	}
}

func TestALostPageIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		fill(f, 300)
		f.answer = func(*fake, chatnet.Call) (chatnet.Delivery, bool) { return chatnet.Delivery{}, true }
		p := start(t, config(t, f))
		defer p.end()
		first := arrived(p.take(), lobby)[0]
		p.c.Older(lobby, first.Seq)
		synctest.Wait()
		f.hangUp()
		if got := of[chatnet.PageLoaded](p.take()); len(got) != 1 || code(got[0].Err) != chatnet.CodeOffline {
			t.Errorf("got %+v", got)
		}
		f.do(func() { f.answer = nil })
		pass(time.Minute)
		p.c.Older(lobby, first.Seq)
		if got := of[chatnet.PageLoaded](p.take()); len(got) != 1 || len(got[0].Events) != 100 || got[0].More {
			t.Errorf("asked again: %d pages", len(got))
		}
	})
}
