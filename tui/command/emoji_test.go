package command_test

import (
	"testing"

	"tchat/chatnet"
	"tchat/tui/command"
)

func TestParseEmoji(t *testing.T) {
	for in, want := range map[string]string{
		":thumbsup:": "👍", "thumbsup": "👍", ":+1:": "👍", "+1": "👍", ":HEART:": "❤️", "🦉": "🦉", "👨‍👩‍👧": "👨‍👩‍👧", ":tada": "🎉",
	} {
		if got, err := command.ParseEmoji(in); err != nil || got.String() != want {
			t.Errorf("ParseEmoji(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "::", ":nosuch:", "yes", "👍👍"} {
		if got, err := command.ParseEmoji(in); chatnet.CodeOf(err) != chatnet.CodeBadRequest {
			t.Errorf("ParseEmoji(%q) = %q, %v", in, got, err)
		}
	}
}

// Every name of the table is an emoji, and is found by completion.
func TestEmojiAreCompleted(t *testing.T) {
	all := command.Complete("/react :", command.Words{}).Choices
	if len(all) < 30 {
		t.Fatalf("%d choices", len(all))
	}
	for _, c := range all {
		if e, err := command.ParseEmoji(c.Text); err != nil || e.String() != c.Note {
			t.Errorf("%s is %q, %v; shown as %s", c.Text, e, err, c.Note)
		}
	}
	got := command.Complete("/react th", command.Words{})
	if len(got.Choices) != 3 || got.Choices[0].Text != ":thumbsup:" || got.Start != len("/react ") {
		t.Errorf("th: %+v", got)
	}
}

func TestCommandsWithoutAMessage(t *testing.T) {
	in := command.Input{Room: "r1"}
	for _, line := range []string{"/reply yes", "/reply", "/edit x", "/edit", "/redact", "/react +1"} {
		if a, err := command.Parse(in, line); chatnet.CodeOf(err) != chatnet.CodeBadRequest {
			t.Errorf("%s: %v, %v", line, a, err)
		}
	}
	in.Edits = 7
	for _, line := range []string{"/me waves", "/color red hi"} {
		if a, err := command.Parse(in, line); chatnet.CodeOf(err) != chatnet.CodeBadRequest {
			t.Errorf("%s in an edit: %v, %v", line, a, err)
		}
	}
	got, err := command.Parse(command.Input{Room: "r1", Own: 7, Chosen: 9, Last: 9}, "/redact")
	if want := (command.Ask{Request: chatnet.Redact{Room: "r1", Target: 9}}); err != nil || got != want {
		t.Errorf("/redact of the chosen one: %+v, %v", got, err)
	}
}
