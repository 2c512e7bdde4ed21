package line

import (
	"strings"

	"tchat/tui/command"
)

// helped are the commands that /help lists at a door of lines, in this order.
func helped() []string {
	return []string{
		"private", "color", "me", "join", "part", "rooms", "topic", "invite",
		"who", "whois", "nick", "away", "leave",
	}
}

// moreHelp is the line of the one command that only line doors have.
const moreHelp = "/more  show 20 older lines of this room"

// help lists the commands, or tells about one.
func (t *Talk) help(name string) {
	if c, ok := command.Find(name); ok && name != "" {
		text := c.Usage() + "  " + c.Brief
		if c.Long != "" {
			text += "\n" + c.Long
		}
		t.Tell(text)
		return
	}
	lines := []string{"what is typed is said in the room; lines that begin with / are commands:"}
	for _, name := range helped() {
		if c, ok := command.Find(name); ok {
			lines = append(lines, c.Usage()+"  "+c.Brief)
		}
	}
	t.Tell(strings.Join(append(lines, moreHelp), "\n"))
}
