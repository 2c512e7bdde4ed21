package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript" // the program as a user has it

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tchat": main,
		"guest": func() { os.Exit(guest(os.Args[1:], os.Stdout)) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.Getenv("WORK")+"/home")
			e.Setenv("XDG_DATA_HOME", e.Getenv("WORK")+"/data")
			e.Setenv("XDG_CONFIG_HOME", e.Getenv("WORK")+"/config")
			e.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":     await,
			"exec-code": execCode,
			"knocking":  knocking,
		},
	})
}

// execCode CODE PROGRAM [ARG]... runs a program that must end with a code.
func execCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exec-code CODE PROGRAM [ARG]...")
	}
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// knocking DATA NICK waits until somebody of that nick knocks.
func knocking(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: knocking DATA NICK")
	}
	poll(func() bool {
		answer, err := control(context.Background(), ts.MkAbs(args[0]), chatnet.ListKnocks{})
		ts.Check(err)
		list, _ := answer.(chatnet.KnockList)
		return slices.ContainsFunc(list.Knocks, func(k chatnet.Knock) bool { return k.Nick.String() == args[1] })
	}, func() { ts.Fatalf("%s does not knock", args[1]) })
}

// poll asks again and again until ok; after awaitLimit it gives up.
func poll(ok func() bool, giveUp func()) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.NewTimer(awaitLimit)
	defer limit.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-limit.C:
			giveUp()
			return
		}
	}
}

// awaitLimit is how long a script waits for a line.
const awaitLimit = 20 * time.Second

// await FILE REGEXP [VARIABLE] waits until a line of the file matches, and
// keeps what the first parenthesis matched.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: await FILE REGEXP [VARIABLE]")
	}
	re, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	var text []byte
	poll(func() bool {
		text, err = os.ReadFile(ts.MkAbs(args[0]))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			ts.Check(err)
		}
		m := re.FindSubmatch(text)
		if m != nil && len(args) == 3 {
			ts.Setenv(args[2], string(m[1]))
		}
		return m != nil
	}, func() { ts.Fatalf("%s has no line like %q after %v:\n%s", args[0], args[1], awaitLimit, text) })
}

// guest ADDR NICK DO... is a small native client in clear. It says hello and
// does one thing after the other: "say TEXT", "hear TEXT" waits until somebody
// said so, "bye CODE" waits for the server's goodbye. It writes what happens.
func guest(args []string, out io.Writer) int {
	conn, err := net.Dial("tcp", args[0])
	if err != nil {
		_, _ = fmt.Fprintln(out, "no connection:", err)
		return 1
	}
	ctx, cancel := context.WithTimeout(context.Background(), awaitLimit)
	defer cancel()
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	g := &visiting{conn: conn, out: bufio.NewWriter(out), heard: map[string]bool{}}
	defer g.out.Flush()
	g.send(native.AppendHello(nil, chatnet.Hello{Client: chatnet.CleanLine("guest"), Nick: chatnet.MustNick(args[1])}))
	for g.lobby == "" && g.bye == "" && g.read() {
	}
	for _, do := range args[2:] {
		if !g.do(do) {
			_, _ = fmt.Fprintln(g.out, "failed:", do)
			return 1
		}
	}
	return 0
}

// visiting is a guest's connection.
type visiting struct {
	conn   net.Conn
	out    *bufio.Writer
	reader native.Reader
	calls  uint64
	lobby  chatnet.RoomID
	heard  map[string]bool
	done   uint64 // the last call that was answered
	bye    chatnet.Code
}

func (g *visiting) send(p []byte) bool { _, err := g.conn.Write(p); return err == nil }

// do does one thing.
func (g *visiting) do(what string) bool {
	verb, rest, _ := strings.Cut(what, " ")
	switch verb {
	case "say":
		g.calls++
		call := chatnet.Call{ID: g.calls, Request: chatnet.Say{Room: g.lobby, Text: chatnet.Clean(rest)}}
		if !g.send(native.AppendCall(nil, call)) {
			return false
		}
		return g.until(func() bool { return g.done >= g.calls })
	case "hear":
		return g.until(func() bool { return g.heard[rest] })
	case "bye":
		return g.until(func() bool { return string(g.bye) == rest })
	}
	return false
}

func (g *visiting) until(ok func() bool) bool {
	for !ok() {
		if !g.read() {
			return ok()
		}
	}
	return true
}

// read takes one read's worth. It reports false at the end.
func (g *visiting) read() bool {
	buf := make([]byte, 4<<10)
	n, err := g.conn.Read(buf)
	incoming, bad := g.reader.Feed(buf[:n])
	for _, in := range incoming {
		g.take(in)
	}
	_ = g.out.Flush()
	return err == nil && bad == nil
}

// take notes and writes what came.
func (g *visiting) take(in native.Incoming) {
	switch in := in.(type) {
	case native.Reply:
		g.done = max(g.done, in.ID)
		switch a := in.Answer.(type) {
		case chatnet.Waiting:
			_, _ = fmt.Fprintln(g.out, "waiting at", a.Server.Name)
		case chatnet.Welcome:
			_, _ = fmt.Fprintln(g.out, "welcome", a.Nick, a.Role)
			for _, r := range a.Rooms {
				if r.Name == chatnet.Lobby() {
					g.lobby = r.ID
				}
			}
		case chatnet.Stored:
			_, _ = fmt.Fprintln(g.out, "stored")
		default:
		}
		if in.Err != nil {
			_, _ = fmt.Fprintln(g.out, "error", in.Err.Code)
		}
	case native.Event:
		if said, ok := in.Body.(chatnet.Said); ok {
			g.heard[said.Text.String()] = true
			_, _ = fmt.Fprintf(g.out, "%s: %s\n", in.Nick, said.Text)
		}
	case native.Bye:
		g.bye = in.Code
		_, _ = fmt.Fprintln(g.out, "bye", in.Code, in.Text)
	case native.Entered, native.Exited, native.Signal, native.Ping, native.Pong:
	}
}
