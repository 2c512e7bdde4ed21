package command_test

import (
	"slices"
	"testing"

	"tchat/tui/command"
)

func TestComplete(t *testing.T) {
	words := command.Words{
		Nicks:  []string{"carol", "Cem", "bob", "carol"},
		Rooms:  []string{"lobby", "dev", "dev/go"},
		Knocks: []string{"eve"},
	}
	cases := []struct {
		before string
		start  int
		want   []string
	}{
		{"", 0, nil},
		{"hello ", 6, nil},
		{"/jo", 0, []string{"/join"}},
		{"/", 0, nil}, // all of them: see below
		{"/ms", 0, []string{"/msg"}},
		{"//jo", 0, nil},
		{"/private c", 9, []string{"carol", "Cem"}},
		{"/private carol ", 15, nil},
		{"/private carol /c", 15, []string{"/color"}},
		{"/private carol /color m", 22, []string{"magenta"}},
		{"/private carol /color red @b", 26, []string{"@bob"}},
		{"/color r", 7, []string{"red"}},
		{"/color red b", 11, nil},
		{"/color red /m", 11, []string{"/me"}},
		{"/join d", 6, []string{"dev", "dev/go"}},
		{"/new dev --", 9, []string{"--private"}},
		{"/role bob m", 10, []string{"moderator", "member"}},
		{"/role bob member x", 17, nil},
		{"/admit ", 7, []string{"eve"}},
		{"/refuse e", 8, []string{"eve"}},
		{"/help pr", 6, []string{"private"}},
		{"/help /pr", 6, []string{"private"}},
		{"/topic b", 7, nil},
		{"/rooms b", 7, nil},
		{"/nosuch b", 8, nil},
		{"/ b", 2, nil},
		{"bo", 0, []string{"bob:"}},
		{"hi bo", 3, []string{"bob"}},
		{"hi @", 3, []string{"@carol", "@Cem", "@bob"}},
		{"see #de", 4, []string{"#dev", "#dev/go"}},
		{"größe\u00a0bo", 9, []string{"bob"}},
	}
	for _, c := range cases {
		got := command.Complete(c.before, words)
		var texts []string
		for _, choice := range got.Choices {
			texts = append(texts, choice.Text)
		}
		if c.before == "/" {
			if len(texts) != len(command.Table()) {
				t.Errorf("a slash offers %d of %d commands", len(texts), len(command.Table()))
			}
			continue
		}
		if got.Start != c.start || !slices.Equal(texts, c.want) {
			t.Errorf("Complete(%q) = %d %v, want %d %v", c.before, got.Start, texts, c.start, c.want)
		}
	}
}
