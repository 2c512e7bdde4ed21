// Package styles says what things look like, and nothing else.
//
//	token.go     the meanings ("time", "count.mention"), each with the attributes
//	             that carry it where there is no colour
//	theme.go     what a theme is, and the table of themes
//	dark.go ...  one file, one theme: the colours of the meanings
//	styles.go    a theme made ready for one terminal: New, Style, Pen, Said, Nick
//	nick.go      a colour for every nick, the same on every screen
//	contrast.go  the measure that every colour must pass
//	depth.go     256 and 16 colours, chosen by contrast
//
// Whoever draws asks for a meaning and never for a colour. Every foreground has
// a contrast of at least MinContrast against what stands behind it: a theme's
// own colours are measured by a test, and New moves them until they pass on the
// background that the terminal really has. The text itself is left in the
// terminal's own colours, so that a wrong guess of the background can make
// tchat ugly but never unreadable.
//
// A new theme is a file like dark.go and a line in Themes.
package styles
