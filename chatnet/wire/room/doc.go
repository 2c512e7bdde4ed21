// Package room speaks with the old chat programs of the ROOM kind, and with the
// clients that its page invites people to write (DOORS 3). Such a program
// sends NAME_ROOM, waits for a number of three bytes, prints whatever comes as
// one read, and ends at the word /exit. All but the way in and out is package
// line's.
package room
