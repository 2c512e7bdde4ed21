// Package server accepts connections and runs them: listeners, TLS, limits,
// one loop a connection. It knows no concrete dialect and no store: a Door
// brings the dialect, the hub keeps the rooms.
//
// Who waits for whom:
//
//	Serve      accepts; one goroutine a connection, all of which it waits for
//	loop       a connection's goroutine: owns the wire.Conversation and is the
//	           only one that writes. It waits for the reader's next chunk, for
//	           the session's Ready, for its timer, and for the end
//	reader     reads into one buffer, hands it to the loop, and waits until it
//	           has it back: a loop that is busy writing stops the reading too
//	Shutdown   stops accepting, lets the hub say goodbye to every session, and
//	           waits for all loops
//
// How a dialect wants its connections treated is declared by it (wire.Manners)
// and seen to here, for all dialects alike: a loop's one timer also paces
// writes, and people are read no faster than people send. A door without a
// dialect of its own looks at a peer's first bytes (auto.go).
//
// A slow peer costs its own loop's time and nothing else: events wait in the
// room's log, not in a queue of the connection (DELIVERY section 5).
package server
