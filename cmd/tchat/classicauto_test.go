package main

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"tchat/chatnet/identity"
)

// TestDoorForAll: one port tells who comes by their first bytes, and all meet
// in the same rooms.
func TestDoorForAll(t *testing.T) {
	h := build(t, []string{"auto"}, "--name", "test")
	addr := h.door("auto")
	dave := come(t, addr, h.home, "dave", "dev/go")
	secure, err := identity.ParseAddress(addr)
	if err != nil || secure.Scheme != identity.SchemeTLS {
		t.Fatal(secure, err)
	}
	eve := comeTo(t, secure, h.home, "eve", "dev/go") // the same port, over TLS
	dave.hears("dev/go eve joins")
	carol := sit(t, roomProgram("dev/go"), addr, "carol")
	dave.hears("dev/go carol joins")
	eve.says("dev/go", "hello", "")
	carol.shows("* carol joined dev/go", "eve - hello")
	bob := sit(t, promptProgram(), addr, "bob") // says nothing, and is asked
	bob.begins("This is tchat on test, not encrypted. Your name: ")
	bob.types("bob")
	bob.begins("This is tchat...", "* you are bob, in the lobby; what you type is said there")
	bob.types("/join dev/go")
	bob.sees("* you are in dev/go with 3 others")
	carol.types("hi bob")
	bob.sees("carol: hi bob")

	for first, want := range map[string]string{
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n": "HTTP/1.1 200 OK\r\n",
		"NICK ann\r\nUSER ann 0 * :ann\r\n": "ERROR :this is a tchat server (test)",
		"CAP LS 302\r\n":                    "ERROR :this is a tchat server (test)",
		"\x00\x01\x02":                      "this is a tchat server (test)",
	} {
		if got := said(t, addr, first); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "\n") {
			t.Errorf("to %q the answer is %q", first, got)
		}
	}
}

// said says something to a server that will close, and returns all it answers.
func said(t *testing.T, addr, first string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(awaitLimit)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte(first)); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("to %q the end is %v", first, err)
	}
	return string(all)
}
