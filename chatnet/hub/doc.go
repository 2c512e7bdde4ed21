// Package hub runs rooms and sessions over a store. It knows no connection and
// no dialect: the server's loops call Enter, Submit and Take.
//
// Who waits for whom (every goroutine below ends in Shutdown, which waits):
//
//	writer     one goroutine a log that is written to: a room, or @hub. It
//	           alone changes the log's state. It waits for its inbox and for
//	           the store, never for a session, a reader or another writer
//	readers    a few goroutines that answer what needs the disk but no log:
//	           history, marks, lists. They wait for the store, and to admit a
//	           knock for writers
//	callers    Enter waits for writers and the store; Take for the store when
//	           a session is behind the hot tail; Submit and Close for nobody
//
// A session's calls are handled in their order: those that go on in one room
// flow into its inbox one behind the other, everything else waits until what
// went before is answered (session.pump).
//
// What a writer stored is put into the room's hot tail, and each listening
// session is told only "this room grew": it pulls from its own cursor, from the
// tail or, if it is too slow, from the store. There is no queue of events for a
// session, so a slow one costs nothing.
//
// Locks, in the order in which they may be taken together:
//
//	Hub.mu          users, their sessions and rooms, knocks
//	writer.mu       a log's durable state, tail and listeners; the writer's
//	                goroutine alone writes, and reads without it
//	Session.mu      replies, signals, cursors that grew, calls that wait
//
// gate.mu, chores.mu, trail.mu and chunk.mu are held for a few lines that take
// no other lock. No lock is held while waiting for the store or a channel.
package hub
