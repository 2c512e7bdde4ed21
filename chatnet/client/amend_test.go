package client_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
)

// amendments returns the messages that the server was asked to store.
func (f *fake) amendments() (out []chatnet.Say) {
	for _, r := range f.seen().calls {
		if s, ok := r.(chatnet.Say); ok {
			s.Origin = chatnet.Origin{}
			out = append(out, s)
		}
	}
	return out
}

// An edit made without a link survives the program and goes out in its place;
// a redaction needs the link, and says so.
func TestEditsMadeOfflineAreNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.down = errors.New("away")
		cfg := config(t, f)
		want := []chatnet.Say{
			{Room: lobby, Text: chatnet.Clean("hello")},
			{Room: lobby, Text: chatnet.Clean("corrected"), Edits: 2},
			{Room: lobby, Text: chatnet.Clean("an answer"), Reply: 2},
		}
		p := start(t, cfg)
		synctest.Wait()
		for _, s := range want {
			if err := p.c.Do(s); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range []chatnet.Request{
			chatnet.Redact{Room: lobby, Target: 2}, chatnet.React{Room: lobby, Target: 2, Emoji: chatnet.MustEmoji("👍"), On: true},
		} {
			if err := p.c.Do(r); chatnet.CodeOf(err) != chatnet.CodeOffline {
				t.Errorf("%T without a link: %v", r, err)
			}
		}
		p.kill()
		f.do(func() { f.down = nil })
		p = start(t, cfg)
		defer p.end()
		synctest.Wait()
		if d := cmp.Diff(want, f.amendments(), cmp.AllowUnexported(chatnet.Text{}, chatnet.Nick{})); d != "" {
			t.Error(d)
		}
		if n := len(of[chatnet.Settled](p.updates())); n != len(want) {
			t.Errorf("%d settled", n)
		}
	})
}

// What the server says is redacted is told as it comes, and is in no file of
// this machine.
func TestRedactedIsOnNoDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		cfg := config(t, f)
		p := start(t, cfg)
		p.say("swordfish")
		synctest.Wait()
		f.do(func() {
			r := f.room(lobby)
			ev := f.add(r, "", chatnet.Origin{})
			ev.Body = chatnet.Redacted{Target: r.log[len(r.log)-2].Seq}
			r.log[len(r.log)-1] = ev
			f.tell(lobby)
		})
		synctest.Wait()
		evs := arrived(p.updates(), lobby)
		if _, ok := evs[len(evs)-1].Body.(chatnet.Redacted); !ok {
			t.Errorf("the redaction was not told: %v", evs)
		}
		p.end()
		err := filepath.WalkDir(cfg.Dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if bytes.Contains(data, []byte("swordfish")) {
				t.Errorf("%s has the text", d.Name())
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
