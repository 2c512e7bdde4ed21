package tui_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tchat/chatnet"
)

// fake is a link without a server. It keeps what it was asked.
type fake struct {
	updates chan chatnet.Update
	mu      sync.Mutex
	log     []string
	noted   chan struct{} // something was noted
	fail    *chatnet.Error
	answer  func(r chatnet.Request) // may be nil
}

func newFake() *fake {
	return &fake{updates: make(chan chatnet.Update, 1<<14), noted: make(chan struct{}, 1)}
}

func (f *fake) note(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = append(f.log, fmt.Sprintf(format, args...))
	select {
	case f.noted <- struct{}{}:
	default:
	}
}

// await waits until something was asked that begins with want.
func (f *fake) await(t *testing.T, want string) {
	t.Helper()
	late := time.After(10 * time.Second)
	for f.count(want) == 0 {
		select {
		case <-f.noted:
		case <-late:
			t.Fatalf("asked %q, want %q", f.asked(), want)
		}
	}
}

// background are the requests that nobody types.
var background = []string{"ListMembers", "MarkRead", "Type", "ListKnocks"}

// asked returns what was asked since the last time, without what happens by
// itself.
func (f *fake) asked() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []string
next:
	for _, s := range f.log {
		for _, b := range background {
			if strings.HasPrefix(s, b+" ") {
				continue next
			}
		}
		out = append(out, s)
	}
	f.log = nil
	return strings.Join(out, "; ")
}

// count returns how often something was asked that begins with want.
func (f *fake) count(want string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, s := range f.log {
		if strings.HasPrefix(s, want) {
			n++
		}
	}
	return n
}

func (f *fake) Updates() <-chan chatnet.Update { return f.updates }

func (f *fake) Do(r chatnet.Request) error {
	name := strings.TrimPrefix(fmt.Sprintf("%T", r), "chatnet.")
	f.note("%s %v", name, r)
	if f.fail != nil {
		return f.fail
	}
	if f.answer != nil {
		f.answer(r)
	}
	return nil
}

func (f *fake) Older(room chatnet.RoomID, before chatnet.Seq) { f.note("older %s %d", room, before) }
func (f *fake) Trust(fingerprint string)                      { f.note("trust %s", fingerprint) }
func (f *fake) Redial()                                       { f.note("redial") }
func (f *fake) Discard(o chatnet.Origin)                      { f.note("discard %d", o.N) }
func (f *fake) SetNick(n chatnet.Nick)                        { f.note("nick %s", n) }
