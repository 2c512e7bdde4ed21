package chatnet

// Request is what a session asks. The set is closed: a switch over it names
// every kind. A dialect parses it, package room decides it, nobody else judges.
//
//sumtype:decl
type Request interface{ request() }

type (
	// Say stores a message in Room, or, when Room is empty, in the direct room
	// with the user called To. Answered by Stored.
	//
	// With Edits it is no new message: Text takes the place of what the sender
	// said at that seq, and is stored as Edited. An edit goes the way of a
	// message, outbox and origin included, so that none is lost or done twice.
	// Reply and Edits need a Room.
	//
	// Again marks the first message of a new try: after a refusal that a retry
	// may help, a session's messages are refused until one comes with Again, so
	// that a later one can never overtake an earlier one.
	Say struct {
		Room   RoomID
		To     Nick
		Origin Origin
		Text   Text
		Color  Color
		Me     bool
		Reply  Seq // the message that it answers, 0 for none
		Edits  Seq // one's own message that it corrects, 0 for a new one
		Again  bool
	}

	// Redact takes away the text of a message: the sender's own, or, for
	// moderators, anybody's. Answered by Done.
	Redact struct {
		Room   RoomID
		Target Seq
		Reason Text
	}

	// React puts an emoji to a message, or takes it back. Answered by Done.
	React struct {
		Room   RoomID
		Target Seq
		Emoji  Emoji
		On     bool
	}

	// Join makes the sender a member of an open room, which is made if it does
	// not exist. Answered by Entered.
	Join struct{ Name RoomName }

	// Create makes a room that must not exist yet. Answered by Entered.
	Create struct {
		Name    RoomName
		Private bool
	}

	// Invite makes another user a member of a room. Answered by Done.
	Invite struct {
		Room RoomID
		Nick Nick
	}

	// Part ends the sender's membership. Answered by Done.
	Part struct{ Room RoomID }

	// SetTopic says what a room is about. Answered by Done.
	SetTopic struct {
		Room  RoomID
		Topic Text
	}

	// SetNick renames the sender on the whole server. Answered by Done.
	SetNick struct{ Nick Nick }

	// SetRole gives another user a role on the server. Answered by Done.
	SetRole struct {
		Nick Nick
		Role Role
	}

	// SetAway says that the person is not at the screen, or is back.
	// Answered by Done.
	SetAway struct {
		Away bool
		Text Text
	}

	// OpenDirect opens the direct room with a user, who may be offline.
	// Answered by Entered.
	OpenDirect struct{ With Nick }

	// ListRooms asks for the rooms that one may join. Answered by RoomList.
	ListRooms struct{}

	// ListMembers asks who is in a room. Answered by MemberList.
	ListMembers struct{ Room RoomID }

	// Whois asks about one user. Answered by UserInfo.
	Whois struct{ Nick Nick }

	// History asks for the events before a seq, the newest Limit of them; a
	// zero Before means from the head. Answered by Page.
	History struct {
		Room   RoomID
		Before Seq
		Limit  int
	}

	// Search asks for the newest messages that Text finds, see ParseQuery, in all
	// rooms of which one is a member; a zero Limit means 50, more than MaxHits is
	// refused. Answered by Hits.
	Search struct {
		Text  Text
		Limit int
	}

	// MarkRead says that the person has read a room up to Seq. Marks only rise.
	// Answered by Done.
	MarkRead struct {
		Room RoomID
		Seq  Seq
	}

	// Type says that the person is writing in a room, or stopped. Answered by
	// Done; others get a Typing signal.
	Type struct {
		Room RoomID
		On   bool
	}

	// ListKnocks asks who is waiting to be let in. Answered by KnockList.
	ListKnocks struct{}

	// Admit lets a waiting user in. Answered by Done.
	Admit struct{ Nick Nick }

	// Refuse sends a waiting user away. Answered by Done.
	Refuse struct {
		Nick   Nick
		Reason Text
	}

	// Quit ends the session, in one's own words. It has no reply.
	Quit struct{ Reason Text }
)

func (Say) request()         {}
func (Redact) request()      {}
func (React) request()       {}
func (Join) request()        {}
func (Create) request()      {}
func (Invite) request()      {}
func (Part) request()        {}
func (SetTopic) request()    {}
func (SetNick) request()     {}
func (SetRole) request()     {}
func (SetAway) request()     {}
func (OpenDirect) request()  {}
func (ListRooms) request()   {}
func (ListMembers) request() {}
func (Whois) request()       {}
func (History) request()     {}
func (Search) request()      {}
func (MarkRead) request()    {}
func (Type) request()        {}
func (ListKnocks) request()  {}
func (Admit) request()       {}
func (Refuse) request()      {}
func (Quit) request()        {}

// Call is a request with the number under which its reply comes back. The
// caller chooses the number; a dialect without numbers uses 0.
type Call struct {
	ID      uint64
	Request Request
}

// Hello is how a session begins.
type Hello struct {
	Client  Text     // the program and its version, for logs
	Dev     Dev      // the client installation; 0 for a program without an outbox
	Nick    Nick     // the wanted nick; ignored when the user already has one on this server
	Token   string   // a guest's secret, 22 or more characters, so that a later session is the same user
	Room    RoomName // a room to join beside the lobby, or zero
	Cursors []Cursor // how far this client has come, at most MaxCursors
}
