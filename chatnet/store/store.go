// Package store is the contract of a durable log: what the hub needs to keep
// rooms, and nothing of how it is kept. One folder below is one store; each
// passes the suite in storetest.
//
// A store is used by many goroutines at once. Each room has one writer (its
// room's goroutine), but another node may write the same log: then Append
// answers a conflict, and the writer reads what it missed and decides again.
package store

import (
	"context"

	"tchat/chatnet"
)

// Log keeps the events of rooms, each room's in the order of their seqs.
type Log interface {
	// Append stores evs behind last, the newest seq that the writer knows (0 for
	// an empty log), and returns them with Seq and Prev filled in. It returns
	// only when they are on stable storage, all of them or none.
	//
	// The error has one of these codes: CodeConflict, the log is already past
	// last; CodeBusy, the store's queue is full; CodeStorageFull; CodeStorage,
	// the disk failed and nothing more will be stored by this process;
	// CodeShutdown, the store is closed. An origin that the room has already is
	// CodeConflict too. When ctx ends while the events wait, they are not stored and
	// the error is CodeBusy around the context's cause; once they are being written,
	// Append waits for the disk. CodeInternal is an event without a body.
	//
	// With a Redacted event, in the same transaction, the words of its target
	// go: the target, if it is a message, and every edit of it are Masked from
	// then on, whoever reads them.
	Append(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error)

	// Read returns at most limit events after a seq, ascending; empty at the head.
	Read(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error)

	// ReadBack returns the newest limit events before a seq, ascending; a zero
	// before means from the head.
	ReadBack(ctx context.Context, room chatnet.RoomID, before chatnet.Seq, limit int) ([]chatnet.Event, error)

	// Head returns the room's newest position; Seq 0 for an empty or unknown
	// room, with the epoch that its first event will have.
	Head(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error)

	// ByOrigin returns the event of a room that came from an origin, and whether
	// there is one.
	ByOrigin(ctx context.Context, room chatnet.RoomID, o chatnet.Origin) (chatnet.Event, bool, error)
}

// Marks keeps how far each user has read each room.
type Marks interface {
	// Mark raises a read mark; a lower seq than the stored one changes nothing.
	// It returns when the mark is on stable storage.
	Mark(ctx context.Context, user chatnet.UserID, room chatnet.RoomID, seq chatnet.Seq) error

	// Marks returns all marks of a user.
	Marks(ctx context.Context, user chatnet.UserID) (map[chatnet.RoomID]chatnet.Seq, error)
}

// Store is what a server keeps its life in.
type Store interface {
	Log
	Marks

	// Durability says what a return from Append means: "disk", "quorum" or
	// "process" (DELIVERY S3).
	Durability() string

	// Close waits for what was accepted to be stored and releases everything.
	// Calls after it answer CodeShutdown.
	Close() error
}
