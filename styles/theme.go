package styles

// Ink is a pair of colours, each "#rrggbb" or empty for the terminal's own.
type Ink struct{ Fg, Bg string }

// Theme gives the meanings their colours. It is plain data; New makes it ready.
type Theme struct {
	Name   string
	Dark   bool
	Ground string         // "#rrggbb": the background that is assumed when the terminal does not tell
	Inks   map[Token]Ink  // a token that is not here has the terminal's own colours
	Said   map[string]Ink // palette name of a message -> its colours
	Signs  Signs
}

// Signs are the characters that are not letters, each one cell wide.
type Signs struct {
	Own      string // the mark at the edge of one's own messages
	Mention  string // the mark at the edge of a message that mentions one
	Clock    string // a message on its way
	Cross    string // a message that was refused
	Event    string // a quiet line: joined, left
	Notice   string // the program's own words
	Error    string
	Quote    string // the edge of a quoted line
	Rule     string // drawn along a day line
	Divider  string // drawn down between panes
	Ellipsis string // more, cut off here
	Down     string // more below
	Up       string // more above
	Selected string // the chosen row of a list
	Prompt   string // before the input
	Here     string
	Away     string
	Gone     string
	Lock     string // an encrypted link
	Reply    string // before the message that is answered
}

// Unicode returns the signs for a terminal with a usual font.
func Unicode() Signs {
	return Signs{
		Own: "▎", Mention: "▎", Clock: "◷", Cross: "✗", Event: "·", Notice: "»", Error: "!", Quote: "▏",
		Rule: "─", Divider: "│", Ellipsis: "…", Down: "↓", Up: "↑", Selected: "›", Prompt: "›",
		Here: "●", Away: "○", Gone: "·", Lock: "◆", Reply: "↳",
	}
}

// Letters returns the signs for a terminal, or a screen reader, that knows
// ASCII only.
func Letters() Signs {
	return Signs{
		Own: "|", Mention: ">", Clock: "~", Cross: "x", Event: "-", Notice: "=", Error: "!", Quote: "|",
		Rule: "-", Divider: "|", Ellipsis: "~", Down: "v", Up: "^", Selected: ">", Prompt: ">",
		Here: "*", Away: "o", Gone: ".", Lock: "+", Reply: "^",
	}
}

// Themes is the table of themes, the first for a dark terminal and the second
// for a light one.
func Themes() []Theme {
	return []Theme{
		Dark(),
		Light(),
		HighContrast(),
		ASCII(),
	}
}

// Named returns the theme of that name.
func Named(name string) (Theme, bool) {
	for _, t := range Themes() {
		if t.Name == name {
			return t, true
		}
	}
	return Theme{}, false
}
