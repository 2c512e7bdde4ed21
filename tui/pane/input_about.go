package pane

import "tchat/chatnet"

// About is the message that a line is about: one that it answers, or one whose
// text it becomes. The zero About is a new message.
type About struct {
	Reply, Edits chatnet.Seq
	Nick         chatnet.Nick // who wrote the message
}

// About returns what the line is about.
func (i *Input) About() About { return i.about }

// SetAbout makes the line an answer or an edit, said in the room.
func (i *Input) SetAbout(a About) {
	i.to, i.about = chatnet.Nick{}, a
	i.reprompt()
}
