package nick

import (
	"strconv"
	"strings"
	"unicode"

	"tchat/chatnet"
)

// guest is the name of who has none that could be used.
const guest = "guest"

// nickFor returns the nth nick to try for a name as a client gave it: the name
// itself, with what no nick may have left out, and behind it 2, 3 and so on.
// This client cannot be asked again, so there always is one (DOORS 1.3).
func nickFor(name string, n int) chatnet.Nick {
	base := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return -1
	}, chatnet.CleanLine(name).String())
	number := ""
	if n > 1 {
		number = strconv.Itoa(n)
	}
	for _, base := range []string{base, guest} {
		if r := []rune(base); len(r)+len(number) > chatnet.MaxNick {
			base = string(r[:chatnet.MaxNick-len(number)])
		}
		if base == "" {
			continue
		}
		for _, s := range []string{base + number, base + "2"} { // a reserved word gets a number
			if nick, err := chatnet.ParseNick(s); err == nil {
				return nick
			}
		}
	}
	return chatnet.MustNick(guest)
}
