package tui_test

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt" // a terminal without a screen

	"tchat/tui"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// term is a whole program in a terminal without a screen: real bytes in, real
// bytes out.
type term struct {
	t       *testing.T
	mu      sync.Mutex
	em      *vt.Emulator
	altUsed bool
	changed chan struct{} // something was written
	in      *os.File
	prog    *tea.Program
	done    chan error
	ended   bool
}

// openTerm starts a program of w x h cells.
func openTerm(t *testing.T, o tui.Options, w, h int) *term {
	t.Helper()
	r, wr, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := &term{t: t, em: vt.NewEmulator(w, h), in: wr, changed: make(chan struct{}, 1), done: make(chan error, 1)}
	answers := make(chan struct{})
	go func() {
		defer close(answers)
		_, _ = io.Copy(wr, x.em) // ends when the pipe is closed below
	}()
	x.prog = tea.NewProgram(tui.New(o), tea.WithInput(r), tea.WithOutput(x), tea.WithWindowSize(w, h),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		tea.WithoutSignalHandler(), tea.WithFPS(120), tea.WithFilter(tui.Filter(nil)))
	go func() {
		_, err := x.prog.Run()
		x.done <- err
	}()
	t.Cleanup(func() {
		if !x.ended {
			x.prog.Quit()
			<-x.done //nolint:errcheck // how it ended does not matter here
		}
		if c, ok := x.em.InputPipe().(io.Closer); ok {
			_ = c.Close()
		}
		_ = wr.Close()
		_ = r.Close()
		<-answers
	})
	return x
}

// Write takes the program's output, as a terminal in raw mode without a line
// discipline would not: a line feed alone becomes one with a return.
func (x *term) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := strings.ReplaceAll(strings.ReplaceAll(string(p), "\r\n", "\n"), "\n", "\r\n")
	_, err := x.em.WriteString(s)
	x.altUsed = x.altUsed || x.em.IsAltScreen()
	select {
	case x.changed <- struct{}{}:
	default:
	}
	return len(p), err
}

// screen is what the terminal shows, without blanks at the ends of rows.
func (x *term) screen() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	rows := strings.Split(x.em.String(), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " \r")
	}
	return strings.Join(rows, "\n")
}

// until waits for the terminal to be as wanted, woken by each write.
func (x *term) until(what string, ok func(string) bool) string {
	x.t.Helper()
	late := time.After(10 * time.Second)
	for {
		if s := x.screen(); ok(s) {
			return s
		}
		select {
		case <-x.changed:
		case <-late:
			x.t.Fatalf("no %s on the screen:\n%s", what, x.screen())
		}
	}
}

// wait waits for all texts to be on the screen.
func (x *term) wait(texts ...string) string {
	x.t.Helper()
	return x.until(strings.Join(texts, ", "), func(s string) bool {
		for _, text := range texts {
			if !strings.Contains(s, text) {
				return false
			}
		}
		return true
	})
}

// gone waits for a text to be gone from the screen.
func (x *term) gone(text string) string {
	x.t.Helper()
	return x.until("end of "+text, func(s string) bool { return !strings.Contains(s, text) })
}

// keys writes bytes as a keyboard, or a mouse, does.
func (x *term) keys(s string) {
	x.t.Helper()
	if _, err := x.in.WriteString(s); err != nil {
		x.t.Fatal(err)
	}
}

// click presses and releases the left button where the screen shows text.
func (x *term) click(text string) {
	x.t.Helper()
	for y, row := range strings.Split(x.screen(), "\n") {
		if at := strings.Index(row, text); at >= 0 {
			cell := len([]rune(row[:at])) + 1
			x.keys(sgrMouse(0, cell, y+1, 'M') + sgrMouse(0, cell, y+1, 'm'))
			return
		}
	}
	x.t.Fatalf("nothing to click on: %q\n%s", text, x.screen())
}

// resize changes the size of the terminal.
func (x *term) resize(w, h int) {
	x.mu.Lock()
	x.em.Resize(w, h)
	x.mu.Unlock()
	x.prog.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// end waits for the program to end, and checks that the terminal is as before.
func (x *term) end() {
	x.t.Helper()
	select {
	case err := <-x.done:
		x.ended = true
		if err != nil {
			x.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		x.t.Fatalf("the program goes on:\n%s", x.screen())
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.altUsed || x.em.IsAltScreen() {
		x.t.Errorf("alternate screen: used %v, left on %v", x.altUsed, x.em.IsAltScreen())
	}
}

// golden compares a screen with testdata/name.txt.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got = strings.TrimRight(got, "\n") + "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: the screen is\n%s\nwant\n%s", name, got, want)
	}
}
