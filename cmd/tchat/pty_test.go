//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt" // a terminal to look at
	"github.com/creack/pty"         // a terminal to run in
)

// TestPty has a host and two guests at three real terminals: they talk, in
// colour, in private, and leave.
func TestPty(t *testing.T) {
	home := t.TempDir()
	log := filepath.Join(home, "host.log")
	ada := atTerminal(t, home, "ada", "--host", "--nick", "ada", "--listen", "tchat://127.0.0.1:0", "--log", log)
	srv := &process{t: t, home: home, logAt: log}
	address := srv.find(`msg="a door is open" door=tchat addr=(\S+)`)
	ada.shows("lobby", "Guests can type:")

	bob := atTerminal(t, home, "bob", address)
	bob.shows("Your nick")
	bob.types("\x15", "bob\r") // what is offered is taken out first
	bob.shows("2 here")
	ada.shows("2 here")
	carol := atTerminal(t, home, "carol", address, "--nick", "carol")
	carol.shows("3 here")

	bob.types("hello everyone\r")
	for _, p := range []*seat{ada, bob, carol} {
		p.shows("hello everyone")
	}
	carol.types("/color red danger ahead\r")
	ada.shows("danger ahead")
	bob.shows("danger ahead")
	ada.types("/private bob just for you\r")
	bob.shows("@ 1")
	bob.types("\x1ba") // the next unread room
	bob.shows("just for you")
	bob.types("/join lobby\r")
	bob.shows("danger ahead")
	bob.types("/topic where everyone meets\r")
	carol.shows("where everyone meets")
	if strings.Contains(carol.screen(), "just for you") {
		t.Errorf("carol sees what is private:\n%s", carol.screen())
	}

	bob.types("/leave\r")
	bob.ends(0)
	ada.shows("2 here")
	carol.types("/quit\r")
	carol.ends(0)
	ada.shows("1 here")
	if err := ada.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ada.ends(0)
	srv.find(`(the server has ended)`)
}

// seat is a person at a terminal with a program in it.
type seat struct {
	t    *testing.T
	who  string
	cmd  *exec.Cmd
	tty  *os.File
	term *screenOf
	over chan struct{} // closed when the terminal has nothing more to show
}

// screenOf is a terminal's screen, written by one goroutine and read by others.
type screenOf struct {
	mu       sync.Mutex
	emulator *vt.Emulator
}

func (s *screenOf) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emulator.Write(p)
}

// String returns what is on the screen as text.
func (s *screenOf) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emulator.String()
}

// atTerminal starts tchat at a terminal of 100 columns and 30 rows.
func atTerminal(t *testing.T, home, who string, args ...string) *seat {
	t.Helper()
	s := &seat{t: t, who: who, term: &screenOf{emulator: vt.NewEmulator(100, 30)}, over: make(chan struct{})}
	s.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), "tchat", args...)
	s.cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home,
		"TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=")
	tty, err := pty.StartWithSize(s.cmd, &pty.Winsize{Cols: 100, Rows: 30})
	if err != nil {
		t.Fatal(err)
	}
	s.tty = tty
	var both sync.WaitGroup
	both.Go(func() { // the program draws
		defer close(s.over)
		_, _ = io.Copy(s.term, tty) // until the program ends
	})
	both.Go(func() { _, _ = io.Copy(tty, s.term.emulator) }) // the terminal answers its questions
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill() // if it is still there
		_ = tty.Close()
		if answers, ok := s.term.emulator.InputPipe().(io.Closer); ok {
			_ = answers.Close() // Emulator.Close would race with Read
		}
		both.Wait()
	})
	return s
}

// types presses keys, one string after the other.
func (s *seat) types(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(s.tty, k); err != nil {
			s.t.Fatal(err)
		}
	}
}

// screen returns what the person sees.
func (s *seat) screen() string { return s.term.String() }

// shows waits until all the words are on the screen.
func (s *seat) shows(words ...string) {
	s.t.Helper()
	poll(func() bool {
		now := s.screen()
		for _, w := range words {
			if !strings.Contains(now, w) {
				return false
			}
		}
		return true
	}, func() { s.t.Fatalf("%s does not see %q:\n%s", s.who, words, s.screen()) })
}

// ends waits for the program's end and checks its exit code and that the
// terminal is given back.
func (s *seat) ends(code int) {
	s.t.Helper()
	limit := time.AfterFunc(awaitLimit, func() { _ = s.cmd.Process.Kill() })
	defer limit.Stop()
	_ = s.cmd.Wait() // the code is looked at next
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("%s's program ended with %d, want %d:\n%s", s.who, got, code, s.screen())
	}
	<-s.over
	if s.term.emulator.IsAltScreen() {
		s.t.Errorf("%s's terminal was left in the other screen", s.who)
	}
}
