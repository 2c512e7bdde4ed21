// Package chatnet is the vocabulary that both ends of tchat share. It does no
// I/O, reads no clock and starts no goroutine.
//
// The walk of a message:
//
//	keys -> tui -> tui/command --Request--> client -> wire/native == TLS ==> server
//	                                       (outbox)                            |
//	                                                         wire/<dialect>.Feed -> Call
//	                                                                           |
//	                                                              hub.Session.Submit
//	                                                                           |
//	              hub, the room's goroutine: room.Decide -> store.Append -> room.Apply
//	                                                                           |
//	                                                   "room grew", coalesced to one
//	                                                                           |
//	screen <- tui <- client <== wire/native <== encode once <== hub.Session.Take
//	         (Update)                                            (Delivery)
//
// Requests go one way (request.go), events come back the other (event.go), and
// replies (reply.go) and signals (signal.go) with them; nothing else crosses
// the middle. Whoever comes in by another program speaks another dialect on
// the same walk.
//
// Foreign strings become values of this package's types at the protocol
// boundary and nowhere else: Text by Clean, Nick by ParseNick, RoomName by
// ParseRoomName, ids by ParseRoomID and ParseUserID. Each type keeps its string
// to itself, so a value that exists is a value that is safe to show.
package chatnet
