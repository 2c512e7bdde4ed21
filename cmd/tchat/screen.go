package main

import (
	"context"
	"os"
	"time"

	tea "charm.land/bubbletea/v2" // the program around the interface

	"tchat/tui"
	"tchat/tui/pane"
)

// chat runs the interface as a client. Prepare completes what it starts with.
func chat(ctx context.Context, s *settings, prepare func(*visitor, *tui.Options) error) error {
	log, file, err := openLog(s, true)
	if err != nil {
		return err
	}
	defer file.Close() // the last line was written, or there is nobody to tell
	v := newVisitor(s, log)
	defer v.close()
	o := baseOptions(s)
	o.Open = v.open
	if err := prepare(v, &o); err != nil {
		return err
	}
	ctx, cancel := untilSignal(ctx)
	defer cancel()
	if err := draw(ctx, o); err != nil {
		return err
	}
	return v.outcome.err()
}

// baseOptions are those of every screen.
func baseOptions(s *settings) tui.Options {
	return tui.Options{Theme: s.Theme, NoColor: os.Getenv("NO_COLOR"), Guess: loginNick()}
}

// framesPerSecond is how often the screen is looked at for changes. Each look
// costs the idle program a wake-up of a quarter of a millisecond here: 30 of
// them stay under 1 % of a core, and a key is on the screen within 33 ms.
const framesPerSecond = 30

// draw runs the interface until the person leaves or ctx ends. Either way the
// terminal is given back clean.
func draw(ctx context.Context, o tui.Options) error {
	p := tea.NewProgram(tui.New(o), tea.WithFilter(tui.Filter(nil)), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond))
	stop := context.AfterFunc(ctx, p.Quit)
	defer stop()
	_, err := p.Run()
	return err
}

// recentOptions returns the recent servers as the start screen shows them.
func recentOptions(r recent, now time.Time) ([]pane.Recent, error) {
	visits, err := r.visits()
	if err != nil {
		return nil, err
	}
	out := make([]pane.Recent, 0, len(visits))
	for _, v := range visits {
		out = append(out, pane.Recent{Address: v.Address, Name: v.Name, When: ago(now, v.Last)})
	}
	return out, nil
}

// ago says when something was, as people do.
func ago(now, at time.Time) string {
	now, at = now.Local(), at.Local()
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.Local) }
	switch days := int(day(now).Sub(day(at)).Round(24*time.Hour).Hours() / 24); {
	case at.IsZero():
		return ""
	case days <= 0:
		return "today"
	case days == 1:
		return "yesterday"
	case days < 7:
		return at.Format("Monday")
	case at.Year() == now.Year():
		return at.Format("2 Jan")
	}
	return at.Format("2 Jan 2006")
}
