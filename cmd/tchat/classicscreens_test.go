package main

import (
	"strings"
	"testing"
)

// oldDoors are the doors of the old programs, and one for tchat itself.
func oldDoors() []string { return []string{"nick", "prompt", "room", "tchat+insecure"} }

// promptHelp is what the PROMPT program is told at the beginning.
func promptHelp(nick string) []string {
	return []string{
		"This is tchat on test, not encrypted. Your name: ",
		"* you are " + nick + ", in the lobby; what you type is said there",
		"* /private NAME TEXT  only NAME can read it",
		"* type /color COLOR TEXT  in a colour: red green yellow blue magenta cyan white",
		"* /private NAME /color COLOR TEXT  both",
		"* /join ROOM, /rooms, /who, /more for older lines, /help for all of it",
		"* /leave  go",
	}
}

// TestOldScreens: joined, heard, private, coloured, left; and at the end each
// whole screen, as its person has it.
func TestOldScreens(t *testing.T) {
	h := build(t, oldDoors(), "--name", "test")
	dave := come(t, h.door("tchat+insecure"), h.home, "dave", "lobby")
	alice := sit(t, nickProgram(), h.door("nick"), "alice")
	alice.sees("* alice joined")
	bob := sit(t, promptProgram(), h.door("prompt"), "bob")
	bob.types("bob")
	alice.sees("* bob joined")
	carol := sit(t, roomProgram("lobby"), h.door("room"), "carol")
	bob.sees("* carol joined")
	carol.sees("* carol joined lobby")

	alice.types("hello all")
	carol.sees("alice - hello all")
	bob.types("good evening, \u201calice\u201d \u2026")
	carol.sees("bob - good evening, \u201calice\u201d \u2026")
	carol.types("hi caf\u00e9")
	bob.sees("carol: hi caf\u00e9")
	dave.says("lobby", "from afar", "")
	bob.sees("dave: from afar")
	bob.types("/color megenta so pretty")
	carol.sees("bob - so pretty")
	alice.types("/color red me too")
	bob.sees("<red>alice: me too</>")
	bob.types("/private alice /color blue only you")
	alice.sees("bob (private): only you")
	alice.types("/private bob got it")
	bob.sees("alice(private): got it")
	carol.types("/nonsense")
	carol.sees("* there is no command /nonsense; /help lists them (to say it, begin with //)")
	carol.types("/exit")
	carol.ends()
	bob.sees("* carol left")
	alice.pullPlug()
	bob.sees("* alice left")

	alice.shows(
		"* welcome to test, a tchat server; this door is not encrypted; /help tells more", "* alice joined",
		"* bob joined", "* carol joined", "alice: hello all", `bob: good evening, "alice" ...`, "carol: hi cafe",
		"dave: from afar", "bob: so pretty", "alice: me too", "bob (private): only you", "alice (private to bob): got it",
		"* carol left", lost,
	)
	bob.shows(append(promptHelp("bob"),
		"* carol joined", "alice: hello all", "carol: hi caf\u00e9", "dave: from afar", "<red>alice: me too</>",
		"alice(private): got it", "* carol left", "* alice left",
	)...)
	carol.shows(
		"* carol joined lobby", "alice - hello all", "bob - good evening, \u201calice\u201d \u2026", "carol - hi caf\u00e9",
		"dave - from afar", "bob - so pretty", "alice - me too",
		"* there is no command /nonsense; /help lists them (to say it, begin with //)", "* goodbye", turnedOff,
	)
	h.stop()
}

// TestOldEnds: a server that stops says so, one that is killed cannot; neither
// leaves a program printing blank lines for ever.
func TestOldEnds(t *testing.T) {
	for _, c := range []struct {
		how               string
		end               func(*house)
		alice, bob, carol []string
	}{
		{
			"SIGTERM", (*house).stop,
			[]string{"* the server is shutting down; try again when it is back", lost},
			[]string{"* the connection ends: the server is shutting down; try again when it is back", lost},
			[]string{"* the server is shutting down; try again when it is back", turnedOff},
		},
		{"SIGKILL", (*house).kill, []string{lost}, []string{lost}, []string{closed}},
	} {
		t.Run(c.how, func(t *testing.T) {
			h := build(t, oldDoors(), "--name", "test")
			alice := sit(t, nickProgram(), h.door("nick"), "alice")
			alice.sees("* alice joined")
			bob := sit(t, promptProgram(), h.door("prompt"), "bob")
			bob.types("bob")
			alice.sees("* bob joined")
			carol := sit(t, roomProgram("lobby"), h.door("room"), "carol")
			bob.sees("* carol joined")
			carol.sees("* carol joined lobby")
			c.end(h)
			for _, o := range []*old{alice, bob, carol} {
				o.ends()
			}
			alice.shows(append([]string{"* welcome to test...", "* alice joined", "* bob joined", "* carol joined"}, c.alice...)...)
			bob.shows(append(append(promptHelp("bob"), "* carol joined"), c.bob...)...)
			carol.shows(append([]string{"* carol joined lobby"}, c.carol...)...)
		})
	}
}

// TestOldNames: a name is one person's at all doors, and every program is told
// in its own way; a ghost loses it.
func TestOldNames(t *testing.T) {
	h := build(t, oldDoors(), "--name", "test")
	dave := come(t, h.door("tchat+insecure"), h.home, "dave", "lobby")
	bob := sit(t, promptProgram(), h.door("prompt"), "bob")
	bob.types("bob")
	dave.hears("lobby bob joins")

	sit(t, roomProgram("lobby"), h.door("room"), "bob").shows("(403)")
	sit(t, roomProgram("lobby"), h.door("room"), "dave").shows("(403)")
	sit(t, roomProgram(""), h.door("room"), "dave").shows("(400)")
	sit(t, roomProgram("a_b"), h.door("room"), "dave").shows("(400)")
	second := sit(t, nickProgram(), h.door("nick"), "bob")
	second.shows("* you are called bob2 here, because bob is taken or cannot be a name; welcome to test...", "* bob2 joined")
	third := sit(t, promptProgram(), h.door("prompt"), "bobby")
	third.types(" bo b ")
	third.shows("This is tchat on test, not encrypted. Your name: ", "* somebody else is called bob; choose another nick", "Your name: ")

	bob.types("/leave") // says nothing to the server
	newcomer := sit(t, roomProgram("lobby"), h.door("room"), "bob")
	newcomer.shows("* bob joined lobby")
	bob.ends()
	dave.hears("lobby bob leaves")
	if n := dave.count("lobby bob joins"); n != 2 {
		t.Errorf("bob joined %d times", n)
	}
	if n := strings.Count(strings.Join(second.lines(), "\n"), "* bob left"); n != 1 {
		t.Errorf("bob left %d times:\n%s", n, strings.Join(second.lines(), "\n"))
	}
}
