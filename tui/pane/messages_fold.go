package pane

import (
	"slices"
	"strconv"
	"strings"

	"tchat/chatnet"
)

// maxFold is how many changes one quiet line folds; shownNames how many of them are
// named.
const (
	maxFold    = 64
	shownNames = 8
)

type changeKind uint8

const (
	changeJoined changeKind = iota
	changeParted
	changeRenamed
	changePresence
	changeTopic
)

// change is one thing that a quiet line tells.
type change struct {
	kind changeKind
	user chatnet.UserID
	nick chatnet.Nick
	old  chatnet.Nick     // of a rename
	text chatnet.Text     // a topic, or why somebody left
	to   chatnet.Presence // of a presence
}

// fold is what a quiet line tells, without what cancelled itself out.
type fold []change

// add takes one more change. Who comes and goes leaves no trace, and a second change
// of the same kind replaces the first.
func (f *fold) add(c change) {
	for i := len(*f) - 1; i >= 0; i-- {
		was := (*f)[i]
		if was.user != c.user && c.kind != changeTopic {
			continue
		}
		switch {
		case c.kind == changeJoined && was.kind == changeParted:
			*f = slices.Delete(*f, i, i+1)
			return
		case c.kind == changeParted && was.kind == changeJoined:
			*f = slices.DeleteFunc(*f, func(x change) bool { return x.user == c.user && x.kind != changeTopic })
			return
		case c.kind == changeRenamed && was.kind == changeJoined:
			(*f)[i].nick = c.nick
			return
		case c.kind == changeRenamed && was.kind == changeRenamed:
			if (*f)[i].nick = c.nick; was.old == c.nick {
				*f = slices.Delete(*f, i, i+1)
			}
			return
		case c.kind == was.kind && (c.kind == changePresence || c.kind == changeTopic):
			(*f)[i] = c
			return
		}
	}
	*f = append(*f, c)
}

// pushFold appends a change to the last item, if that is a quiet line, else as a new
// one.
func (l *Messages) pushFold(dst []item, it item, c change) []item {
	it.kind = kindFold
	if before := last(dst); before != nil && l.folds(before, &it) {
		before.extra.fold.add(c)
		if len(before.extra.fold) == 0 {
			return dst[:len(dst)-1]
		}
		l.changed(before)
		return dst
	}
	it.extra = &extra{fold: fold{c}}
	l.changed(&it)
	return append(dst, it)
}

// folds reports whether it can become a part of the quiet line before it.
func (l *Messages) folds(before, it *item) bool {
	return before != nil && before.kind == kindFold && it.kind == kindFold &&
		before.day == it.day && len(before.extra.fold) < maxFold
}

// String tells the changes in one line: "bob, carol joined; dave left".
func (f fold) String() string {
	var parts []string
	for i := 0; i < len(f); {
		c := f[i]
		j := i + 1
		for j < len(f) && f[j].kind == c.kind && f[j].to == c.to && (c.kind == changeJoined || c.kind == changeParted || c.kind == changePresence) {
			j++
		}
		parts = append(parts, whom(f[i:j])+f[i:j].verb())
		i = j
	}
	return strings.Join(parts, "; ")
}

// verb says what happened to the users of f, which is of one kind.
func (f fold) verb() string {
	c := f[0]
	switch c.kind {
	case changeJoined:
		return " joined"
	case changeParted:
		if len(f) == 1 && !c.text.IsZero() {
			return " left (" + c.text.String() + ")"
		}
		return " left"
	case changeRenamed:
		return " is now " + c.nick.String()
	case changePresence:
		return map[chatnet.Presence]string{chatnet.Here: " here again", chatnet.Away: " away", chatnet.Gone: " gone"}[c.to]
	case changeTopic:
		if c.text.IsZero() {
			return " took the topic away"
		}
		return " set the topic: " + c.text.String()
	}
	return ""
}

// whom lists the users of f, which is of one kind.
func whom(f fold) string {
	var names []string
	for _, c := range f[:min(len(f), shownNames)] {
		name := c.nick
		if c.kind == changeRenamed {
			name = c.old
		}
		if name.IsZero() {
			names = append(names, "somebody")
		} else {
			names = append(names, name.String())
		}
	}
	s := strings.Join(names, ", ")
	if n := len(f) - shownNames; n > 0 {
		s += " and " + strconv.Itoa(n) + " more"
	}
	return s
}
