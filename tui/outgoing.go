package tui

import (
	tea "charm.land/bubbletea/v2" // commands and messages

	"tchat/chatnet"
)

// outgoingMost is how many things may wait to be given to the link.
const outgoingMost = 1024

// job is something for the link to do.
type job struct {
	request chatnet.Request // for Do; nil when call is set
	call    func(Link)
}

// sentMsg says that jobs are done, and which requests were not taken.
type sentMsg struct {
	link   Link
	failed []failure
}

type failure struct {
	request chatnet.Request
	err     error
}

// outgoing is the queue between Update and the link. One command empties it at
// a time, so that what was asked first is done first.
type outgoing struct {
	jobs []job
	busy bool
}

// add queues a job. A read mark or a sign of typing replaces one that still
// waits, because only the last one is worth anything. It reports whether there
// was room.
func (o *outgoing) add(j job) bool {
	for i, old := range o.jobs {
		if supersedes(j.request, old.request) {
			o.jobs[i] = j
			return true
		}
	}
	if len(o.jobs) >= outgoingMost {
		return false
	}
	o.jobs = append(o.jobs, j)
	return true
}

func supersedes(now, before chatnet.Request) bool {
	switch n := now.(type) {
	case chatnet.MarkRead:
		b, ok := before.(chatnet.MarkRead)
		return ok && b.Room == n.Room
	case chatnet.Type:
		b, ok := before.(chatnet.Type)
		return ok && b.Room == n.Room
	default:
		return false
	}
}

// idle reports whether everything that was asked has reached the link.
func (o *outgoing) idle() bool { return !o.busy && len(o.jobs) == 0 }

// pump returns the command that empties the queue, nil when one is under way or
// there is nothing to do.
func (o *outgoing) pump(link Link) tea.Cmd {
	if o.busy || len(o.jobs) == 0 || link == nil {
		return nil
	}
	jobs := o.jobs
	o.jobs, o.busy = nil, true
	return func() tea.Msg {
		m := sentMsg{link: link}
		for _, j := range jobs {
			if j.call != nil {
				j.call(link)
			} else if err := link.Do(j.request); err != nil {
				m.failed = append(m.failed, failure{j.request, err})
			}
		}
		return m
	}
}
