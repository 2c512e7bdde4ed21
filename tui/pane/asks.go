package pane

import (
	"strings"

	"tchat/chatnet"
)

// AskNick is the card that asks how others shall see the person. Why says what was
// wrong with the nick before, if anything.
func AskNick(why, prefill string) *Question {
	q := NewQuestion("Your nick", "How shall others see you?", prefill, func(s string) string {
		if _, err := chatnet.ParseNick(strings.TrimSpace(s)); err != nil {
			return err.Error()
		}
		return ""
	})
	q.Warn = why
	return q
}

// AskTrust is the card about a server's key. Enter alone never means yes: an
// unknown key needs the word trust, and a changed one the server's name.
func AskTrust(server, fingerprint, known string) *Question {
	word, text := "trust", server+" shows this key for the first time:\n\n"+Groups(fingerprint)+
		"\n\nCompare it with what the host tells you by another way. Type trust to go on; tchat remembers the key then."
	warn := ""
	if known != "" {
		word = server
		warn = "The key of " + server + " has changed. Somebody may be listening in between, or the host made a new key."
		text = "expected\n" + Groups(known) + "\ngot\n" + Groups(fingerprint) +
			"\n\nAsk the host before you go on. Type the server's name, " + server + ", to trust the new key."
	}
	q := NewQuestion("Is this the right server?", text, "", func(s string) string {
		if strings.TrimSpace(s) != word {
			return "type " + word + " to trust this key, or Esc to leave it"
		}
		return ""
	})
	q.Warn, q.Keys = warn, "Enter answers   Esc does not connect"
	return q
}

// Groups writes a fingerprint in groups of four, which people can compare.
func Groups(fingerprint string) string {
	var b strings.Builder
	for i, r := range fingerprint {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
