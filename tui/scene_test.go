package tui_test

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tchat/chatnet"
	"tchat/tui"
)

// scene drives a model by hand, without a program: messages in, frames out. It
// lives in a synctest bubble, so that time passes only when all wait.
type scene struct {
	t    *testing.T
	app  *tui.App
	link *fake
	w, h int
	quit bool
	raw  []string

	mu    sync.Mutex
	queue []tea.Msg
}

// play runs f with a model of w x h cells that has a link.
func play(t *testing.T, w, h int, change func(*tui.Options), f func(*scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		link := newFake()
		began := time.Now()
		now := func() time.Time { return day.Add(10*time.Minute + time.Since(began)) }
		o := tui.Options{Now: now, Zone: time.UTC, Theme: "dark", Nick: ada, User: userOf(ada)}
		o.Opened = tui.Opened{Link: link, Server: "ada.local"}
		if change != nil {
			change(&o)
		}
		s := &scene{t: t, app: tui.New(o), link: link}
		s.start(s.app.Init())
		s.resize(w, h)
		f(s)
		close(link.updates)
		time.Sleep(2 * time.Minute) // the timers under way end
	})
}

// start runs a command as a program would.
func (s *scene) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		m := cmd()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.queue = append(s.queue, m)
	}()
}

// settle handles messages until there is none.
func (s *scene) settle() {
	s.t.Helper()
	for {
		synctest.Wait()
		s.mu.Lock()
		queue := s.queue
		s.queue = nil
		s.mu.Unlock()
		if len(queue) == 0 {
			return
		}
		for _, m := range queue {
			s.take(m)
		}
	}
}

func (s *scene) take(m tea.Msg) {
	switch m := m.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			s.start(c)
		}
	case tea.QuitMsg:
		s.quit = true
	case tea.RawMsg:
		text, ok := m.Msg.(string)
		if !ok {
			s.t.Errorf("raw output of type %T", m.Msg)
		}
		s.raw = append(s.raw, text)
	default:
		_, cmd := s.app.Update(m)
		s.start(cmd)
	}
}

// send gives a message to the model.
func (s *scene) send(m tea.Msg) {
	s.t.Helper()
	s.take(m)
	s.settle()
}

// pass lets time pass.
func (s *scene) pass(d time.Duration) {
	s.t.Helper()
	time.Sleep(d)
	s.settle()
}

// feed brings updates through the link.
func (s *scene) feed(us ...chatnet.Update) {
	s.t.Helper()
	for _, u := range us {
		s.link.updates <- u
	}
	s.pass(20 * time.Millisecond)
}

func (s *scene) resize(w, h int) {
	s.t.Helper()
	s.w, s.h = w, h
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
}

// named are the keys that have names.
var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "f1": {Code: tea.KeyF1}, "f3": {Code: tea.KeyF3},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "alt+enter": {Code: tea.KeyEnter, Mod: tea.ModAlt},
	"alt+down": {Code: tea.KeyDown, Mod: tea.ModAlt}, "alt+up": {Code: tea.KeyUp, Mod: tea.ModAlt},
	"ctrl+up": {Code: tea.KeyUp, Mod: tea.ModCtrl}, "ctrl+down": {Code: tea.KeyDown, Mod: tea.ModCtrl},
	"ctrl+home": {Code: tea.KeyHome, Mod: tea.ModCtrl}, "ctrl+end": {Code: tea.KeyEnd, Mod: tea.ModCtrl},
}

// press presses keys by name; one letter behind ctrl+ or alt+ needs no entry.
func (s *scene) press(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		m, ok := named[k]
		if !ok {
			mod, letter, _ := strings.Cut(k, "+")
			m = tea.KeyPressMsg{Code: rune(letter[0]), Mod: map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt}[mod]}
		}
		s.send(m)
	}
}

// typed types text, one key a character.
func (s *scene) typed(text string) {
	s.t.Helper()
	for _, r := range text {
		s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// line types a line and sends it.
func (s *scene) line(text string) {
	s.t.Helper()
	s.typed(text)
	s.press("enter")
}

// screen draws the frame, checks its size, and returns its text.
func (s *scene) screen() string {
	s.t.Helper()
	v := s.app.View()
	rows := strings.Split(v.Content, "\n")
	if len(rows) != s.h {
		s.t.Fatalf("%dx%d: %d rows", s.w, s.h, len(rows))
	}
	for i, r := range rows {
		if n := ansi.WcWidth.StringWidth(r); n != s.w {
			s.t.Fatalf("%dx%d: row %d has %d cells: %q", s.w, s.h, i, n, r)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= s.w || c.Y < 0 || c.Y >= s.h) {
		s.t.Fatalf("%dx%d: the cursor is at %d,%d", s.w, s.h, c.X, c.Y)
	}
	return ansi.Strip(v.Content)
}

// shows fails unless every text is on the screen.
func (s *scene) shows(texts ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// hides fails if a text is on the screen.
func (s *scene) hides(texts ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.t.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// clickOn clicks on the first place where the screen shows text.
func (s *scene) clickOn(text string) {
	s.t.Helper()
	for y, row := range strings.Split(s.screen(), "\n") {
		if at := strings.Index(row, text); at >= 0 {
			s.send(tea.MouseClickMsg{X: ansi.WcWidth.StringWidth(row[:at]), Y: y, Button: tea.MouseLeft})
			return
		}
	}
	s.t.Fatalf("nothing to click on: %q\n%s", text, s.screen())
}

// asked fails unless the link was asked for just this since the last time.
func (s *scene) asked(want string) {
	s.t.Helper()
	if got := s.link.asked(); got != want {
		s.t.Errorf("asked %q, want %q", got, want)
	}
}
