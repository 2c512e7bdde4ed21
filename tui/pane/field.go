package pane

import (
	"strings"

	tea "charm.land/bubbletea/v2" // key messages
	"github.com/rivo/uniseg"      // what a person sees as one character

	"tchat/chatnet"
)

// field is a text of one line that is being written, for cards.
type field struct {
	text  string
	at    int // the cursor, a byte offset between two characters
	limit int // bytes at most, 0 for 256
}

// set replaces the text and puts the cursor behind it.
func (f *field) set(s string) { f.text, f.at = s, len(s) }

// insert puts foreign text in at the cursor, cleaned and on one line.
func (f *field) insert(s string) {
	s = strings.TrimSuffix(chatnet.Clean(s+".").String(), ".") // the dot keeps blanks at the end
	s = strings.ReplaceAll(s, "\n", " ")
	limit := f.limit
	if limit == 0 {
		limit = 256
	}
	if len(f.text)+len(s) > limit {
		return
	}
	f.text = f.text[:f.at] + s + f.text[f.at:]
	f.at += len(s)
}

// key handles a key and reports whether it meant anything.
func (f *field) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left", "ctrl+b":
		f.at -= len(lastCluster(f.text[:f.at]))
	case "right", "ctrl+f":
		f.at += len(firstCluster(f.text[f.at:]))
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	case "backspace", "ctrl+h":
		n := len(lastCluster(f.text[:f.at]))
		f.text = f.text[:f.at-n] + f.text[f.at:]
		f.at -= n
	case "delete", "ctrl+d":
		f.text = f.text[:f.at] + f.text[f.at+len(firstCluster(f.text[f.at:])):]
	case "ctrl+u":
		f.text, f.at = f.text[f.at:], 0
	case "ctrl+w", "alt+backspace":
		head := strings.TrimRight(f.text[:f.at], " ")
		head = head[:strings.LastIndex(head, " ")+1]
		f.text, f.at = head+f.text[f.at:], len(head)
	default:
		if k.Text == "" {
			return false
		}
		f.insert(k.Text)
	}
	return true
}

// rows draws the field into w cells and tells the cursor's column. What is in
// front of the cursor gives way when there is too little room.
func (f *field) row(wd Width, w int) (string, int) {
	head, tail := f.text[:f.at], f.text[f.at:]
	for wd.StringWidth(head) >= w && head != "" {
		head = head[len(firstCluster(head)):]
	}
	return wd.Truncate(head+tail, w, ""), wd.StringWidth(head)
}

func firstCluster(s string) string {
	c, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return c
}

func backspace() tea.KeyPressMsg { return tea.KeyPressMsg{Code: tea.KeyBackspace} }
