//go:build unix

package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.uber.org/goleak" // finds goroutines that nobody waited for

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

// childEnv names the child's part; its one argument is the database.
const childEnv = "TCHAT_STORE_CHILD"

func TestMain(m *testing.M) {
	switch part := os.Getenv(childEnv); part {
	case "":
		goleak.VerifyTestMain(m) // Close waits for every goroutine
	case "write":
		writeForEver(os.Args[1])
	case "limit":
		writePastTheLimit(os.Args[1])
	}
}

const crashRooms = 6

// child starts this test program in another part.
func child(t *testing.T, part, path string) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], path)
	cmd.Env = append(os.Environ(), childEnv+"="+part)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	return cmd, out
}

func say(ev chatnet.Event) string { return fmt.Sprintf("%s %d %s", ev.Room, ev.Seq, ev.Origin) }

// writeForEver appends to several rooms and tells of each event when it is
// acknowledged, and not before, until somebody kills it.
func writeForEver(path string) {
	s, err := Open(context.Background(), path)
	if err != nil {
		panic(err)
	}
	var mu sync.Mutex // one line at a time
	var wg sync.WaitGroup
	for r := range crashRooms {
		wg.Go(func() {
			room := chatnet.RoomID(fmt.Sprintf("r-%d", r))
			head, err := s.Head(context.Background(), room)
			for last := head.Seq; err == nil; {
				evs := make([]chatnet.Event, 1+last%3)
				for i := range evs {
					evs[i] = storetest.Message(room, uint64(last)+uint64(i)+1, "text")
				}
				if evs, err = s.Append(context.Background(), room, last, evs); err == nil {
					last = evs[len(evs)-1].Seq
					mu.Lock()
					for _, ev := range evs {
						fmt.Println(say(ev))
					}
					mu.Unlock()
				}
			}
			panic(err)
		})
	}
	wg.Wait()
}

// Whatever was acknowledged is there after the process was killed in the
// middle of its work, again and again, and the order has no hole.
func TestKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	told := make(map[string]bool)
	for life := range 6 {
		cmd, out := child(t, "write", path)
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if n == 40+life*31 {
				must(t, cmd.Process.Kill())
			}
			told[lines.Text()] = true // also what came between the decision and the end
		}
		if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("the child was to be killed: %v", err)
		}
		s := mustOpen(t, path)
		found := make(map[string]bool)
		for r := range crashRooms {
			room := chatnet.RoomID(fmt.Sprintf("r-%d", r))
			evs, err := s.Read(t.Context(), room, 0, 1<<20)
			must(t, err)
			for i, ev := range evs {
				found[say(ev)] = true
				if ev.Prev != chatnet.Seq(i) || ev.Seq != ev.Prev+1 || ev.Origin.N != uint64(ev.Seq) {
					t.Fatalf("life %d: %s stands at %d behind %d", life, say(ev), i, ev.Prev)
				}
			}
		}
		for line := range told {
			if !found[line] {
				t.Errorf("life %d: %s was acknowledged and is lost", life, line)
			}
		}
		mustClose(t, s)
	}
	if len(told) < 6*40 {
		t.Errorf("only %d events were acknowledged", len(told))
	}
}

// writePastTheLimit writes until the system refuses to let a file grow, which
// is an I/O error and not a full disk, and tells what happened.
func writePastTheLimit(path string) {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := Open(context.Background(), path)
	if err != nil {
		panic(err)
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
	setLimit(limit, 1<<20)
	var last chatnet.Seq
	for err == nil {
		var evs []chatnet.Event
		if evs, err = s.Append(context.Background(), "r", last, []chatnet.Event{big(uint64(last) + 1)}); err == nil {
			last = evs[0].Seq
		}
	}
	fmt.Println("first:", chatnet.CodeOf(err))
	setLimit(limit, limit.Cur)
	_, err = s.Append(context.Background(), "r", last, []chatnet.Event{big(uint64(last) + 1)})
	fmt.Println("then:", chatnet.CodeOf(err))
	evs, err := s.Read(context.Background(), "r", 0, 1<<20)
	fmt.Println("read:", len(evs) == int(last) && last > 0, err)
	fmt.Println("close:", s.Close())
	fmt.Println("acknowledged:", last)
}

func setLimit(limit syscall.Rlimit, size uint64) {
	limit.Cur = size
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
}

func TestWriteErrorMakesReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	cmd, out := child(t, "limit", path)
	said, err := io.ReadAll(out)
	must(t, err)
	must(t, cmd.Wait())
	s := mustOpen(t, path)
	defer mustClose(t, s)
	head, err := s.Head(t.Context(), "r")
	must(t, err)
	want := fmt.Sprintf("first: storage\nthen: storage\nread: true <nil>\nclose: <nil>\nacknowledged: %d\n", head.Seq)
	if string(said) != want {
		t.Errorf("the child said:\n%s\nwant:\n%s", said, want)
	}
}
