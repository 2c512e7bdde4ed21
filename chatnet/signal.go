package chatnet

// Signal is a fleeting fact: never stored, only the latest value per key is
// worth anything, and it may be lost. The set is closed.
//
//sumtype:decl
type Signal interface{ signal() }

type (
	// PresenceChanged says whether a user is reachable. It goes to everybody
	// who shares a room with the user.
	PresenceChanged struct {
		User     UserID
		Nick     Nick
		Presence Presence
		Away     Text
	}

	// Typing says that somebody is writing.
	Typing struct {
		Room RoomID
		User UserID
		Nick Nick
		On   bool
	}

	// ReadMoved tells a user's other sessions what was read in this one.
	ReadMoved struct {
		Room RoomID
		Seq  Seq
	}

	// KnocksChanged tells those who may admit who is waiting now, all of them.
	KnocksChanged struct{ Knocks []Knock }

	// SelfChanged tells a user's sessions of a change of their own nick or
	// server role.
	SelfChanged struct {
		Nick Nick
		Role Role
	}
)

func (PresenceChanged) signal() {}
func (Typing) signal()          {}
func (ReadMoved) signal()       {}
func (KnocksChanged) signal()   {}
func (SelfChanged) signal()     {}
