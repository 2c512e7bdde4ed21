package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// old is a person at one of the old chat programs, as DOORS describes them: a
// recv of 1024 bytes is one message, whatever it holds; decoding is strict and
// its failure is the end; what a message is, is found by equality. Its screen
// is what the program prints.
type old struct {
	t       testing.TB
	program program
	name    string
	conn    *net.TCPConn
	over    chan struct{} // closed when the program has ended
	in      bool          // the receiving thread was let in

	mu     sync.Mutex
	screen strings.Builder
	came   []came
	left   bool // the person left without a word to the server
}

// came is one recv.
type came struct {
	at   time.Time
	text string
}

// program is what the three kinds do differently.
type program struct {
	begin func(o *old)                  // what is sent before anything came
	take  func(o *old, msg string) bool // one recv; false: the program ends
	typed func(o *old, line string)     // the person types
	valid func(p []byte) bool           // the program can decode it
	eof   string                        // the last line after an orderly end
}

// The last line of a program that ended in a way that no server should cause.
const (
	garbled = "(the program died: it cannot decode this)"
	misread = "(the program died: it does not understand this)"
	blanks  = "(blank lines without end)"
)

// The last line of one that ended as it should.
const (
	lost      = "(connection lost)"
	closed    = "(connection closed)"
	turnedOff = "(ended)"
)

// sit starts a program and waits for nothing.
func sit(t testing.TB, p program, addr, name string) *old {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	o := &old{t: t, program: p, name: name, conn: conn.(*net.TCPConn), over: make(chan struct{})}
	t.Cleanup(o.pullPlug)
	p.begin(o)
	go o.receive()
	return o
}

// receive is the program's receiving thread.
func (o *old) receive() {
	defer close(o.over)
	buf := make([]byte, 1024)
	for {
		n, err := o.conn.Read(buf)
		now := time.Now()
		o.mu.Lock()
		o.came = append(o.came, came{now, string(buf[:n])})
		left := o.left
		o.mu.Unlock()
		switch {
		case left:
			_ = o.conn.Close() // the thread notices now that the person left
			return
		case errors.Is(err, io.EOF):
			o.print(o.program.eof)
			return
		case err != nil:
			o.print(lost)
			return
		case !o.program.valid(buf[:n]):
			o.print(garbled)
			return
		case !o.program.take(o, string(buf[:n])):
			_ = o.conn.Close() // the program is over
			return
		}
	}
}

func (o *old) print(s string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.screen.WriteString(s + "\n")
}

// send is the program's send.
func (o *old) send(s string) {
	if _, err := o.conn.Write([]byte(s)); err != nil {
		o.t.Errorf("%s cannot send: %v", o.name, err)
	}
}

// types is a line typed by the person.
func (o *old) types(line string) { o.program.typed(o, line) }

// pullPlug is the end of the machine.
func (o *old) pullPlug() {
	_ = o.conn.SetLinger(0) // it may be closed
	_ = o.conn.Close()      // it may be closed
	<-o.over
}

// lines returns what is on the screen.
func (o *old) lines() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Split(strings.TrimSuffix(o.screen.String(), "\n"), "\n")
}

// reads returns how often something came.
func (o *old) reads() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.came)
}

// sees waits until a line is on the screen.
func (o *old) sees(line string) {
	o.t.Helper()
	poll(func() bool { return slices.Contains(o.lines(), line) }, func() {
		o.t.Fatalf("%s does not see %q:\n%s", o.name, line, strings.Join(o.lines(), "\n"))
	})
}

// shows waits until the screen's last line is the last of want, and compares
// the whole screen. A want that ends in "..." stands for every line that
// begins so.
func (o *old) shows(want ...string) {
	o.t.Helper()
	last := want[len(want)-1]
	poll(func() bool {
		got := o.lines()
		return len(got) >= len(want) && alike(last, got[len(got)-1])
	}, func() {})
	got := o.lines()
	for i := range got {
		if i < len(want) && alike(want[i], got[i]) {
			got[i] = want[i]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		o.t.Errorf("the screen of %s (-want +got):\n%s", o.name, diff)
	}
}

// begins waits until the last line of want is on the screen at its place, and
// compares the lines up to there.
func (o *old) begins(want ...string) {
	o.t.Helper()
	last := len(want) - 1
	poll(func() bool {
		got := o.lines()
		return len(got) > last && alike(want[last], got[last])
	}, func() {})
	got := o.lines()
	got = got[:min(len(got), len(want))]
	for i := range got {
		if alike(want[i], got[i]) {
			got[i] = want[i]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		o.t.Errorf("the screen of %s begins (-want +got):\n%s", o.name, diff)
	}
}

func alike(want, got string) bool {
	begin, more := strings.CutSuffix(want, "...")
	return want == got || more && strings.HasPrefix(got, begin)
}

// ends waits until the program has ended.
func (o *old) ends() {
	o.t.Helper()
	select {
	case <-o.over:
	case <-time.After(awaitLimit):
		o.t.Fatalf("the program of %s goes on:\n%s", o.name, strings.Join(o.lines(), "\n"))
	}
}

// nickProgram is the kind that waits for the word NICK and knows ASCII only. It
// ends its own lines with nothing and puts its name before each.
func nickProgram() program {
	return program{
		begin: func(*old) {},
		eof:   blanks,
		valid: func(p []byte) bool { return bytes.IndexFunc(p, func(r rune) bool { return r > 0x7e }) < 0 },
		take: func(o *old, msg string) bool {
			if msg == "NICK" {
				o.send(o.name)
			} else {
				o.print(msg)
			}
			return true
		},
		typed: func(o *old, line string) { o.send(o.name + ": " + line) },
	}
}

// promptColors are those that the PROMPT program can show.
const promptColors = " red green yellow blue megenta cyan white "

// promptProgram is the dumb terminal that colours messages whose second word
// says so. It keeps an empty line and /leave to itself.
func promptProgram() program {
	return program{
		begin: func(*old) {},
		eof:   blanks,
		valid: utf8.Valid,
		take: func(o *old, msg string) bool {
			words := strings.SplitN(msg, " ", 4)
			switch {
			case len(words) < 2 || words[1] != "/color":
				o.print(msg)
			case len(words) < 4 || !strings.Contains(promptColors, " "+words[2]+" "):
				o.print(misread)
				return false
			default:
				o.print("<" + words[2] + ">" + words[0] + " " + words[3] + "</>")
			}
			return true
		},
		typed: func(o *old, line string) {
			if line != "" && line != "/leave" {
				o.send(line)
				return
			}
			o.mu.Lock()
			defer o.mu.Unlock()
			o.left = true
		},
	}
}

// roomProgram is the kind that sends its name and room at once and waits for a
// number.
func roomProgram(room string) program {
	return program{
		begin: func(o *old) { o.send(o.name + "_" + room) },
		eof:   closed,
		valid: utf8.Valid,
		take: func(o *old, msg string) bool {
			switch {
			case msg == "/exit":
				o.print(turnedOff)
				return false
			case o.in:
				o.print(msg)
			case msg == "200":
				o.in = true
			case msg == "400" || msg == "401" || msg == "403":
				o.print("(" + msg + ")")
				return false
			default:
				o.print(misread)
				return false
			}
			return true
		},
		typed: (*old).send,
	}
}
