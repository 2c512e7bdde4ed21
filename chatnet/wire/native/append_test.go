package native

import (
	"encoding/json"
	"testing"
	"time"
	"unicode/utf8"

	"tchat/chatnet"
)

func TestAppendString(t *testing.T) {
	for in, want := range map[string]string{
		"":                `""`,
		"plain":           `"plain"`,
		"a\"b\\c\nd":      `"a\"b\\c\nd"`,
		"\x00\x1f\x7f":    "\"\\u0000\\u001f\x7f\"",
		"é\u2028<&>":      "\"é\u2028<&>\"",
		"a\xffb\xc3":      "\"a\uFFFDb\uFFFD\"",
		"\U0001F600\xf0x": "\"\U0001F600\uFFFDx\"",
	} {
		if got := string(appendString(nil, in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// FuzzAppendString compares with encoding/json, which must read back what is
// written here.
func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\n\x00é\xff")
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if want := string([]rune(s)); back != want {
			t.Fatalf("%q came back as %q", want, back)
		}
	})
}

func TestTime(t *testing.T) {
	for _, want := range []time.Time{
		{}, time.UnixMilli(0).UTC(), time.Date(2024, 2, 29, 23, 59, 59, 999e6, time.UTC),
		time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(0, 1, 1, 0, 0, 0, 1e6, time.UTC),
	} {
		b := appendTime(nil, want)
		if s := want.Format(`"2006-01-02T15:04:05.000Z"`); string(b) != s {
			t.Errorf("wrote %s, want %s", b, s)
		}
		if got, ok := parseTime(b[1 : len(b)-1]); !ok || !got.Equal(want) {
			t.Errorf("%s came back as %v, %v", b, got, ok)
		}
	}
	east := time.Date(2026, 1, 1, 1, 0, 0, 0, time.FixedZone("", 3600))
	if got := string(appendTime(nil, east)); got != `"2026-01-01T00:00:00.000Z"` {
		t.Errorf("not in UTC: %s", got)
	}
	if got := string(appendTime(nil, east.AddDate(20000, 0, 0))); got != `"0001-01-01T00:00:00.000Z"` {
		t.Errorf("a year of five digits: %s", got)
	}
}

func TestTimesThatAreNone(t *testing.T) {
	for _, s := range []string{
		"", "2026-11-21T10:00:00Z", "2026-11-21T10:00:00.00Z", "2026-11-21T10:00:00.000+", "2026-11-21 10:00:00.000Z",
		"2026-13-21T10:00:00.000Z", "2026-00-21T10:00:00.000Z", "2026-02-29T10:00:00.000Z", "2026-11-00T10:00:00.000Z",
		"2026-11-21T24:00:00.000Z", "2026-11-21T10:60:00.000Z", "2026-11-21T10:00:60.000Z", "2x26-11-21T10:00:00.000Z",
	} {
		if got, ok := parseTime([]byte(s)); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

// FuzzEvent holds AppendEvent to its word for any strings: one valid line that
// ParseEvent reads back, or, for an id that no room can have, refuses.
func FuzzEvent(f *testing.F) {
	f.Add("r1", "k-1", "hello\n\"you\"", "red", uint64(5), int64(1795255200123))
	f.Fuzz(func(t *testing.T, room, by, text, color string, seq uint64, ms int64) {
		ev := chatnet.Event{
			Room: chatnet.RoomID(room), By: chatnet.UserID(by), Seq: chatnet.Seq(seq % (maxNum + 1)), At: time.UnixMilli(ms),
			Body: chatnet.Said{Text: chatnet.Clean(text), Color: chatnet.Color(color)},
		}
		line := AppendEvent(nil, ev)
		if !json.Valid(line) || !utf8.Valid(line) || line[len(line)-1] != '\n' {
			t.Fatalf("not a line of JSON: %q", line)
		}
		got, err := ParseEvent(line)
		if err != nil {
			return
		}
		if got.Room != ev.Room || got.By != ev.By || got.Seq != ev.Seq || got.Body.(chatnet.Said).Text != chatnet.Clean(text) {
			t.Fatalf("wrote %+v, read %+v", ev, got)
		}
	})
}
