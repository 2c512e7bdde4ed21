package pane

import (
	"fmt"
	"runtime"
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
		b.Run(size.name+"/append", func(b *testing.B) {
			l, next := loaded(size.n)
			l.limit = size.n + size.n/10
			ev := next()
			for b.Loop() {
				ev.Prev, ev.Seq, ev.At = ev.Seq, ev.Seq+1, ev.At.Add(7*time.Second)
				l.Add(ev)
				l.Rows()
			}
		})
		l, _ := loaded(size.n)
		b.Run(size.name+"/scroll", func(b *testing.B) {
			for b.Loop() {
				if l.ScrollBy(-3); l.top == 0 {
					l.End()
				}
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
			k := 0
			for b.Loop() {
				k += 7919
				if !l.Show(chatnet.Seq(1 + k%size.n)) {
					b.Fatal("not there")
				}
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

// What a message costs in memory besides its text.
func BenchmarkMessagesMemory(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		l, _ := loaded(n)
		l.Rows()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "B/message")
		runtime.KeepAlive(l)
	}
}
