package room

import (
	"slices"
	"strings"

	"tchat/chatnet"
)

// State is an ordinary room as its log has made it.
type State struct {
	made    chatnet.RoomMade
	topic   chatnet.Text
	head    chatnet.Seq
	count   int
	members table[chatnet.UserID, face]
	names   table[chatnet.UserID, chatnet.Nick] // of a direct room's two, even when gone
	devs    table[chatnet.Dev, *window]
	gone    []chatnet.Seq // the messages redacted last, see message
}

// face is how a room knows a member.
type face struct {
	nick chatnet.Nick
	role chatnet.Role
}

// New returns the state of a room that was just made.
func New(made chatnet.RoomMade) *State { return &State{made: made} }

// Draft returns a tentative copy that costs next to nothing: it reads through
// to s, which must not change while the draft is in use.
func (s *State) Draft() *State {
	d := *s
	d.members, d.names, d.devs = s.members.draft(), s.names.draft(), s.devs.draft()
	return &d
}

// Apply takes one stored event. An event of a kind that rooms do not have
// changes only the head.
func (s *State) Apply(ev chatnet.Event) {
	s.head = max(s.head, ev.Seq)
	switch b := ev.Body.(type) {
	case chatnet.Said, chatnet.Edited:
		s.noteOrigin(ev)
	case chatnet.Redacted:
		s.noteGone(b.Target)
	case chatnet.Joined:
		if !s.members.has(b.User) {
			s.count++
		}
		s.members.set(b.User, face{nick: b.Nick, role: b.Role})
		s.remember(b.User, b.Nick)
	case chatnet.Parted:
		if s.members.has(b.User) {
			s.count--
			s.members.drop(b.User)
		}
	case chatnet.Renamed:
		if f, ok := s.members.get(b.User); ok {
			s.members.set(b.User, face{nick: b.Nick, role: f.role})
			s.remember(b.User, b.Nick)
		}
	case chatnet.TopicSet:
		s.topic = b.Topic
	case chatnet.Reacted, chatnet.Registered, chatnet.NickSet, chatnet.RoleSet, chatnet.RoomMade, chatnet.Forgotten:
	}
}

func (s *State) remember(user chatnet.UserID, nick chatnet.Nick) {
	if s.made.Kind == chatnet.KindDirect {
		s.names.set(user, nick)
	}
}

// ID returns the room's id.
func (s *State) ID() chatnet.RoomID { return s.made.New }

// Name returns the room's name, zero for a direct room.
func (s *State) Name() chatnet.RoomName { return s.made.Name }

// Kind returns the room's kind.
func (s *State) Kind() chatnet.RoomKind { return s.made.Kind }

// Topic returns what the room is about.
func (s *State) Topic() chatnet.Text { return s.topic }

// Head returns the seq of the last event that was applied.
func (s *State) Head() chatnet.Seq { return s.head }

// Count returns how many members there are.
func (s *State) Count() int { return s.count }

// Has reports whether user is a member.
func (s *State) Has(user chatnet.UserID) bool { return s.members.has(user) }

// Nick returns what the room calls a user, zero when it does not know them.
func (s *State) Nick(user chatnet.UserID) chatnet.Nick {
	if f, ok := s.members.get(user); ok {
		return f.nick
	}
	nick, _ := s.names.get(user)
	return nick
}

// Other returns the other user of a direct room; empty for other rooms and
// for users who are not one of the two.
func (s *State) Other(user chatnet.UserID) chatnet.UserID {
	switch {
	case s.made.Kind != chatnet.KindDirect:
		return ""
	case s.made.With[0] == user:
		return s.made.With[1]
	case s.made.With[1] == user:
		return s.made.With[0]
	}
	return ""
}

// Members returns the members by nick, as far as the room knows them: their
// role is the one they joined with, their presence empty.
func (s *State) Members() []chatnet.Member {
	list := make([]chatnet.Member, 0, s.count)
	for user, f := range s.members.all() {
		list = append(list, chatnet.Member{User: user, Nick: f.nick, Role: f.role})
	}
	slices.SortFunc(list, func(a, b chatnet.Member) int {
		return strings.Compare(a.Nick.Key()+"\x00"+string(a.User), b.Nick.Key()+"\x00"+string(b.User))
	})
	return list
}
