package command

import (
	"strings"

	"tchat/chatnet"
)

// Parse reads what was typed at in. Text becomes a Say; a line that begins
// with a slash is a command, and is never said when it is not known; two
// slashes say the text with one. An empty line gives no Action and no error.
// Every error says what to type instead.
func Parse(in Input, line string) (Action, error) {
	switch {
	case strings.TrimSpace(line) == "":
		return nil, nil
	case strings.HasPrefix(line, "//"), line[0] != '/' && !strings.HasPrefix(strings.TrimSpace(line), "/"):
		return say(in, saying{text: line})
	case line[0] != '/':
		return nil, chatnet.E(chatnet.CodeBadRequest,
			"this looks like a command behind a blank and was not sent; take the blank away, or begin with // to say it")
	}
	name, args := word(line[1:])
	if name == "" || line[1] == ' ' {
		return nil, chatnet.E(chatnet.CodeBadRequest, "a command's name stands right behind the slash; /help lists them")
	}
	c, ok := Find(name)
	if !ok {
		return nil, unknown(name)
	}
	return c.run(in, args)
}

// unknown is the answer to a command that does not exist.
func unknown(name string) error {
	text := "there is no command /" + chatnet.CleanLine(name).String()
	if near := Nearest(name); len(near) > 0 {
		text += "; did you mean /" + strings.Join(near, " or /") + "?"
	} else {
		text += "; /help lists them"
	}
	return chatnet.E(chatnet.CodeBadRequest, text+" (to say it, begin with //)")
}
