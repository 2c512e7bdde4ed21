package pane_test

import (
	"testing"

	"tchat/tui/pane"
)

func TestMemoDrawsOncePerKey(t *testing.T) {
	var m pane.Memo[int]
	drawn := 0
	draw := func() []string { drawn++; return []string{"row"} }
	for _, c := range []struct{ key, want int }{{0, 1}, {0, 1}, {1, 2}, {1, 2}, {0, 3}} {
		if rows := m.Rows(c.key, draw); drawn != c.want || len(rows) != 1 {
			t.Errorf("key %d: drawn %d times, want %d", c.key, drawn, c.want)
		}
	}
}
