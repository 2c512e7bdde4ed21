// Package tui is the full-screen interface: the one tea.Model, which owns focus,
// layout and routing.
//
//	options.go   what a program starts with: the link, the clock, the hooks
//	app.go       the model and its flat router
//	feed.go      the link's updates -> one message for many
//	outgoing.go  what the person asks -> the link, in order, outside of Update
//	apply.go     updates -> rooms.go (what is known of each room) and notices
//	keys.go      the one table of keys, used by handling and by help
//	pick.go      the chosen message: reply, edit, redact, react, copy
//	mouse.go     clicks, wheel and hover; filter.go keeps them few
//	layout.go    who gets which cells; view.go draws them
//	cards.go     what lies over everything: help, palette, questions
//
// The rules:
//
//   - Update does no I/O and waits for nothing. What takes time is a tea.Cmd;
//     what goes to the link goes through one queue, so that order is kept.
//   - Exactly one command waits for updates. It is issued again only after
//     Update took what it brought: who writes faster than the screen is slowed
//     down by the bounded channel and never by memory.
//   - Panes are plain structs (package pane). The router gives them values and
//     lays their rows side by side; a frame has exactly the screen's height, and
//     each row its width.
//   - Whoever is on top gets the keys first: cards, then the popup, then a knock
//     that has the focus, then the table of keys, then the input.
package tui
