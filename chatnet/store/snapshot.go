package store

import (
	"context"

	"tchat/chatnet"
)

// Snapshots is what a store may be able to do beside: keep, for each room, the
// newest snapshot of what its log has made, so that a start need not read the
// log from the beginning. A snapshot is a shortcut and never the truth: one
// that is lost or of no use costs time alone.
type Snapshots interface {
	// SaveSnapshot keeps data as what the room's log up to a seq has made, in
	// place of what was kept for the room before. The event at that seq is stored
	// already.
	SaveSnapshot(ctx context.Context, room chatnet.RoomID, at chatnet.Seq, data []byte) error

	// LoadSnapshot returns the room's snapshot and its seq; 0 when there is none,
	// or none that is sound.
	LoadSnapshot(ctx context.Context, room chatnet.RoomID) (chatnet.Seq, []byte, error)
}
