package chatnet

import "errors"

// Code names a kind of failure for programs. Every dialect maps it to its own
// reply; the words travel beside it. Codes are part of the protocol and never
// change their meaning.
type Code string

// The codes, and when each is returned.
const (
	CodeBadRequest   Code = "bad-request"   // the request breaks a rule that its text names
	CodeProtocol     Code = "protocol"      // the bytes are not the dialect; the connection ends
	CodeTooLong      Code = "too-long"      // a size limit; the text names it
	CodeNickTaken    Code = "nick-taken"    // somebody else has this nick
	CodeBadNick      Code = "bad-nick"      // the nick breaks a rule that its text names
	CodeBadRoom      Code = "bad-room"      // the room name breaks a rule that its text names
	CodeNoRoom       Code = "no-such-room"  // no room of that name or id that this user may see
	CodeNoUser       Code = "no-such-user"  // nobody on this server has that nick
	CodeNotMember    Code = "not-a-member"  // join the room first
	CodeForbidden    Code = "forbidden"     // the role does not allow it
	CodeExists       Code = "exists"        // there is one already
	CodeRefused      Code = "refused"       // the host said no to a knock
	CodeReplaced     Code = "replaced"      // a newer connection of the same client took over
	CodeQuit         Code = "quit"          // the session ended because its user asked for it
	CodeOriginReused Code = "origin-reused" // the same origin with another room or text
	CodeBusy         Code = "busy"          // a queue is full; try again
	CodeStorageFull  Code = "storage-full"  // the disk is full; try again
	CodeStorage      Code = "storage"       // the disk failed; the server is read-only
	CodeShutdown     Code = "shutting-down" // the server is going; try again when it is back
	CodeOffline      Code = "offline"       // the client has no link just now
	CodeUntrusted    Code = "untrusted"     // the server's key is unknown or has changed
	CodeUnreachable  Code = "unreachable"   // no server answers at that address
	CodeNotTchat     Code = "not-tchat"     // something answers there, but no tchat server
	CodeConflict     Code = "conflict"      // the log has moved on: read what was missed, decide again
	CodeBadCursor    Code = "bad-cursor"    // the cursor is of another epoch or past the head
	CodeInternal     Code = "internal"      // a defect of ours; the log has more
)

// Error is a failure with a code for machines and a text for people. The text
// is lower case, without a full stop, and says what to do where that helps.
type Error struct {
	Code  Code
	Text  string
	Retry bool  // the same request may succeed later, unchanged
	Err   error // the cause, for logs; never sent to a peer
}

// E returns an Error that a retry cannot help, unless code is one of those
// that always may pass by themselves (busy, storage-full, storage,
// shutting-down, offline, conflict).
func E(code Code, text string) *Error {
	retry := false
	switch code {
	case CodeBusy, CodeStorageFull, CodeStorage, CodeShutdown, CodeOffline, CodeConflict:
		retry = true
	}
	return &Error{Code: code, Text: text, Retry: retry}
}

// Because returns a copy of e that wraps cause.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.Err = cause
	return &c
}

// Error returns the text for people.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Text + ": " + e.Err.Error()
	}
	return e.Text
}

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an Error of the same code, so that
// errors.Is(err, chatnet.E(chatnet.CodeBusy, "")) asks for the kind.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf returns the code of the first Error that err wraps, CodeInternal when
// there is none, and "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return AsError(err).Code
}

// AsError returns the first Error that err wraps, or an internal Error around
// err whose text says nothing of its insides. It returns nil for nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: CodeInternal, Text: "the server failed at this request", Err: err}
}
