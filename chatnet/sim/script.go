package sim

import (
	"strings"
	"time"

	"tchat/chatnet"
)

// act makes the person do something, and plans the next time.
func (p *person) act() {
	if p.world.now() > p.world.plan.talk {
		return
	}
	if p.alive() != nil {
		p.something()
	}
	pause := p.dice.span(0, 2*p.world.plan.pace)
	if p.dice.hit(4) {
		pause = 0 // in a hurry: one thing right after the other
	}
	p.world.after(pause, p.act)
}

func (p *person) something() {
	p.mu.Lock()
	rooms := sortedKeys(p.rooms)
	at := p.at
	p.mu.Unlock()
	if len(rooms) == 0 {
		return
	}
	l, room := p.life, rooms[p.dice.IntN(len(rooms))]
	other := p.world.people[p.dice.IntN(len(p.world.people))]
	switch p.dice.IntN(20) {
	case 0:
		_ = l.client.Do(chatnet.SetTopic{Room: room, Topic: chatnet.CleanLine("topic " + itoa(p.said))}) // offline is an answer
	case 1:
		_ = l.client.Do(chatnet.MarkRead{Room: room, Seq: at[room]}) // as above
	case 2:
		l.client.Older(room, 0)
	case 3:
		other.mu.Lock()
		there := other.user != "" && other != p
		other.mu.Unlock()
		if there {
			p.say(chatnet.Say{To: chatnet.MustNick("nick" + other.name)})
		}
	default:
		p.say(chatnet.Say{Room: room})
	}
}

// say says something that nobody said before.
func (p *person) say(s chatnet.Say) {
	p.said++
	text := p.name + " says " + itoa(p.said)
	if p.dice.hit(8) {
		text += strings.Repeat(" and more", p.dice.IntN(400))
	}
	if p.dice.hit(8) {
		text += "\nünd \u00e9mögi \U0001f600"
	}
	s.Text = chatnet.Clean(text)
	p.world.record(p.name, p.lives, Tried{s})
	if err := p.life.client.Do(s); err != nil {
		p.world.fault("%s: %v", p.name, err)
		return
	}
	p.world.record(p.name, p.lives, Accepted{s.Text.String()})
}

// settled reports whether nothing waits and everything was seen, as far as
// the person's client can be asked.
func (p *person) settled(heads map[chatnet.RoomID]chatnet.Seq) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.alive() == nil || len(p.queued) > 0 || len(p.rooms) == 0 {
		return false
	}
	for id := range p.rooms {
		if p.at[id] != heads[id] {
			return false
		}
	}
	return true
}

// settle is how often one looks whether all is quiet.
const settle = 250 * time.Millisecond
