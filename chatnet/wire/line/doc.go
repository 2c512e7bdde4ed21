// Package line is what the dialects of plain lines have in common: a person at
// the other end types lines and reads lines. It is no dialect. It stands beside
// them, under wire, because dialects do not import each other and each of them
// would otherwise hold a copy: which room the lines go to, the commands, the
// answers turned into sentences, who is there, what is older.
//
//	Talk    one connection behind its first message: lines in, a wire.Step out
//	Voice   what a dialect adds: how a message and a notice are written, and
//	        what is said at the beginning and at the end
//
// A dialect's conversation embeds a *Talk, implements Voice, and is a
// wire.Talker by it; its own part is the way in (names, codes) and its looks.
//
// A line client is in one room at a time: /join goes there and leaves the last
// one, except for the lobby, in which everybody is, and for a private room, to
// which there might be no way back. Messages of other rooms are not shown,
// those to the peer alone always. Like a conversation, a Talk is used by one
// goroutine and knows no clock.
package line
