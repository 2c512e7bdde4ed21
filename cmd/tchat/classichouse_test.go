package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
)

// house is a server as a real process with some doors.
type house struct {
	t    testing.TB
	home string
	cmd  *exec.Cmd
	over chan error
}

// build opens a house with doors of some schemes, each at a port of its own,
// and more flags.
func build(t testing.TB, schemes []string, flags ...string) *house {
	t.Helper()
	h := &house{t: t, home: t.TempDir(), over: make(chan error, 1)}
	args := append([]string{"--host", "--headless", "--data", h.data(), "--log", h.log()}, flags...)
	for _, s := range schemes {
		args = append(args, "--listen", s+"://127.0.0.1:0")
	}
	h.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), "tchat", args...)
	h.cmd.Env = append(os.Environ(), "HOME="+h.home, "XDG_DATA_HOME="+h.home, "XDG_CONFIG_HOME="+h.home)
	h.cmd.Stderr = os.Stderr
	if err := h.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { h.over <- h.cmd.Wait() }()
	t.Cleanup(h.kill)
	return h
}

func (h *house) data() string { return filepath.Join(h.home, "data") }
func (h *house) log() string  { return filepath.Join(h.home, "server.log") }

// door returns the address of the door of a scheme.
func (h *house) door(scheme string) string {
	h.t.Helper()
	return h.logged(`msg="a door is open" door=` + regexp.QuoteMeta(scheme) + ` addr=(\S+)`)
}

// logged waits for a line of the log and returns what the parenthesis matched.
func (h *house) logged(line string) string {
	h.t.Helper()
	re := regexp.MustCompile(line)
	var found string
	poll(func() bool {
		text, _ := os.ReadFile(h.log()) // it is there soon
		if m := re.FindSubmatch(text); m != nil {
			found = string(m[1])
		}
		return found != ""
	}, func() { h.t.Fatalf("the log has no line like %q", line) })
	return found
}

// kill ends the house in the middle of whatever it does.
func (h *house) kill() {
	if h.over == nil {
		return
	}
	_ = h.cmd.Process.Kill() // it may have ended
	<-h.over                 //nolint:errcheck // it was killed
	h.over = nil
}

// stop ends the house as a person does, which must go well.
func (h *house) stop() {
	h.t.Helper()
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		h.t.Fatal(err)
	}
	if err := <-h.over; err != nil {
		h.t.Errorf("the server ended with %v", err)
	}
	h.over = nil
}

// ask asks the server as its operator.
func (h *house) ask(r chatnet.Request) chatnet.Answer {
	h.t.Helper()
	a, err := control(h.t.Context(), h.data(), r)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// knocking waits until somebody knocks and returns at which door.
func (h *house) knocking(nick string) (door string) {
	h.t.Helper()
	poll(func() bool {
		list, _ := h.ask(chatnet.ListKnocks{}).(chatnet.KnockList)
		for _, k := range list.Knocks {
			if k.Nick.String() == nick {
				door = k.Door
			}
		}
		return door != ""
	}, func() { h.t.Fatalf("%s does not knock", nick) })
	return door
}

// person is somebody at tchat itself: the client, without the screen.
type person struct {
	t      testing.TB
	nick   string
	client *client.Client
	end    func() // leave, and come back another time

	mu    sync.Mutex
	rooms map[chatnet.RoomID]string
	heard []string
}

// come starts tchat's client in a folder at the insecure door.
func come(t testing.TB, addr, dir, nick, room string) *person {
	t.Helper()
	a, err := identity.ParseAddress("tchat+insecure://" + addr)
	if err != nil {
		t.Fatal(err)
	}
	return comeTo(t, a, dir, nick, room)
}

// comeTo is come for any door, as a guest.
func comeTo(t testing.TB, a identity.Address, dir, nick, room string) *person {
	t.Helper()
	a.Room = chatnet.MustRoomName(room)
	c, err := client.New(client.Config{Address: a, Dir: filepath.Join(dir, nick), Nick: chatnet.MustNick(nick)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	n := &person{t: t, nick: nick, client: c, rooms: map[chatnet.RoomID]string{}}
	var life sync.WaitGroup
	life.Go(func() { _ = c.Run(ctx) }) // it ends with ctx
	life.Go(n.listen)
	n.end = sync.OnceFunc(func() {
		cancel()
		life.Wait()
		_ = c.Close() // the test looks at what was heard
	})
	t.Cleanup(n.end)
	poll(func() bool { return n.id(room) != "" }, func() { t.Fatalf("%s does not come into %s", nick, room) })
	return n
}

// listen notes what happens, until the client ends.
func (n *person) listen() {
	for u := range n.client.Updates() {
		n.mu.Lock()
		switch u := u.(type) {
		case chatnet.Welcomed:
			for _, r := range u.Welcome.Rooms {
				n.enter(r)
			}
		case chatnet.RoomEntered:
			n.enter(u.Info)
		case chatnet.Arrived:
			for _, ev := range u.Events {
				n.hear(ev)
			}
		default:
		}
		n.mu.Unlock()
	}
}

func (n *person) enter(r chatnet.RoomInfo) {
	n.rooms[r.ID] = r.Name.String()
	if r.Kind == chatnet.KindDirect {
		n.rooms[r.ID] = "@" + r.With.Nick.String()
	}
}

// hear notes an event as "ROOM NICK: TEXT (COLOUR)", or "ROOM NICK joins".
func (n *person) hear(ev chatnet.Event) {
	line := n.rooms[ev.Room] + " " + ev.Nick.String()
	switch b := ev.Body.(type) {
	case chatnet.Said:
		line += ": " + b.Text.String()
		if b.Color != "" {
			line += " (" + string(b.Color) + ")"
		}
	case chatnet.Joined:
		line += " joins"
	case chatnet.Parted:
		line += " leaves"
	default:
		line += fmt.Sprintf(" %T", b)
	}
	n.heard = append(n.heard, line)
}

// id returns the id of a room, empty when the person is not in it.
func (n *person) id(room string) chatnet.RoomID {
	n.mu.Lock()
	defer n.mu.Unlock()
	for id, name := range n.rooms {
		if name == room {
			return id
		}
	}
	return ""
}

// hears waits until a line was heard.
func (n *person) hears(line string) {
	n.t.Helper()
	poll(func() bool { return n.count(line) > 0 }, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.t.Fatalf("%s does not hear %q:\n%s", n.nick, line, strings.Join(n.heard, "\n"))
	})
}

// count returns how often a line was heard.
func (n *person) count(line string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(slices.DeleteFunc(slices.Clone(n.heard), func(s string) bool { return s != line }))
}

// says says something in a room, or, with "@NICK", to somebody.
func (n *person) says(where, text string, color chatnet.Color) {
	n.t.Helper()
	say := chatnet.Say{Text: chatnet.Clean(text), Color: color}
	if nick, direct := strings.CutPrefix(where, "@"); direct {
		say.To = chatnet.MustNick(nick)
	} else {
		say.Room = n.id(where)
	}
	if err := n.client.Do(say); err != nil {
		n.t.Error(err)
	}
}
