package pane

import (
	"tchat/styles"
)

// Hint is a key and what it does just now.
type Hint struct{ Key, Does string }

// Bottomline draws the line below the input: what happens at the left, the keys
// that matter just now at the right. The last hints are left out when there is no
// room.
func Bottomline(l Look, w int, left string, hints []Hint) string {
	var right []piece
	for _, h := range hints {
		more := []piece{{styles.Bottomline, "  "}, {styles.Key, h.Key}, {styles.Bottomline, " " + h.Does}}
		if line(right).cells(l.Width)+line(more).cells(l.Width)+1 > w-min(Cells(l.Width, left), w/2) {
			break
		}
		right = append(right, more...)
	}
	r := line(right).cells(l.Width)
	if r > 0 {
		right = append(right, piece{styles.Bottomline, " "})
		r++
	}
	row := l.pieces([]piece{{styles.Typing, " " + left}}, max(0, w-r), styles.Bottomline)
	return Fit(l.Width, row+l.pieces(right, min(r, w), styles.Bottomline), w)
}
