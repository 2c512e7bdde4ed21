package client

import (
	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// batch is events of one room that came one after the other, not yet stored
// and told.
type batch struct {
	room   *room
	events []chatnet.Event
}

// receive takes what was read; ok is false at the connection's end.
func (e *engine) receive(data []byte, ok bool) {
	c := e.conn
	if !ok {
		why := lost(c.fault)
		if !c.greeted {
			why = silent(e.c.cfg.Address, c.first, true)
		}
		e.drop(why)
		return
	}
	c.heard, c.pinged = e.wall(), false
	if !c.greeted && len(c.first) < 16 {
		c.first = append(c.first, data[:min(len(data), 16)]...)
	}
	all, err := c.reader.Feed(data)
	for _, in := range all {
		e.take(in)
		if e.conn == nil {
			return // what follows is of a connection that is over
		}
	}
	switch {
	case err != nil && !c.greeted:
		e.drop(silent(e.c.cfg.Address, c.first, false).Because(err))
	case err != nil:
		e.drop(chatnet.AsError(err))
	}
}

// take takes one thing that the server says.
func (e *engine) take(in native.Incoming) {
	if _, ok := in.(native.Event); !ok {
		e.flush()
	}
	switch in := in.(type) {
	case native.Reply:
		e.reply(in.Reply)
	case native.Entered:
		e.enter(in.RoomInfo)
	case native.Event:
		e.apply(in.Event)
	case native.Exited:
		e.exit(in.RoomID)
	case native.Signal:
		e.signal(in.Signal)
	case native.Bye:
		e.drop(in.Error)
	case native.Ping:
		if !e.conn.full() {
			e.conn.buf = native.AppendPong(e.conn.buf)
		}
	case native.Pong:
	}
}

// maxGaps is how often in a row a room's cursor may lead to a gap before the
// room is begun anew.
const maxGaps = 3

// apply takes an event if it continues the room's chain (DELIVERY R2).
func (e *engine) apply(ev chatnet.Event) {
	r := e.c.cache.rooms[ev.Room]
	switch {
	case r == nil:
		return // the room was exited; what was on its way is not ours any more
	case r != e.batch.room:
		e.flush()
		e.batch.room = r
	}
	at := r.cursor
	if n := len(e.batch.events); n > 0 {
		at = e.batch.events[n-1].Seq
	}
	switch {
	case ev.Seq <= at:
	case ev.Prev != at:
		if r.gaps++; r.gaps >= maxGaps {
			r.blind = true
		}
		e.drop(&chatnet.Error{Code: chatnet.CodeProtocol, Text: "events are missing; asking again", Retry: true})
	default:
		r.gaps = 0
		e.batch.events = append(e.batch.events, ev)
		if len(e.batch.events) == maxBatch {
			e.flush()
		}
	}
}

// flush stores and tells the batch. Its own messages in it are settled.
func (e *engine) flush() {
	r, evs := e.batch.room, e.batch.events
	e.batch = batch{}
	if len(evs) == 0 {
		return
	}
	r.store(evs)
	for _, ev := range evs {
		if !ev.Origin.IsZero() {
			e.c.out.stored(ev.Origin, ev.Room, ev.Seq)
		}
		if set, ok := ev.Body.(chatnet.TopicSet); ok {
			r.info.Topic, r.dirty = set.Topic, true
		}
	}
	e.showOutbox()
	e.emit(chatnet.Arrived{Room: r.info.ID, Events: evs})
}

// signal passes a signal on, and keeps what of it the next start wants to know.
func (e *engine) signal(s chatnet.Signal) {
	switch s := s.(type) {
	case chatnet.ReadMoved:
		e.read(s.Room, s.Seq)
	case chatnet.SelfChanged:
		e.c.SetNick(s.Nick)
	case chatnet.PresenceChanged, chatnet.Typing, chatnet.KnocksChanged:
	}
	e.emit(chatnet.Signalled{Signal: s})
}

// read notes a read mark.
func (e *engine) read(id chatnet.RoomID, seq chatnet.Seq) {
	if r := e.c.cache.rooms[id]; r != nil && seq > r.info.Read {
		r.info.Read, r.dirty = seq, true
	}
}
