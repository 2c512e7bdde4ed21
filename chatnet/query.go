package chatnet

import (
	"strings"
	"time"
)

// MaxHits is the most messages that a search finds.
const MaxHits = 200

// Query is what a person looks for: messages with all of Words, each of which
// is the beginning of a word, and for which all the rest holds.
type Query struct {
	Words  []string
	From   string    // who said it: a nick; empty for anybody
	In     string    // the room's name, or a nick for the direct room; empty for all
	Before time.Time // earlier than this; zero for no bound
	After  time.Time // at this or later
	Link   bool      // with a web address
}

// ParseQuery reads words and filters as a person types them: from:ada in:dev
// before:2026-03-01 after:2026-01-01 has:link. Days are UTC; before leaves its
// day out, after has it. It fails, with CodeBadRequest, when nothing is asked
// or a filter cannot be read.
func ParseQuery(s string) (Query, error) {
	var q Query
	for _, word := range strings.Fields(s) {
		name, value, ok := strings.Cut(word, ":")
		if !ok || value == "" && name != "" {
			q.Words = append(q.Words, word)
			continue
		}
		if err := q.filter(strings.ToLower(name), value, word); err != nil {
			return Query{}, err
		}
	}
	if len(q.Words) == 0 && q.From == "" && q.In == "" && q.Before.IsZero() && q.After.IsZero() && !q.Link {
		return Query{}, E(CodeBadRequest, "say what to look for, as in: release from:ada in:dev")
	}
	return q, nil
}

func (q *Query) filter(name, value, word string) error {
	var err error
	switch name {
	case "from":
		q.From = strings.TrimPrefix(value, "@")
	case "in":
		q.In = strings.TrimLeft(value, "#@")
	case "before":
		q.Before, err = parseDay(value)
	case "after":
		q.After, err = parseDay(value)
	case "has":
		if q.Link = value == "link"; !q.Link {
			err = E(CodeBadRequest, "a search can look for has:link, and not for has:"+value)
		}
	default:
		q.Words = append(q.Words, word) // a word with a colon in it
	}
	return err
}

func parseDay(s string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, E(CodeBadRequest, s+" is no day; write it as 2026-03-01")
	}
	return day, nil
}
