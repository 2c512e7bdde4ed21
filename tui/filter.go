package tui

import (
	"time"

	tea "charm.land/bubbletea/v2" // messages before they reach the model
)

// frameTime is how often the pointer may move something.
const frameTime = 16 * time.Millisecond

// Wheel is several steps of the wheel in one message.
type Wheel struct {
	tea.Mouse
	Steps int
}

// Filter returns the filter for tea.WithFilter: motions of the pointer that
// come faster than frames are dropped, except the last one before it leaves its
// cell for good is caught up by the next; fast steps of the wheel are summed.
func Filter(now func() time.Time) func(tea.Model, tea.Msg) tea.Msg {
	if now == nil {
		now = time.Now
	}
	f := filter{now: now}
	return func(_ tea.Model, m tea.Msg) tea.Msg { return f.pass(m) }
}

// filter is used from the program's loop only.
type filter struct {
	now    func() time.Time
	moved  time.Time
	turned time.Time
	button tea.MouseButton
	steps  int
}

func (f *filter) pass(m tea.Msg) tea.Msg {
	switch m := m.(type) {
	case tea.MouseMotionMsg:
		t := f.now()
		if t.Sub(f.moved) < frameTime {
			return nil
		}
		f.moved = t
	case tea.MouseWheelMsg:
		t := f.now()
		if m.Button != f.button {
			f.steps = 0
		}
		f.button = m.Button
		f.steps++
		if t.Sub(f.turned) < frameTime {
			return nil
		}
		steps := f.steps
		f.turned, f.steps = t, 0
		return Wheel{tea.Mouse(m), steps}
	}
	return m
}
