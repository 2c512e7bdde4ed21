package main

import (
	"testing"

	"tchat/chatnet"
)

// TestDoorsShareRooms: whoever comes in by whatever door is in the same rooms.
func TestDoorsShareRooms(t *testing.T) {
	h := build(t, []string{"nick", "prompt", "room", "tchat+insecure"})
	eve := come(t, h.door("tchat+insecure"), h.home, "eve", "dev/go")
	carol := sit(t, roomProgram("dev/go"), h.door("room"), "carol")
	eve.hears("dev/go carol joins")
	carol.types("hello from an old program")
	eve.hears("dev/go carol: hello from an old program")
	carol.sees("carol - hello from an old program")
	eve.says("dev/go", "hello from a new one", "")
	carol.sees("eve - hello from a new one")

	bob := sit(t, promptProgram(), h.door("prompt"), "bob")
	bob.types("bob")
	eve.hears("lobby bob joins")
	bob.types("/color megenta look")
	eve.hears("lobby bob: look (magenta)")
	eve.says("lobby", "I do", "red")
	bob.sees("<red>eve: I do</>")
	if n := eve.count("dev/go bob: look (magenta)"); n > 0 {
		t.Errorf("what was said in the lobby is in another room too, %d times", n)
	}
}

// TestDoorsPrivate: a private message finds its way between any two doors, and
// nobody else sees it; one to somebody who is not there waits for them.
func TestDoorsPrivate(t *testing.T) {
	h := build(t, []string{"nick", "prompt", "room", "tchat+insecure"})
	eve := come(t, h.door("tchat+insecure"), h.home, "eve", "lobby")
	alice := sit(t, nickProgram(), h.door("nick"), "alice")
	bob := sit(t, promptProgram(), h.door("prompt"), "bob")
	bob.types("bob")
	carol := sit(t, roomProgram("lobby"), h.door("room"), "carol")
	for _, o := range []*old{alice, bob, carol} {
		eve.hears("lobby " + o.name + " joins")
	}
	bob.types("/private eve hi")
	eve.hears("@bob bob: hi")
	eve.says("@bob", "hi yourself", "")
	bob.sees("eve(private): hi yourself")
	eve.says("@bob", "in colour", "magenta")
	bob.sees("<megenta>eve(private): in colour</>")
	bob.types("/private alice /color green psst")
	alice.sees("bob (private): psst")
	alice.types("/private carol one more")
	carol.sees("alice (private) - one more")
	carol.types("/private bob and back")
	bob.sees("carol(private): and back")

	eve.end()
	bob.types("/private eve for later")
	carol.types("/private eve for later, too")
	eve = come(t, h.door("tchat+insecure"), h.home, "eve", "lobby")
	eve.hears("@bob bob: for later")
	eve.hears("@carol carol: for later, too")
	for _, o := range []*old{alice, carol} {
		for _, line := range o.lines() {
			if line == "bob(private): hi" || line == "bob: hi" {
				t.Errorf("%s sees what is none of their business", o.name)
			}
		}
	}
}

// TestDoorsKnock: a knock from every door is the same knock, and so are the
// answers to it; what was typed meanwhile is said once the host says yes.
func TestDoorsKnock(t *testing.T) {
	asked := "* the host is being asked to let you in; what you type meanwhile is sent then"
	for _, c := range []struct {
		scheme  string
		program program
		out, in []string
	}{
		{
			"nick", nickProgram(),
			[]string{asked, "* the host said no: not today", lost},
			[]string{asked, "* welcome to...", "* ann joined", "ann: hello"},
		},
		{
			"prompt", promptProgram(),
			[]string{"This is tchat...", asked, "* the connection ends: the host said no: not today", lost},
			[]string{"This is tchat...", asked, "* you are ann, in the lobby..."},
		},
		{
			"room", roomProgram("dev"),
			[]string{"(401)"},
			[]string{"* ann joined dev", "ann - hello"},
		},
	} {
		t.Run(c.scheme, func(t *testing.T) {
			h := build(t, []string{c.scheme, "tchat+insecure"}, "--approve")
			in, out := sit(t, c.program, h.door(c.scheme), "ann"), sit(t, c.program, h.door(c.scheme), "mallory")
			if c.scheme == "prompt" {
				in.types("ann")
				out.types("mallory")
			}
			for _, o := range []*old{in, out} {
				if door := h.knocking(o.name); door != c.scheme {
					t.Errorf("%s knocks at the door %s", o.name, door)
				}
			}
			in.types("hello")
			h.ask(chatnet.Refuse{Nick: chatnet.MustNick("mallory"), Reason: chatnet.CleanLine("not today")})
			out.ends()
			out.shows(c.out...)
			h.ask(chatnet.Admit{Nick: chatnet.MustNick("ann")})
			in.begins(c.in...)
		})
	}
}
