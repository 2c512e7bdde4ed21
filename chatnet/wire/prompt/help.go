package prompt

import (
	"strings"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// greeting says what this is, in one line in front of the question: who sees it
// may be a client that takes any second line for something else.
func greeting(p wire.Peer) string {
	s := "This is tchat"
	if name := p.Server.Name; !name.IsZero() {
		s += " on " + name.String()
	}
	if p.Secure {
		return s + ". "
	}
	return s + ", not encrypted. "
}

// help is what everybody is told on coming in, in one write of at most
// wire.MaxWrite bytes.
func help(w chatnet.Welcome, person bool) string {
	var colors []string
	for _, c := range chatnet.Colors() {
		colors = append(colors, string(c))
	}
	lines := []string{
		"you are " + w.Nick.String() + ", in the lobby; what you type is said there",
		"/private NAME TEXT  only NAME can read it",
		"/color COLOR TEXT  in a colour: " + strings.Join(colors, " "),
		"/private NAME /color COLOR TEXT  both",
		"/join ROOM, /rooms, /who, /more for older lines, /help for all of it",
		"/leave  go",
	}
	if person && !w.Server.MOTD.IsZero() {
		lines = append(lines, strings.Split(w.Server.MOTD.String(), "\n")...)
	}
	var b strings.Builder
	for _, l := range lines {
		l = wire.Notice(l)
		if b.Len()+len(l)+2 > wire.MaxWrite {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l)
	}
	return b.String()
}
