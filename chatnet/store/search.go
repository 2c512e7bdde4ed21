package store

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm" // letters without their accents

	"tchat/chatnet"
)

// Find is a search as a store has it: by ids, and in the rooms that the asker
// may read.
type Find struct {
	Rooms  []chatnet.RoomID // in these and nowhere else
	Terms  [][]string       // all of which have to be in the text, see Terms and Match
	By     chatnet.UserID   // who said it; empty for anybody
	Before time.Time        // zero for no bound
	After  time.Time
	Link   bool
	Limit  int
}

// Searcher is what a store may be able to do beside: find messages.
type Searcher interface {
	// Search returns the newest f.Limit messages that match f, the newest first:
	// Said, with the text of the last edit. All that Append has returned is found,
	// and nothing that was redacted.
	//
	// Before and After count by the server's clock; where it was set back between
	// two messages, some that lie just at the bound may be missed.
	Search(ctx context.Context, f Find) ([]chatnet.Event, error)
}

// Words cuts a text into what is compared in a search: runs of letters and
// digits, in lower case and without accents; of the scripts that write no
// blanks between words each sign is one.
func Words(text string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, norm.NFC.String(word.String()))
			word.Reset()
		}
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end()
			words = append(words, string(r))
		case unicode.IsLetter(r), unicode.IsDigit(r):
			word.WriteRune(unicode.ToLower(r))
		default:
			end()
		}
	}
	end()
	return words
}

// Terms cuts each word of a query as Words cuts a text, leaving out those in
// which nothing can be looked for.
func Terms(query []string) [][]string {
	var terms [][]string
	for _, word := range query {
		if term := Words(word); len(term) > 0 {
			terms = append(terms, term)
		}
	}
	return terms
}

// Links reports whether a text has a web address.
func Links(text string) bool {
	return strings.Contains(text, "https://") || strings.Contains(text, "http://")
}

// Match reports whether a message matches f, wherever it is: the words of each
// term stand in it in a row, the last one of them as the beginning of a word if
// it is Open.
// What a store finds by an index is what Match says.
func (f Find) Match(ev chatnet.Event) bool {
	said, ok := ev.Body.(chatnet.Said)
	switch {
	case !ok, said.Redacted(), f.By != "" && ev.By != f.By,
		!f.Before.IsZero() && !ev.At.Before(f.Before), ev.At.Before(f.After), f.Link && !Links(said.Text.String()):
		return false
	}
	words := Words(said.Text.String())
	return !slices.ContainsFunc(f.Terms, func(term []string) bool { return !stands(words, term) })
}

// Open reports whether a term's last word may be the beginning of a word. A
// single letter is that of half the words there are, and means itself.
func Open(term []string) bool { return utf8.RuneCountInString(term[len(term)-1]) > 1 }

// stands reports whether a term stands among words.
func stands(words, term []string) bool {
	last := len(term) - 1
	for i := range max(0, len(words)-last) {
		if !slices.Equal(words[i:i+last], term[:last]) {
			continue
		}
		if words[i+last] == term[last] || Open(term) && strings.HasPrefix(words[i+last], term[last]) {
			return true
		}
	}
	return false
}
