package sim

import "tchat/chatnet"

// front is the front end's goroutine: it takes the client's updates, unless it
// looks away, and writes down what the person sees.
func (l *personLife) front() {
	for u := range l.client.Updates() {
		l.mu.Lock()
		for l.paused && !l.deaf {
			l.look.Wait()
		}
		deaf := l.deaf
		l.mu.Unlock()
		if !deaf {
			l.saw(u)
		}
	}
}

// pause makes the front end look away, or look again.
func (l *personLife) pause(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.paused = on
	l.look.Broadcast()
}

// blind makes the front end see nothing more.
func (l *personLife) blind() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deaf = true
	l.look.Broadcast()
}

func (l *personLife) saw(u chatnet.Update) {
	p := l.p
	p.mu.Lock()
	defer p.mu.Unlock()
	tell := func(x What) { p.world.tell(p.name, l.n, x) }
	switch u := u.(type) {
	case chatnet.LinkChanged:
		l.linked = true
		if u.State == chatnet.LinkRefused {
			tell(Refused{chatnet.CodeOf(u.Err)})
		}
	case chatnet.Welcomed:
		p.user = u.Welcome.User
		tell(Known{u.Welcome.User})
		for _, info := range u.Welcome.Rooms {
			tell(Entered{Info: info})
			p.enter(info, info.After)
		}
	case chatnet.RoomEntered:
		tell(Entered{Info: u.Info, Cached: !l.linked})
		at := u.Info.After
		if !l.linked {
			at = u.Info.Head
		}
		p.enter(u.Info, at)
	case chatnet.RoomExited:
		tell(Exited{u.Room})
		delete(p.rooms, u.Room)
		delete(p.at, u.Room)
	case chatnet.RoomReset:
		tell(Reset{u.Room})
		p.at[u.Room] = p.rooms[u.Room].After
	case chatnet.Arrived:
		tell(Shown{Room: u.Room, Events: u.Events, Cached: u.Cached})
		p.at[u.Room] = u.Events[len(u.Events)-1].Seq
	case chatnet.PageLoaded:
		if u.Err == nil {
			tell(Paged{u.Room, u.Events})
		}
	case chatnet.Queued:
		p.queued[u.Say.Origin] = true
		tell(Queued{u.Say.Origin, u.Say.Text.String()})
	case chatnet.Settled:
		delete(p.queued, u.Say.Origin)
		s := Settled{Origin: u.Say.Origin, Room: u.Room, Seq: u.Seq}
		if u.Err != nil {
			s.Code = u.Err.Code
		}
		tell(s)
	case chatnet.Answered, chatnet.Signalled:
	}
}

// enter notes a room; what was shown of it before stays shown.
func (p *person) enter(info chatnet.RoomInfo, at chatnet.Seq) {
	if _, known := p.at[info.ID]; !known {
		p.at[info.ID] = at
	}
	p.rooms[info.ID] = info
}
