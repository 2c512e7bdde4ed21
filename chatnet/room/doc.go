// Package room says what may happen, and nothing of how it is stored or told.
//
// A State is an ordinary room: members, topic, and what every client sent
// last. A Directory is the reserved log chatnet.HubRoom: users, nicks, server
// roles, and which rooms there are. Both work alike:
//
//	Decide   may this be, and which events is it? Changes nothing
//	Apply    takes an event that was stored. Cannot fail
//	Draft    a tentative copy, to decide many requests before one append
//
// Replaying a log with Apply gives the same State again: a start, a test and a
// second node that lost a race run the same code. Time is an argument; there
// is no lock, because a State has one goroutine that changes it.
//
// All permissions of tchat are decided here. One file is one kind of request;
// the switches are in decide.go and directory_decide.go.
package room
