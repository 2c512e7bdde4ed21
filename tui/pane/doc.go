// Package pane holds the rectangles of the screen, one file (or file family)
// each: messages, input, rooms, members, knocks, help, start.
//
// The rules of all panes:
//
//   - A pane is a plain struct with plain methods. It is given values (events,
//     keys, sizes) and returns rows; it does no I/O, starts no goroutine, reads no
//     clock, and knows neither the client nor the router.
//   - Rows, not boxes: a pane of w x h cells returns h strings of exactly w cells
//     each, styled, without line breaks. The router lays them side by side and
//     Overlay puts a box over them. Every row ends with its styles and links
//     closed.
//   - All widths of what people wrote are measured by the Width that the terminal
//     has (Cells, Fit, Cut), never by Lip Gloss, which measures another way; and
//     such text goes through Degrade first.
//   - Whatever size is asked for is drawn, down to nothing, without a panic.
//   - What is clickable is found where it was drawn: Hit takes the cell inside the
//     pane and returns what lies there.
package pane
