package main

import (
	"net"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOldProgramsAreBrittle holds the old programs of these tests to what DOORS
// says of them: each mistake of a server shows on their screens.
func TestOldProgramsAreBrittle(t *testing.T) {
	for _, c := range []struct {
		what    string
		program program
		sends   string
		abort   bool
		screen  []string
	}{
		{"NICK glued to a notice", nickProgram(), "NICKhello", true, []string{"NICKhello", lost}},
		{"NICK with a line's end", nickProgram(), "NICK\n", true, []string{"NICK", "", lost}},
		{"NICK and not ASCII", nickProgram(), "caf\u00e9", false, []string{garbled}},
		{"NICK and an orderly end", nickProgram(), "bye", false, []string{"bye", blanks}},
		{"PROMPT and a split character", promptProgram(), "caf\xc3", false, []string{garbled}},
		{"PROMPT and a colour", promptProgram(), "bob: /color red hi you", true, []string{"<red>bob: hi you</>", lost}},
		{"PROMPT and two glued colours", promptProgram(), "bob: /color red hibob: /color red you", true, []string{"<red>bob: hibob: /color red you</>", lost}},
		{"PROMPT and an unknown colour", promptProgram(), "bob: /color magenta hi", false, []string{misread}},
		{"PROMPT and an orderly end", promptProgram(), "bye", false, []string{"bye", blanks}},
		{"ROOM and a glued answer", roomProgram("dev"), "200bob - hi", false, []string{misread}},
		{"ROOM and a refusal", roomProgram("dev"), "403", false, []string{"(403)"}},
		{"ROOM and bytes that are no text", roomProgram("dev"), "\xff", false, []string{garbled}},
	} {
		t.Run(c.what, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			o := sit(t, c.program, l.Addr().String(), "alice")
			conn, err := l.Accept()
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.Write([]byte(c.sends)); err != nil {
				t.Fatal(err)
			}
			poll(func() bool { return o.reads() > 0 }, func() { t.Fatal("nothing came") })
			if c.abort {
				err = conn.(*net.TCPConn).SetLinger(0)
			}
			if err != nil {
				t.Fatal(err)
			}
			_ = conn.Close() // the program may be over already
			o.ends()
			if diff := cmp.Diff(c.screen, o.lines()); diff != "" {
				t.Errorf("the screen (-want +got):\n%s", diff)
			}
		})
	}
}
