package chatnet

import "time"

// Update is what a client gives its front end. Any front end: a Bubble Tea
// program takes it as a message as it stands. The set is closed.
//
//sumtype:decl
type Update interface{ update() }

// LinkState is what a client knows of its connection.
type LinkState string

// The states of a link.
const (
	LinkDialling  LinkState = "dialling"
	LinkUntrusted LinkState = "untrusted" // waits for a word about the server's key
	LinkKnocking  LinkState = "knocking"  // waits for the host's yes
	LinkUp        LinkState = "up"
	LinkWaiting   LinkState = "waiting" // will dial again at Next
	LinkRefused   LinkState = "refused" // will not dial again by itself
)

type (
	// LinkChanged says how the link is. Err says why, where there is a why.
	LinkChanged struct {
		State       LinkState
		Since       time.Time // when it became so; for waiting, when the link was lost
		Next        time.Time // the next try, when waiting
		Secure      bool      // encrypted
		Fingerprint string    // of the server's key, when untrusted or up
		Known       string    // the fingerprint that was expected, when it changed
		Err         *Error
	}

	// Welcomed says that the session is up: the user's rooms as the server has
	// them. It replaces what the front end knew of rooms; rooms not in it are
	// gone.
	Welcomed struct{ Welcome Welcome }

	// RoomEntered says that the user is in one more room.
	RoomEntered struct{ Info RoomInfo }

	// RoomExited says that the user is in one room less.
	RoomExited struct{ Room RoomID }

	// RoomReset says that what was shown of a room is not connected to what
	// comes: drop it.
	RoomReset struct{ Room RoomID }

	// Arrived brings events of one room, in order, right behind those that came
	// before. Cached marks those from this machine's own cache.
	Arrived struct {
		Room   RoomID
		Events []Event
		Cached bool
	}

	// PageLoaded brings older events, ascending, that end right before the
	// oldest that the front end has. More says that there is history before it.
	PageLoaded struct {
		Room   RoomID
		Events []Event
		More   bool
		Err    *Error
	}

	// Queued says that a message is safe in the outbox and not yet stored by
	// the server.
	Queued struct{ Say Say }

	// Settled says that a message left the outbox: stored under Seq, or refused
	// for good with Err, its text in Say.
	Settled struct {
		Say  Say
		Room RoomID
		Seq  Seq
		Err  *Error
	}

	// Answered brings the reply to a request that Do took, other than Say and
	// History.
	Answered struct {
		Request Request
		Reply   Reply
	}

	// Signalled brings a signal.
	Signalled struct{ Signal Signal }
)

func (LinkChanged) update() {}
func (Welcomed) update()    {}
func (RoomEntered) update() {}
func (RoomExited) update()  {}
func (RoomReset) update()   {}
func (Arrived) update()     {}
func (PageLoaded) update()  {}
func (Queued) update()      {}
func (Settled) update()     {}
func (Answered) update()    {}
func (Signalled) update()   {}
