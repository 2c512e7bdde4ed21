package pane

import (
	"strconv"
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/styles"
)

// TopInfo is what the line on top tells. It is comparable, so that an owner
// can keep the row while nothing changed.
type TopInfo struct {
	Room   string
	Topic  string
	Server string
	Here   int               // 0 while it is not known
	Link   chatnet.LinkState // empty while no server was chosen
	Secure bool
	Since  time.Time // when the link was lost
	Next   time.Time // the next try
	Why    string    // why there is no link, may be empty
	Zone   *time.Location
}

// Topline draws the line on top: room and topic at the left, how many are here,
// the link and the server at the right. What matters less goes first when the
// room is short.
func Topline(l Look, w int, t TopInfo) string {
	room := " " + t.Room
	right := []piece{}
	if t.Link == chatnet.LinkUp && t.Here > 0 {
		right = append(right, piece{styles.Topline, "  " + strconv.Itoa(t.Here) + " here"})
	}
	right = append(right, t.link(l, w))
	if t.Server != "" {
		right = append(right, piece{styles.Topline, "  " + t.Server})
	}
	left := []piece{{styles.Topline, " tchat "}, {styles.ToplineStrong, room}}
	if t.Topic != "" {
		left = append(left, piece{styles.Topline, " - " + t.Topic})
	}
	// Give way in this order: the server's name, the program's name, who is here.
	for _, drop := range []func(){
		func() {
			if t.Server != "" {
				right = right[:len(right)-1]
			}
		},
		func() { left[0].text = "" },
		func() {
			if len(right) > 1 {
				right = right[1:]
			}
		},
	} {
		if line(left[:2]).cells(l.Width)+line(right).cells(l.Width)+1 <= w {
			break
		}
		drop()
	}
	if line(left[:2]).cells(l.Width)+line(right).cells(l.Width)+8 > w { // a topic of a few letters says nothing
		left = left[:2]
	}
	return bar(l, w, left, right)
}

// link says how the connection is.
func (t TopInfo) link(l Look, w int) piece {
	zone := t.Zone
	if zone == nil {
		zone = time.UTC
	}
	switch t.Link {
	case chatnet.LinkUp:
		if t.Secure {
			return piece{styles.OK, "  " + l.Signs().Lock + " TLS"}
		}
		return piece{styles.Warning, "  clear"}
	case chatnet.LinkWaiting:
		s, next := "  offline", ", next try "
		if w < 60 {
			s, next = "  off", ", next "
		}
		if !t.Since.IsZero() {
			s += " since " + t.Since.In(zone).Format("15:04")
		}
		if !t.Next.IsZero() && w >= 30 {
			s += next + t.Next.In(zone).Format("15:04:05")
		}
		return piece{styles.Warning, s}
	case chatnet.LinkRefused:
		return piece{styles.Error, "  not connected"}
	case chatnet.LinkKnocking:
		return piece{styles.Warning, "  the host is being asked"}
	case chatnet.LinkUntrusted:
		return piece{styles.Warning, "  key not known"}
	case chatnet.LinkDialling:
		return piece{styles.Warning, "  connecting"}
	}
	return piece{styles.Topline, ""}
}

// bar draws one row in the top line's colours, right at its end.
func bar(l Look, w int, left, right []piece) string {
	r := line(right).cells(l.Width)
	if r > 0 {
		r++
	}
	room := max(0, w-r)
	var b strings.Builder
	b.WriteString(l.pieces(left, room, styles.Topline))
	if r > 0 {
		b.WriteString(l.pieces(right, min(r, w), styles.Topline))
	}
	return Fit(l.Width, b.String(), w)
}

// pieces draws one row of exactly w cells on the background of ground.
func (l Look) pieces(ps []piece, w int, ground styles.Token) string {
	var b strings.Builder
	left := w
	for _, p := range ps {
		s := Degrade(l.Width, p.text)
		n := Cells(l.Width, s)
		if n > left {
			s, n = FitTail(l.Width, s, left, l.Signs().Ellipsis), left
		}
		pen := l.Pen(p.t)
		if p.t != ground && !l.Mono() {
			pen = styles.PenOf(l.Style(p.t).Background(l.Style(ground).GetBackground()))
		}
		b.WriteString(pen.Draw(s))
		left -= n
	}
	b.WriteString(l.Pen(ground).Draw(Blank(left)))
	return b.String()
}
