package tui_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tchat/chatnet"
	"tchat/tui"
)

// BenchmarkFrame is one key and the frame after it, at 120x40 with three panes.
func BenchmarkFrame(b *testing.B) {
	app := busy(b)
	keys := []tea.KeyPressMsg{{Code: 'a', Text: "a"}, {Code: tea.KeyBackspace}}
	for n := 0; b.Loop(); n++ {
		app.Update(keys[n%2])
		app.View()
	}
}

// BenchmarkView is a frame in which nothing changed.
func BenchmarkView(b *testing.B) {
	app := busy(b)
	for b.Loop() {
		app.View()
	}
}

func busy(b *testing.B) *tui.App {
	b.Helper()
	link := newFake()
	app := tui.New(tui.Options{
		Now: func() time.Time { return day }, Zone: time.UTC, Theme: "dark", Nick: ada, Opened: tui.Opened{Link: link},
	})
	init := app.Init()
	app.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	us := lively()
	w := newWorld()
	w.seq["r-lobby"] = 7
	for n := range 2000 {
		us = append(us, w.says("r-lobby", []chatnet.Nick{bob, carol, dave}[n%3], 10+n/60, "a message of a usual length, as people write them"))
	}
	for _, u := range us {
		link.updates <- u
	}
	batch, ok := init().(tea.BatchMsg)
	if !ok {
		b.Fatal("no commands at the start")
	}
	last := batch[len(batch)-1]
	app.Update(last())
	return app
}
