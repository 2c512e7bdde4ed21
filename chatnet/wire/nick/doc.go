// Package nick speaks with the old chat programs of the NICK kind (DOORS 1).
// Such a program waits for the word NICK, answers with its name, writes
// "NAME: TEXT" without any end, prints whatever comes as one read, and knows
// ASCII only: the first other byte ends its receiving for good. It cannot be
// asked a second time, so whoever comes gets a name.
//
//	speech    takes the program's own name off what it sends
//	nickFor   finds a nick for a name that cannot be had
//	ascii     writes with the characters that the program can take
//
// All else is package line's.
package nick
