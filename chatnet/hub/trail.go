package hub

import (
	"cmp"
	"slices"
	"sync"

	"tchat/chatnet"
)

// trailSize is how many of a client's last origins the trail knows.
const trailSize = 128

// trail knows in which room each of a client's last messages is or was tried,
// so that one origin never names messages in two rooms (DELIVERY I2).
type trail struct {
	mu   sync.Mutex
	devs map[sender][]step
}

// sender is a client of a user: a client id alone proves nothing.
type sender struct {
	user chatnet.UserID
	dev  chatnet.Dev
}

// step is where one message went.
type step struct {
	n    uint64
	room chatnet.RoomID
}

func (s step) compare(n uint64) int { return cmp.Compare(s.n, n) }

// find returns the room of an origin.
func (t *trail) find(user chatnet.UserID, o chatnet.Origin) (chatnet.RoomID, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	steps := t.devs[sender{user, o.Dev}]
	i, ok := slices.BinarySearchFunc(steps, o.N, step.compare)
	if !ok {
		return "", false
	}
	return steps[i].room, true
}

// claim notes that an origin goes to a room. It reports false when it went to
// another.
func (t *trail) claim(user chatnet.UserID, o chatnet.Origin, room chatnet.RoomID) bool {
	if o.IsZero() {
		return true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	who := sender{user, o.Dev}
	steps := t.devs[who]
	i, ok := slices.BinarySearchFunc(steps, o.N, step.compare)
	if ok {
		return steps[i].room == room
	}
	steps = slices.Insert(steps, i, step{o.N, room})
	if len(steps) > trailSize {
		steps = slices.Delete(steps, 0, 1)
	}
	if t.devs == nil {
		t.devs = map[sender][]step{}
	}
	t.devs[who] = steps
	return true
}
