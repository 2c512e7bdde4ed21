package styles

// Token is a meaning that has a look.
type Token uint8

// The tokens. The table of Tokens says what each one means.
const (
	Text Token = iota
	Quiet
	Strong
	Time
	NickSelf
	Heading
	DayLine
	UnreadLine
	Pending
	Failed
	Link
	Mention
	Notice
	Error
	Warning
	OK
	Code
	Quote
	Topline
	ToplineStrong
	Bottomline
	Key
	Room
	RoomUnread
	RoomSelected
	UnreadCount
	MentionCount
	Here
	Away
	Gone
	Role
	Focus
	Pill
	Card
	CardTitle
	Button
	ButtonFocus
	Divider
	Input
	Prompt
	Hint
	Typing
	Selection
	Match
	tokenCount
)

// Attr is a set of attributes that every terminal can show, colour or not.
type Attr uint8

// The attributes.
const (
	Bold Attr = 1 << iota
	Faint
	Italic
	Underline
	Reverse
	Strike
)

// Meaning describes a token.
type Meaning struct {
	Token  Token
	Name   string // as themes and documents write it
	Means  string
	Always Attr // the attributes it has in every theme
	Mono   Attr // the attributes that stand in for its colours where there are none
}

// Tokens is the table of meanings, in the order of the constants.
func Tokens() []Meaning {
	return []Meaning{
		{Text, "text", "what people said", 0, 0},
		{Quiet, "quiet", "what need not be noticed: joins, hints, separators", 0, Faint},
		{Strong, "strong", "a name or number that stands out in a line", Bold, 0},
		{Time, "time", "when something was said", 0, Faint},
		{NickSelf, "nick.self", "the mark of one's own messages and one's own row", Bold, 0},
		{Heading, "heading", "the title of a pane or a group", Bold, 0},
		{DayLine, "line.day", "the line where a day begins", 0, Faint},
		{UnreadLine, "line.unread", "the line before the first unread message", Bold, 0},
		{Pending, "pending", "a message that the server does not have yet", 0, Faint},
		{Failed, "failed", "a message that was refused, and why", Bold, Underline},
		{Link, "link", "an address that can be opened", Underline, 0},
		{Mention, "mention", "one's own nick in another's message", Bold, Reverse},
		{Notice, "notice", "the program's own words: help, answers", 0, 0},
		{Error, "error", "what went wrong", Bold, 0},
		{Warning, "warning", "what may go wrong: no encryption, link lost", Bold, 0},
		{OK, "ok", "what is as it should be: link up", 0, 0},
		{Code, "code", "code in a message", 0, 0},
		{Quote, "quote", "a quoted line of a message", Italic, 0},
		{Topline, "topline", "the line on top", 0, Reverse},
		{ToplineStrong, "topline.strong", "the room in the line on top", Bold, Reverse},
		{Bottomline, "bottomline", "the line below the input", 0, Faint},
		{Key, "key", "the name of a key in a hint", 0, Bold},
		{Room, "room", "a room in the list", 0, 0},
		{RoomUnread, "room.unread", "a room with something new", Bold, 0},
		{RoomSelected, "room.selected", "the room that is open", Bold, Reverse},
		{UnreadCount, "count.unread", "how many new messages", 0, Bold},
		{MentionCount, "count.mention", "how many mentions", Bold, Reverse},
		{Here, "here", "somebody who is here", 0, 0},
		{Away, "away", "somebody who is away", 0, Italic},
		{Gone, "gone", "somebody who is gone", 0, Faint},
		{Role, "role", "what somebody may do", 0, Faint},
		{Focus, "focus", "the pane that gets the keys", Bold, Reverse},
		{Pill, "pill", "a small button over the messages", Bold, Reverse},
		{Card, "card", "the body of a box that lies over a pane", 0, 0},
		{CardTitle, "card.title", "the title of such a box", Bold, 0},
		{Button, "button", "a button", 0, Underline},
		{ButtonFocus, "button.focus", "the button that Enter presses", Bold, Reverse},
		{Divider, "divider", "the line between panes", 0, Faint},
		{Input, "input", "what is being typed", 0, 0},
		{Prompt, "prompt", "the sign before the input", Bold, 0},
		{Hint, "hint", "what could be typed, while nothing is", 0, Faint},
		{Typing, "typing", "who is writing just now", Italic, 0},
		{Selection, "selection", "the chosen row of a list", 0, Reverse},
		{Match, "match", "the letters that a search matched", Bold, Underline},
	}
}

// String returns the token's name.
func (t Token) String() string {
	if t < tokenCount {
		return Tokens()[t].Name
	}
	return "unknown"
}
