// Package command turns what a person typed into what is asked. It is pure: it
// knows no terminal, no connection and no clock, so line dialects may use it
// as well as the full-screen program.
//
//	command.go   the table: one line a command, in the order in which help shows them
//	parse.go     a whole line -> an Action, or an error that says what to type instead
//	say.go       what is said: colours and /me inside of other commands
//	args.go      readers of single arguments
//	nearest.go   the nearest known words to a mistyped one
//	complete.go  what may stand at the cursor
//	emoji.go     the names of emoji
//
// Every other file is one slash command under its name. To add one, write
// NAME.go with a function that returns its Command and add a line to Table.
package command
