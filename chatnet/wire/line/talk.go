package line

import (
	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// The bounds of a Talk.
const (
	maxWaiting = 20 // lines kept while the host is being asked
	maxLines   = 64 // lines kept at which no more are read
	maxSays    = 16 // messages on their way at once
	maxKnown   = 1000
)

// state is how far a talk has come.
type state byte

const (
	outside  state = 'o' // no hello yet
	entering state = 'e' // a hello is on its way
	knocking state = 'k' // the host is being asked
	inside   state = 'i'
	over     state = 'x'
)

// Talk is one connection's talk with the hub. Its methods but Hear, Deliver,
// Ping and Owing are for the dialect; what they bring about is gathered until
// Step takes it.
type Talk struct {
	Backlog int // lines of history that are shown on entering a room; 0: none

	voice Voice
	state state
	step  wire.Step

	user  chatnet.UserID
	nick  chatnet.Nick
	away  bool
	asked chatnet.RoomName // by the hello
	rooms map[chatnet.RoomID]*room
	here  *room          // where lines go; nil when no room is open
	going chatnet.RoomID // the room to go to when it is known

	lines   []string // typed, not yet done
	dropped bool     // too many were typed while the host was being asked
	calls   map[uint64]call
	last    uint64 // the last call's id
	says    int    // messages on their way
	alone   bool   // a call is on its way that nothing overtakes
	again   bool   // the next message is a new try
}

// room is a room that the user is in.
type room struct {
	info    chatnet.RoomInfo
	since   chatnet.Seq // when the user came in; 0 if not known
	settled bool        // all from before the user's coming was told has come
	held    []chatnet.Event
	recent  []heard     // the last messages, for quotes
	last    chatnet.Seq // the last event that came
	oldest  chatnet.Seq // the first one that was shown
	members map[chatnet.UserID]chatnet.Member
}

// call is a request on its way.
type call struct {
	request chatnet.Request
	quiet   bool // the talk's own: nobody asked for it
}

// New returns a talk in a voice.
func New(v Voice) *Talk {
	return &Talk{
		voice: v, state: outside,
		rooms: map[chatnet.RoomID]*room{}, calls: map[uint64]call{},
	}
}

// Step takes what was gathered.
func (t *Talk) Step() wire.Step {
	s := t.step
	t.step = wire.Step{}
	s.Hold = len(t.lines) >= maxLines && t.state == inside || t.state == entering
	return s
}

// Enter says hello as nick, for a room beside the lobby if one is given.
func (t *Talk) Enter(nick chatnet.Nick, name chatnet.RoomName) {
	t.state, t.nick, t.asked = entering, nick, name
	t.step.Hello = &chatnet.Hello{Client: chatnet.CleanLine("a line client"), Nick: nick, Room: name}
}

// Inside reports whether the peer was welcomed and is not yet gone.
func (t *Talk) Inside() bool { return t.state == inside }

// Outside reports whether the peer has to say who it is: no hello is under way.
func (t *Talk) Outside() bool { return t.state == outside }

// Nick returns what the peer is called, or asked to be called.
func (t *Talk) Nick() chatnet.Nick { return t.nick }

// Room returns the name of the room that is open, zero when there is none.
func (t *Talk) Room() chatnet.RoomName {
	if t.here == nil {
		return chatnet.RoomName{}
	}
	return t.here.info.Name
}

// Write writes.
func (t *Talk) Write(ws ...wire.Write) { t.step.Writes = append(t.step.Writes, ws...) }

// Tell writes a notice.
func (t *Talk) Tell(text string) { t.Write(t.voice.Notice(text)...) }

// Over ends the connection behind what was written.
func (t *Talk) Over() {
	t.state = over
	t.step.End = true
}

// Leave ends the session in the peer's own words. The hub says the goodbye.
func (t *Talk) Leave(reason chatnet.Text) {
	if t.state == inside || t.state == knocking {
		t.ask(call{request: chatnet.Quit{Reason: reason}})
		return
	}
	t.Over()
}

// Owing reports whether something typed is not answered yet.
func (t *Talk) Owing() bool {
	return t.state == entering || t.state == inside && (len(t.lines) > 0 || t.says > 0 || t.alone)
}

// Ping returns nil: a line client answers nothing.
func (t *Talk) Ping() []byte { return nil }

// Deliver is Hear for callers that take bytes only.
func (t *Talk) Deliver(d chatnet.Delivery) []byte {
	var out []byte
	for _, w := range t.Hear(d).Writes {
		out = append(out, w.Bytes...)
	}
	return out
}

// Probe returns what is written to a peer that may have left without a sign,
// when somebody wants its name (C11).
func (t *Talk) Probe() []wire.Write {
	return t.voice.Notice("somebody else wants to come in as " + t.nick.String() + "; the name stays yours")
}

// ask sends a request.
func (t *Talk) ask(c call) {
	t.last++
	t.calls[t.last] = c
	switch c.request.(type) {
	case chatnet.Say:
		t.says++
	case chatnet.Quit: // has no reply
		delete(t.calls, t.last)
		t.alone = true
	default:
		t.alone = t.alone || !c.quiet
	}
	t.step.Calls = append(t.step.Calls, chatnet.Call{ID: t.last, Request: c.request})
}
