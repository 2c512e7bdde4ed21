package line

import (
	"strings"

	"tchat/chatnet"
	"tchat/tui/command"
)

// Type takes lines that the peer typed. They are done in their order: messages
// may follow each other closely, a command waits for what was before it, and
// what is behind it waits for the command.
func (t *Talk) Type(lines ...string) {
	for _, l := range lines {
		switch {
		case strings.TrimSpace(l) == "":
		case t.state == knocking && len(t.lines) >= maxWaiting:
			t.tooMany()
		default:
			t.lines = append(t.lines, l)
		}
	}
	t.pump()
}

// tooMany says once that not everything is kept while the host is being asked.
func (t *Talk) tooMany() {
	if !t.dropped {
		t.dropped = true
		t.Tell("the host has not answered yet; your first 20 lines are kept, this one and later ones are not")
	}
}

// pump does the lines that may be done now.
func (t *Talk) pump() {
	for t.state == inside && len(t.lines) > 0 && !t.alone && t.says < maxSays {
		if t.says > 0 && isCommand(t.lines[0]) {
			return
		}
		l := t.lines[0]
		t.lines[0] = ""
		t.lines = t.lines[1:]
		t.do(l)
	}
	if len(t.lines) == 0 {
		t.lines = nil
	}
}

func isCommand(l string) bool {
	return strings.HasPrefix(l, "/") && !strings.HasPrefix(l, "//")
}

// do does one line.
func (t *Talk) do(l string) {
	if name, _, _ := strings.Cut(strings.TrimSpace(l), " "); strings.EqualFold(name, "/more") {
		t.more()
		return
	}
	in := command.Input{Away: t.away, Rooms: t.find}
	if t.here != nil {
		in.Room = t.here.info.ID
	}
	a, err := command.Parse(in, l)
	if err != nil {
		t.Tell(chatnet.AsError(err).Text)
		return
	}
	switch a := a.(type) {
	case command.Ask:
		t.request(a.Request)
	case command.Help:
		t.help(a.Name)
	case command.Leave:
		t.Leave(a.Reason)
	case command.Keys, command.InviteLink, command.Compose:
		t.Tell("that works in the tchat program only; /help lists what works here")
	case nil: // nothing was said
	}
}

// request asks what a command asks for, unless that makes no sense with lines.
func (t *Talk) request(r chatnet.Request) {
	switch r := r.(type) {
	case chatnet.OpenDirect:
		t.Tell("the text is missing; type /private " + r.With.String() + " TEXT")
	case chatnet.Say:
		r.Again, t.again = t.again, false
		t.ask(call{request: r})
	default:
		t.ask(call{request: r})
	}
}

// find returns the room of a name that the user is in.
func (t *Talk) find(name chatnet.RoomName) (chatnet.RoomID, bool) {
	for id, r := range t.rooms {
		if r.info.Name == name && !name.IsZero() {
			return id, true
		}
	}
	return "", false
}
