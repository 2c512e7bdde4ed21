package chatnet

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp" // shows what differs
)

func TestParseQuery(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	tests := []struct {
		in   string
		want Query
		code Code
	}{
		{"release", Query{Words: []string{"release"}}, ""},
		{"  the plan from:@ada in:#dev has:link ", Query{Words: []string{"the", "plan"}, From: "ada", In: "dev", Link: true}, ""},
		{"BEFORE:2026-03-01 after:2026-01-02", Query{Before: day("2026-03-01"), After: day("2026-01-02")}, ""},
		{"http://x from: ::", Query{Words: []string{"http://x", "from:", "::"}}, ""},
		{"", Query{}, CodeBadRequest},
		{" ", Query{}, CodeBadRequest},
		{"before:yesterday", Query{}, CodeBadRequest},
		{"after:2026-13-01", Query{}, CodeBadRequest},
		{"has:cats", Query{}, CodeBadRequest},
	}
	for _, tt := range tests {
		got, err := ParseQuery(tt.in)
		if CodeOf(err) != tt.code {
			t.Errorf("%q: %v, want code %q", tt.in, err, tt.code)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", tt.in, d)
		}
	}
}
