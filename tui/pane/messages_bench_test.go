package pane

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi" // the way to measure

	"tchat/chatnet"
	"tchat/styles"
)

// loaded returns a list with n messages of ten people, 90x36.
func loaded(n int) (*Messages, func() chatnet.Event) {
	l := NewMessages(styles.New(styles.Dark(), styles.Options{}), ansi.WcWidth)
	l.SetNow(noon)
	l.SetSelf("u-tess", chatnet.MustNick("tess"))
	l.SetSize(90, 36)
	seq := chatnet.Seq(0)
	texts := []chatnet.Text{
		chatnet.Clean("hello"),
		chatnet.Clean("the quick brown fox jumps over the lazy dog, and *then* it goes on and on until the row is full and another begins"),
		chatnet.Clean("漢字かな交じり文 and some latin"),
		chatnet.Clean("see https://example.org/a/path?with=query for `code`\nand a second line"),
	}
	next := func() chatnet.Event {
		seq++
		return chatnet.Event{
			Seq: seq, Prev: seq - 1, At: noon.Add(time.Duration(seq) * 7 * time.Second),
			By: chatnet.UserID(fmt.Sprintf("u-%d", seq%10)), Nick: chatnet.MustNick(fmt.Sprintf("nick%d", seq%10)),
			Body: chatnet.Said{Text: texts[int(seq)%len(texts)]},
		}
	}
	for range n {
		l.Add(next())
	}
	return l, next
}

func BenchmarkMessagesFrame(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"1k", 1_000}, {"10k", 10_000}, {"100k", 100_000}} {
		l, next := loaded(size.n)
		ev := next()
		b.Run(size.name+"/append", func(b *testing.B) {
			for b.Loop() {
				ev.Prev, ev.Seq, ev.At = ev.Seq, ev.Seq+1, ev.At.Add(7*time.Second)
				l.Add(ev)
				l.Rows()
			}
		})
		b.Run(size.name+"/scroll", func(b *testing.B) {
			for b.Loop() {
				l.ScrollBy(-3)
				l.Rows()
			}
			l.End()
		})
		b.Run(size.name+"/width", func(b *testing.B) {
			w := 90
			for b.Loop() {
				w = 171 - w // 90, 81
				l.SetSize(w, 36)
				l.Rows()
			}
		})
		b.Run(size.name+"/jump", func(b *testing.B) {
			at := chatnet.Seq(1)
			for b.Loop() {
				at = (at+7919)%chatnet.Seq(size.n) + 1
				l.Show(at)
				l.Rows()
			}
			l.End()
		})
		b.Run(size.name+"/idle", func(b *testing.B) {
			for b.Loop() {
				l.Rows()
			}
		})
	}
}
