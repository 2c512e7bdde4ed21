package line

import (
	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// Hear turns what the hub has into writes, and does the lines that waited for
// it.
func (t *Talk) Hear(d chatnet.Delivery) wire.Step {
	if t.state == over {
		return t.Step()
	}
	for _, r := range d.Replies {
		t.reply(r)
	}
	for _, info := range d.Entered {
		t.entered(info)
	}
	for _, ev := range d.Events {
		t.event(ev)
	}
	for _, id := range d.Exited {
		t.exited(id)
	}
	for _, sig := range d.Signals {
		t.signal(sig)
	}
	if d.Bye != nil {
		t.state = over
		t.voice.Ended(d.Bye)
		return t.Step()
	}
	t.pump()
	return t.Step()
}

// reply takes the answer to a hello or to a call.
func (t *Talk) reply(r chatnet.Reply) {
	switch w := r.Answer.(type) {
	case chatnet.Waiting:
		t.wait()
		return
	case chatnet.Welcome:
		t.welcome(w)
		return
	default: // to a call, or a refusal
	}
	if r.ID == 0 {
		if t.state == entering && r.Err != nil {
			t.state = outside
			t.voice.Refused(r.Err)
		}
		return
	}
	c, ok := t.calls[r.ID]
	if !ok {
		return
	}
	delete(t.calls, r.ID)
	if say, ok := c.request.(chatnet.Say); ok {
		t.said(say, r.Err)
		return
	}
	if !c.quiet {
		t.alone = false
	}
	switch {
	case r.Err == nil:
		t.answer(c, r.Answer)
	case !c.quiet:
		t.Tell(r.Err.Text)
	}
}

// said takes the reply to a message. One that was stored comes back as an
// event; of one that was not, the peer is told.
func (t *Talk) said(say chatnet.Say, err *chatnet.Error) {
	t.says--
	if err == nil {
		return
	}
	t.again = t.again || err.Retry
	text := []rune(chatnet.CleanLine(say.Text.String()).String())
	if len(text) > 40 {
		text = append(text[:40], []rune("...")...)
	}
	t.Tell("not sent: " + string(text) + " (" + err.Text + ")")
}

// wait says that the host is being asked, and keeps what was typed so far.
func (t *Talk) wait() {
	t.state = knocking
	t.Tell("the host is being asked to let you in; what you type meanwhile is sent then")
	if len(t.lines) > maxWaiting {
		t.lines = t.lines[:maxWaiting]
		t.tooMany()
	}
}

// welcome begins the talk in the room that was asked for, or the lobby.
func (t *Talk) welcome(w chatnet.Welcome) {
	t.state, t.user, t.nick = inside, w.User, w.Nick
	for _, info := range w.Rooms {
		t.rooms[info.ID] = newRoom(info)
	}
	t.voice.Welcomed(w)
	if t.state != inside {
		return
	}
	id, ok := t.find(t.asked)
	if !ok {
		id, ok = t.find(chatnet.Lobby())
	}
	if ok {
		t.goTo(t.rooms[id])
	}
	if _, ok := t.find(t.asked); !ok && !t.asked.IsZero() {
		t.ask(call{request: chatnet.Join{Name: t.asked}}) // the answer says why not
	}
}
