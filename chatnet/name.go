package chatnet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"         // full Unicode case folding, which strings.ToLower is not
	"golang.org/x/text/secure/precis" // the standard profile for names (RFC 8265)
	"golang.org/x/text/unicode/norm"  // one form for names that look the same
)

// Nick is the name that others see. Only ParseNick makes one, so a Nick is
// always safe to show and to compare by Key.
type Nick struct{ s string }

// String returns the nick as its owner writes it.
func (n Nick) String() string { return n.s }

// IsZero reports whether there is no nick.
func (n Nick) IsZero() bool { return n.s == "" }

// Key returns the folded form: two nicks with equal keys are the same name.
func (n Nick) Key() string {
	if plain(n.s) { // for ASCII, which most are, folding is lower case
		return strings.ToLower(n.s)
	}
	return fold(n.s)
}

// fold returns the form in which names are compared. It is idempotent: the
// folding of x/text alone turns some Cherokee letters to and fro, so the last
// word is lower case.
func fold(s string) string {
	return norm.NFC.String(strings.ToLower(cases.Fold().String(norm.NFC.String(s))))
}

// reserved are nicks that could be taken for the server's own voice, or for
// everybody.
var reserved = []string{"server", "host", "admin", "system", "here", "everyone", "all", "me", "operator", "tchat"}

// ParseNick checks a nick: 1 to MaxNick letters, digits and - _ . after the
// profile UsernameCasePreserved (RFC 8265), and none of the reserved words. The
// error names the rule.
func ParseNick(s string) (Nick, error) {
	const rule = "a nick has 1 to 32 letters, digits and - _ ."
	out, err := precis.UsernameCasePreserved.String(s)
	if err != nil || utf8.RuneCountInString(out) > MaxNick || !nameRunes(out, "-_.") {
		return Nick{}, E(CodeBadNick, rule)
	}
	n := Nick{out}
	key := n.Key()
	for _, word := range reserved {
		if key == word {
			return Nick{}, E(CodeBadNick, "the nick "+word+" is reserved; choose another")
		}
	}
	return n, nil
}

// MustNick is ParseNick for nicks that stand in the program's own text. It
// panics on a bad one.
func MustNick(s string) Nick {
	n, err := ParseNick(s)
	if err != nil {
		panic("chatnet: MustNick(" + s + "): " + err.Error())
	}
	return n
}

// RoomName is a room's name as people type and see it, without a leading '#',
// folded: "Dev" and "dev" are the same. Only ParseRoomName makes one.
type RoomName struct{ s string }

// String returns the folded name.
func (n RoomName) String() string { return n.s }

// IsZero reports whether there is no name, as with a direct room.
func (n RoomName) IsZero() bool { return n.s == "" }

// Lobby is the room that everybody enters first.
func Lobby() RoomName { return RoomName{"lobby"} }

// ParseRoomName checks and folds a room's name: 1 to MaxRoomName letters,
// digits and / - _ . with no empty part between slashes. One leading '#' is
// taken off. The error names the rule.
func ParseRoomName(s string) (RoomName, error) {
	const rule = "a room name has 1 to 64 letters, digits and / - _ . with no empty part between slashes"
	s = strings.TrimPrefix(s, "#")
	s = fold(s)
	if utf8.RuneCountInString(s) > MaxRoomName || !nameRunes(s, "/-_.") {
		return RoomName{}, E(CodeBadRoom, rule)
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == "" {
			return RoomName{}, E(CodeBadRoom, rule)
		}
	}
	return RoomName{s}, nil
}

// MustRoomName is ParseRoomName for names that stand in the program's own
// text. It panics on a bad one.
func MustRoomName(s string) RoomName {
	n, err := ParseRoomName(s)
	if err != nil {
		panic("chatnet: MustRoomName(" + s + "): " + err.Error())
	}
	return n
}

// nameRunes reports whether s is one or more letters, digits, at most
// maxMarks marks behind a letter, and runes of others.
func nameRunes(s, others string) bool {
	marks := maxMarks // none may lead
	for _, r := range s {
		switch {
		case r == utf8.RuneError:
			return false
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(others, r):
			marks = 0
		case unicode.IsMark(r) && marks < maxMarks:
			marks++
		default:
			return false
		}
	}
	return s != ""
}
