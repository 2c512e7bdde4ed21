package chatnet_test

import (
	"strings"
	"testing"

	"tchat/chatnet"
)

func TestParseEmoji(t *testing.T) {
	for _, good := range []string{
		"👍", "❤️", "❤", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "☎︎", "✅", "‼️", "➕", "⭐", "🫡", "→", "©",
	} {
		e, err := chatnet.ParseEmoji(good)
		if err != nil || e.String() != good || e.IsZero() {
			t.Errorf("ParseEmoji(%q) = %q, %v", good, e, err)
		}
		if again, err := chatnet.ParseEmoji(" " + good + "\n"); err != nil || again != e {
			t.Errorf("with white space: %q, %v", again, err)
		}
	}
	for _, bad := range []string{
		"", " ", "a", "1", "+1", ":+1:", "👍👍", "👍 ok", "é", "あ", "\x1b[31m", "\u200d", "\u202e", "e\u0301", "<", "#", "\u0301",
		strings.Repeat("👨‍", 20) + "👨",
	} {
		if e, err := chatnet.ParseEmoji(bad); chatnet.CodeOf(err) != chatnet.CodeBadRequest || !e.IsZero() {
			t.Errorf("ParseEmoji(%q) = %q, %v", bad, e, err)
		}
	}
}

func FuzzEmojiIsHarmless(f *testing.F) {
	for _, s := range []string{"👍", "1️⃣", "\x1b[31m👍", "👍\u202e", "🏴\U000e0067"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := chatnet.ParseEmoji(s)
		if err != nil {
			return
		}
		if again, err := chatnet.ParseEmoji(e.String()); err != nil || again != e {
			t.Errorf("%q does not stay: %q, %v", e, again, err)
		}
		if strings.ContainsFunc(e.String(), harmful) || len(e.String()) > chatnet.MaxEmoji || strings.ContainsAny(e.String(), " \n") {
			t.Errorf("ParseEmoji(%q) = %q", s, e)
		}
	})
}

func TestMasked(t *testing.T) {
	at := chatnet.Event{Room: "r", Seq: 7, Prev: 6, By: "k-ada", Nick: chatnet.MustNick("ada"), Origin: chatnet.Origin{Dev: 1, N: 2}}
	with := func(b chatnet.Body) chatnet.Event {
		ev := at
		ev.Body = b
		return ev
	}
	for _, tt := range []struct {
		name          string
		body, masked  chatnet.Body
		words, redact bool // it holds words of 7; they are gone
	}{
		{"a message", chatnet.Said{Text: chatnet.Clean("secret"), Color: "red", Me: true, Reply: 3}, chatnet.Said{}, true, false},
		{"an edit", chatnet.Edited{Target: 7, Text: chatnet.Clean("secret")}, chatnet.Edited{Target: 7}, true, false},
		{"an edit of another", chatnet.Edited{Target: 5, Text: chatnet.Clean("x")}, chatnet.Edited{Target: 5}, false, false},
		{"what is masked", chatnet.Said{}, chatnet.Said{}, true, true},
		{"a topic", chatnet.TopicSet{Topic: chatnet.Clean("t")}, chatnet.TopicSet{Topic: chatnet.Clean("t")}, false, false},
		{"a redaction", chatnet.Redacted{Target: 7}, chatnet.Redacted{Target: 7}, false, false},
	} {
		ev := with(tt.body)
		if got := ev.Masked(); got != with(tt.masked) {
			t.Errorf("%s masked: %+v", tt.name, got)
		}
		if ev.Words(7) != tt.words {
			t.Errorf("%s: words of 7: %v", tt.name, ev.Words(7))
		}
		if said, ok := tt.body.(chatnet.Said); ok && said.Redacted() != tt.redact {
			t.Errorf("%s: redacted %v", tt.name, said.Redacted())
		}
	}
	if !(chatnet.Edited{Target: 1}).Redacted() || (chatnet.Edited{Text: chatnet.Clean("x")}).Redacted() {
		t.Error("an edit does not say whether it is gone")
	}
}
