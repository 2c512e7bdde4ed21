package command

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tchat/chatnet"
)

// Words is what completion chooses from, the likeliest first.
type Words struct {
	Nicks  []string // people, most recent speakers first
	Rooms  []string // rooms that one knows of
	Knocks []string // people who wait to be let in
}

// Choice is one word that may stand at the cursor.
type Choice struct {
	Text string // what is put in, with "/", "@" or "#" where it belongs
	Note string // a few words beside it, may be empty
}

// Completion is what may stand at the cursor instead of the bytes from Start
// to the cursor.
type Completion struct {
	Start   int
	Choices []Choice
}

// Complete tells what may stand at the end of before, the text in front of the
// cursor: names of commands, their arguments, and behind "@" and "#" nicks and
// rooms anywhere. No choices mean that there is nothing to offer.
func Complete(before string, w Words) Completion {
	start := strings.LastIndexFunc(before, unicode.IsSpace)
	if start >= 0 {
		_, size := utf8.DecodeRuneInString(before[start:])
		start += size
	} else {
		start = 0
	}
	part := before[start:]
	out := Completion{Start: start}
	switch {
	case start == 0 && strings.HasPrefix(part, "/") && !strings.HasPrefix(part, "//"):
		out.Choices = commandNames(part[1:])
	case strings.HasPrefix(part, "@"):
		out.Choices = pick(w.Nicks, part[1:], "@")
	case strings.HasPrefix(part, "#"):
		out.Choices = pick(w.Rooms, part[1:], "#")
	case start > 0 && strings.HasPrefix(before, "/"):
		out.Choices = argument(before[1:start], part, w)
	case part != "":
		out.Choices = plainNicks(w.Nicks, part, start == 0)
	}
	return out
}

// commandNames offers the commands whose name or alias begins with part.
func commandNames(part string) []Choice {
	var out []Choice
	for _, c := range Table() {
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if strings.HasPrefix(name, strings.ToLower(part)) {
				out = append(out, Choice{"/" + name, c.Brief})
				break
			}
		}
	}
	return out
}

// argument offers what fits behind head, the command without its slash and
// the arguments that are complete.
func argument(head, part string, w Words) []Choice {
	fields := strings.Fields(head)
	if len(fields) == 0 {
		return nil
	}
	c, ok := Find(fields[0])
	if !ok || len(c.Args) == 0 {
		return nil
	}
	given := fields[1:]
	last := len(c.Args) - 1
	arg := c.Args[min(len(given), last)]
	if arg.Kind == KindSaying && len(given) >= last {
		return inSaying(given[last:], part, w)
	}
	if len(given) > last {
		return nil
	}
	return arg.choices(part, w)
}

// inSaying offers what fits inside of a text that may begin with /color or
// /me.
func inSaying(given []string, part string, w Words) []Choice {
	if n := len(given); n > 0 && (given[n-1] == "/color" || given[n-1] == "/colour") {
		return Arg{Kind: KindColor}.choices(part, w)
	}
	if len(given) > 0 || !strings.HasPrefix(part, "/") {
		return nil
	}
	return pick([]string{"color", "me"}, part[1:], "/")
}

// choices offers what an argument may be.
func (a Arg) choices(part string, w Words) []Choice {
	switch a.Kind {
	case KindNick:
		return pick(w.Nicks, part, "")
	case KindKnock:
		return pick(w.Knocks, part, "")
	case KindRoom:
		return pick(w.Rooms, part, "")
	case KindEmoji:
		return emojiChoices(part)
	case KindColor:
		var names []string
		for _, c := range chatnet.Colors() {
			names = append(names, string(c))
		}
		return pick(names, part, "")
	case KindRole:
		return pick([]string{
			string(chatnet.RoleOwner), string(chatnet.RoleModerator), string(chatnet.RoleMember), string(chatnet.RoleVisitor),
		}, part, "")
	case KindFlag:
		return pick([]string{a.Name}, part, "")
	case KindCommand:
		var names []string
		for _, c := range Table() {
			names = append(names, c.Name)
		}
		return pick(names, strings.TrimPrefix(part, "/"), "")
	case KindWords, KindSaying:
	}
	return nil
}

// pick offers the words that begin with part in any case, in their order.
func pick(words []string, part, prefix string) []Choice {
	var out []Choice
	part = strings.ToLower(part)
	for _, s := range words {
		c := Choice{Text: prefix + s}
		if strings.HasPrefix(strings.ToLower(s), part) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// plainNicks offers nicks for a bare word; at the start of a line with the
// colon that speaks to somebody.
func plainNicks(nicks []string, part string, first bool) []Choice {
	out := pick(nicks, part, "")
	if first {
		for i := range out {
			out[i].Text += ":"
		}
	}
	return out
}
