package chatnet

import "time"

// Event is a fact recorded in a room's log. Once stored it never changes, but
// for one thing: what was said and then redacted is taken out of it (Masked).
//
// Seq and Prev are given by the store when the event is appended; before that
// they are zero. Prev is the Seq of the event before it in the same room, 0 for
// the first, so that a reader notices a gap (DELIVERY R2).
//
// Body is nil in a client when a newer server recorded a kind that it does not
// know: the event counts, and there is nothing to show.
type Event struct {
	Room   RoomID
	Seq    Seq
	Prev   Seq
	At     time.Time // UTC, whole milliseconds
	By     UserID    // who did it
	Nick   Nick      // By's nick at that time; zero for the operator
	Origin Origin    // zero when no client asked for it
	Body   Body
}

// Body is what an event says happened. The set is closed: a switch over it
// names every kind.
//
//sumtype:decl
type Body interface{ body() }

// The bodies of an ordinary room's events.
type (
	// Said is a message. One without a text was redacted: only the mark is left
	// that something was said.
	Said struct {
		Text  Text
		Color Color
		Me    bool // "/me waves": told in the third person
		Reply Seq  // the message that it answers, 0 for none
	}

	// Edited says that the message Target reads Text from here on. Without a text
	// the message was redacted.
	Edited struct {
		Target Seq
		Text   Text
	}

	// Redacted says that the text of the message Target is gone, in every log
	// and for everybody. By is who took it away.
	Redacted struct {
		Target Seq
		Reason Text
	}

	// Reacted says that By put Emoji to the message Target, or took it back. Of
	// several for the same user, emoji and message the last one counts.
	Reacted struct {
		Target Seq
		Emoji  Emoji
		On     bool
	}

	// Joined says that User is a member from here on. By is User, or whoever
	// let them in.
	Joined struct {
		User UserID
		Nick Nick
		Role Role
	}

	// Parted says that User is no member any more.
	Parted struct {
		User   UserID
		Reason Text
	}

	// Renamed says that a member is called Nick from here on.
	Renamed struct {
		User UserID
		Nick Nick
	}

	// TopicSet says what the room is about from here on.
	TopicSet struct{ Topic Text }
)

// The bodies of HubRoom's events.
type (
	// Registered says that User exists, under Nick, with a role on the server.
	Registered struct {
		User UserID
		Nick Nick
		Role Role
	}

	// NickSet says that User is called Nick on the whole server.
	NickSet struct {
		User UserID
		Nick Nick
	}

	// RoleSet says that User has Role on the whole server.
	RoleSet struct {
		User UserID
		Role Role
	}

	// RoomMade says that the room New exists. With names the two users of a
	// direct room and is zero for other kinds.
	RoomMade struct {
		New  RoomID
		Name RoomName
		Kind RoomKind
		With [2]UserID
	}

	// Forgotten says that a guest without a token is gone for good: the nick is
	// free again.
	Forgotten struct{ User UserID }
)

func (Said) body()       {}
func (Edited) body()     {}
func (Redacted) body()   {}
func (Reacted) body()    {}
func (Joined) body()     {}
func (Parted) body()     {}
func (Renamed) body()    {}
func (TopicSet) body()   {}
func (Registered) body() {}
func (NickSet) body()    {}
func (RoleSet) body()    {}
func (RoomMade) body()   {}
func (Forgotten) body()  {}

// Redacted reports whether what was said is gone.
func (s Said) Redacted() bool { return s.Text.IsZero() }

// Redacted reports whether what was said is gone.
func (e Edited) Redacted() bool { return e.Text.IsZero() }

// Words reports whether the event holds words of the message at target: it is
// that message, or an edit of it.
func (ev Event) Words(target Seq) bool {
	switch b := ev.Body.(type) {
	case Said:
		return ev.Seq == target
	case Edited:
		return b.Target == target
	default:
		return false
	}
}

// Masked returns the event as it stands in the log when its message was
// redacted: who and when, and nothing of what was said. Other kinds stay.
func (ev Event) Masked() Event {
	switch b := ev.Body.(type) {
	case Said:
		ev.Body = Said{}
	case Edited:
		ev.Body = Edited{Target: b.Target}
	default:
	}
	return ev
}
