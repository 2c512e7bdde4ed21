package client_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp" // a difference that can be read

	"tchat/chatnet"
	"tchat/chatnet/client"
)

// queued opens a client that stays offline, and returns what its outbox holds
// and the origin of one more message.
func queued(t *testing.T, cfg client.Config) (says []chatnet.Say, next chatnet.Origin) {
	t.Helper()
	p := start(t, cfg)
	for _, q := range of[chatnet.Queued](p.updates()) {
		says = append(says, q.Say)
	}
	p.take()
	p.say("one more")
	next = of[chatnet.Queued](p.take())[0].Say.Origin
	p.kill()
	return says, next
}

func TestTornJournalAtEveryByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.down = errors.New("away")
		cfg := config(t, f)
		path := filepath.Join(cfg.Dir, "outbox")
		p := start(t, cfg)
		want := []string{"first", "second\nline", "third"}
		p.say(want...)
		p.kill()
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		given := make(map[chatnet.Origin]bool)
		for _, q := range of[chatnet.Queued](p.updates()) {
			given[q.Say.Origin] = true
		}
		for n := range len(whole) + 1 {
			if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			says, next := queued(t, cfg)
			for i, s := range says {
				if s.Text.String() != want[i] || s.Room != lobby {
					t.Fatalf("cut at %d, message %d is %+v", n, i, s)
				}
			}
			if lines := slices.Index(whole[n:], '\n'); n == len(whole) && len(says) != 3 || lines < 0 && n < len(whole) {
				t.Fatalf("cut at %d, %d messages are there", n, len(says))
			}
			if given[next] {
				t.Fatalf("cut at %d, %v is given a second time", n, next)
			}
			given[next] = true
		}
	})
}

func TestADamagedLineCostsOnlyItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.down = errors.New("away")
		cfg := config(t, f)
		path := filepath.Join(cfg.Dir, "outbox")
		p := start(t, cfg)
		p.say("first", "second", "third")
		p.kill()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		says, _ := queued(t, cfg)
		if len(says) != 2 || says[0].Text.String() != "first" || says[1].Text.String() != "third" {
			t.Errorf("left: %v", says)
		}
	})
}

func TestADamagedCounterGivesNothingTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.down = errors.New("away")
		cfg := config(t, f)
		path := filepath.Join(cfg.Dir, "dev")
		_, before := queued(t, cfg)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		given := map[chatnet.Origin]bool{before: true}
		for n := range len(data) {
			bad := slices.Clone(data)
			bad[n] ^= 1
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			_, next := queued(t, cfg)
			if given[next] || next.Dev != before.Dev {
				t.Fatalf("with byte %d damaged, %v is given behind %v", n, next, before)
			}
			given[next] = true
		}
		if err := errors.Join(os.Remove(path), os.Remove(filepath.Join(cfg.Dir, "outbox"))); err != nil {
			t.Fatal(err)
		}
		if _, next := queued(t, cfg); next.Dev == before.Dev {
			t.Errorf("with nothing left, the client numbers as before: %v", next)
		}
	})
}

func TestTornCacheAtEveryByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		defer f.close()
		f.say(lobby, "one", "two", "three")
		want := []string{"one", "two", "three"}
		cfg := config(t, f)
		p := start(t, cfg)
		synctest.Wait()
		p.end()
		files, err := filepath.Glob(filepath.Join(cfg.Dir, "rooms", "*"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		whole, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		try := func(name string, data []byte) {
			if err := os.WriteFile(files[0], data, 0o600); err != nil {
				t.Fatal(err)
			}
			p := start(t, cfg)
			pass(time.Second)
			evs := arrived(p.updates(), lobby)
			chain(t, evs)
			if d := cmp.Diff(want, texts(evs)); d != "" {
				t.Fatalf("%s: %s", name, d)
			}
			p.end()
			if got, err := os.ReadFile(files[0]); err != nil || string(got) != string(whole) {
				t.Fatalf("%s: the file is not healed: %v", name, err)
			}
		}
		for n := 0; n <= len(whole); n++ {
			if n == 10 {
				n = 4090 // within the blanks of the header every byte is alike
			}
			try(fmt.Sprintf("cut at %d", n), whole[:n])
		}
		for n := 4096; n < len(whole); n += 3 {
			bad := slices.Clone(whole)
			bad[n] = 0x80 // nowhere right
			try(fmt.Sprintf("damaged at %d", n), bad[:len(bad)-1])
		}
	})
}

func TestTheFolderIsOursAlone(t *testing.T) {
	cfg := config(t, newFake())
	c := open(t, cfg)
	if _, err := client.New(cfg); chatnet.CodeOf(err) != chatnet.CodeExists {
		t.Errorf("a second client: %v", err)
	}
	if err := c.Do(chatnet.Say{Room: lobby, Text: chatnet.Clean("hi")}); err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	err := filepath.Walk(cfg.Dir, func(path string, info os.FileInfo, err error) error {
		want := os.FileMode(0o600)
		if err == nil && info.IsDir() {
			want = 0o700
		}
		if err == nil && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", filepath.Base(path), info.Mode().Perm())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	c = open(t, cfg) // free again
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}

func TestNewSaysWhatIsMissing(t *testing.T) {
	if _, err := client.New(client.Config{}); chatnet.CodeOf(err) != chatnet.CodeBadRequest {
		t.Errorf("no config: %v", err)
	}
	cfg := config(t, newFake())
	cfg.Dir = filepath.Join(cfg.Dir, "file")
	if err := os.WriteFile(cfg.Dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := client.New(cfg); chatnet.CodeOf(err) != chatnet.CodeStorage {
		t.Errorf("a file in the folder's place: %v", err)
	}
}

func TestRunRunsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, config(t, newFake()))
		synctest.Wait()
		if err := p.c.Run(t.Context()); chatnet.CodeOf(err) != chatnet.CodeExists {
			t.Errorf("a second Run: %v", err)
		}
		p.end()
	})
}
