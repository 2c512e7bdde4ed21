package hub

import (
	"sync"

	"tchat/chatnet"
)

// chore is what a writer has to do for a user without being asked: tell a
// room of a nick, or take them out.
type chore struct {
	nick chatnet.Nick // what they are called now; unused when gone
	gone bool         // they will not come again
	why  chatnet.Text
}

// chores are a writer's open chores, one a user. They stay until they are
// stored, so a full disk delays them and loses none.
type chores struct {
	mu   sync.Mutex
	open map[chatnet.UserID]chore
}

// add takes a chore; being gone stays.
func (c *chores) add(id chatnet.UserID, todo chore) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = map[chatnet.UserID]chore{}
	}
	if !c.open[id].gone {
		c.open[id] = todo
	}
}

// do returns the events of all chores; a chore that has none is done with.
func (c *chores) do(events func(id chatnet.UserID, todo chore) []chatnet.Event) []chatnet.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []chatnet.Event
	for id, todo := range c.open {
		evs := events(id, todo)
		if len(evs) == 0 {
			delete(c.open, id)
		}
		all = append(all, evs...)
	}
	return all
}
