package wiretest

import (
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// Player plays transcripts against a dialect. A transcript is lines that begin
// with
//
//	> TEXT   the peer sends TEXT and a line's end
//	< TEXT   the server has written TEXT and a line's end; a TEXT that ends in
//	         "..." is the beginning of what it has written
//	* TEXT   something happens, see Hub.Happen; or one of
//	         * the connection ends      which must be so now
//	         * SPAN pass in silence     the server asks for a sign of life
//	# TEXT   a remark
//
// Whatever the server writes stands in the transcript: a line too many fails
// as a line too few does.
//
// Of a wire.Talker each write is one such line, with \n for a line break in it
// and, in front of it, [alone] when it may not be joined with another and
// [quiet 250ms] when nothing may follow for so long. What the peer sends is one
// read: there \n, \xff and the other escapes of a Go string stand for bytes,
// and \c at the end for "no line's end here". More happens to it:
//
//   - no more comes            the rest of an unfinished character does not come
//   - somebody wants the name  a Prober's bytes
type Player struct {
	Dialect wire.Dialect
	Peer    wire.Peer
	Newline string // a line's end; "\n" when empty
	Hub     *Hub   // NewHub() when nil
}

// Run plays one transcript against a dialect whose lines end in "\n", with a
// new Hub behind it.
func Run(t testing.TB, d wire.Dialect, transcript string) {
	t.Helper()
	Player{Dialect: d}.Play(t, transcript)
}

// Play plays one transcript on a new connection.
func (p Player) Play(t testing.TB, transcript string) {
	t.Helper()
	r := p.open()
	for i, line := range lines(transcript) {
		if why := r.line(line); why != "" {
			t.Errorf("line %d of the transcript: %s\n%s", i+1, line, why)
			return
		}
	}
	switch {
	case r.out != "":
		t.Errorf("behind the end of the transcript the server wrote\n%s", r.out)
	case r.over && !r.told:
		t.Error("the connection has ended and the transcript does not say so")
	}
}

// Record plays a transcript and returns it with the lines that the server
// really writes, for a test's -update flag. Read what it changed.
func (p Player) Record(t testing.TB, transcript string) string {
	t.Helper()
	r, all := p.open(), lines(transcript)
	var b strings.Builder
	begin := 0
	for begin < len(all) && strings.HasPrefix(all[begin], "#") {
		b.WriteString(all[begin] + "\n")
		begin++
	}
	r.written(&b, all, begin) // some servers speak first
	for i, line := range all {
		if i < begin || strings.HasPrefix(line, "<") {
			continue
		}
		if why := r.line(line); why != "" {
			t.Errorf("line %d of the transcript: %s\n%s", i+1, line, why)
		}
		b.WriteString(line + "\n")
		r.written(&b, all, i+1)
	}
	return b.String()
}

// written records what the server has written, as the transcript has it from
// line n on where that is true.
func (r *play) written(b *strings.Builder, all []string, n int) {
	for ; r.out != ""; n++ {
		got, rest, _ := strings.Cut(r.out, r.newline())
		r.out = rest
		if n < len(all) && matches(all[n], got) {
			got = strings.TrimPrefix(all[n], "< ")
		}
		b.WriteString("< " + got + "\n")
	}
}

func lines(transcript string) []string {
	return strings.Split(strings.Trim(transcript, "\n"), "\n")
}

// matches reports whether got is what a transcript's line wants.
func matches(line, got string) bool {
	want, ok := strings.CutPrefix(line, "< ")
	begin, more := strings.CutSuffix(want, "...")
	return ok && (got == want || more && strings.HasPrefix(got, begin))
}

// newline returns a line's end.
func (p Player) newline() string {
	if p.Newline == "" {
		return "\n"
	}
	return p.Newline
}

func (p Player) open() *play {
	if p.Hub == nil {
		p.Hub = NewHub()
	}
	r := &play{Player: p, c: p.Dialect.Open(p.Peer)}
	r.take(r.c.Start())
	return r
}

// play is one connection.
type play struct {
	Player
	c    wire.Conversation
	out  string // written and not yet in the transcript
	over bool   // the conversation ended it
	told bool   // the transcript says so
}

// line plays one line and returns what is wrong with it.
func (r *play) line(line string) string {
	mark, text, _ := strings.Cut(line, " ")
	if r.out != "" && (mark == ">" || mark == "*") {
		return "before it the server wrote\n" + r.out
	}
	switch mark {
	case "#", "":
		return ""
	case ">":
		if r.over {
			return "the connection has ended"
		}
		r.take(r.c.Feed([]byte(r.sent(text))))
		return ""
	case "<":
		got, rest, ok := strings.Cut(r.out, r.newline())
		if r.out = rest; !ok || !matches(line, got) {
			return "the server wrote\n< " + got
		}
		return ""
	case "*":
		return r.happen(text)
	}
	return "a transcript's line begins with > or < or * or #"
}

func (r *play) happen(text string) string {
	switch {
	case text == "the connection ends":
		if r.told = true; !r.over {
			return "it does not"
		}
	case strings.HasSuffix(text, " pass in silence"):
		r.out += string(r.c.Ping())
	case text == "no more comes":
		if k, ok := r.c.(wire.Talker); ok {
			r.take(k.Late())
		}
	case text == "somebody wants the name":
		if k, ok := r.c.(wire.Prober); ok {
			r.write(k.Probe())
		}
	default:
		d, ok := r.Hub.Happen(text)
		if !ok {
			return "the hub of this test knows no such thing"
		}
		r.deliver(d)
	}
	return ""
}

// take does what the server's loop does with a step.
func (r *play) take(s wire.Step) {
	r.out += string(s.Out)
	r.write(s.Writes)
	if s.Hello != nil {
		r.enter(*s.Hello)
	}
	for _, call := range s.Calls {
		r.deliver(r.Hub.Submit(call))
	}
	r.over = r.over || s.End
}

// enter begins the session. A talker is told when it cannot be.
func (r *play) enter(hello chatnet.Hello) {
	d := r.Hub.Enter(hello)
	if _, ok := r.c.(wire.Talker); ok && d.Bye != nil {
		d = chatnet.Delivery{Replies: []chatnet.Reply{{Err: d.Bye}}}
	}
	r.deliver(d)
}

func (r *play) deliver(d chatnet.Delivery) {
	if k, ok := r.c.(wire.Talker); ok && !d.IsZero() {
		r.take(k.Hear(d))
	} else if !d.IsZero() {
		r.out += string(r.c.Deliver(d))
	}
	r.over = r.over || d.Bye != nil
}

// Block is a fenced block of a page.
type Block struct {
	Line int // of the page, where the block's text begins
	Text string
}

// Blocks returns the fenced blocks of a Markdown page that are marked with a
// word behind their opening fence.
func Blocks(page, word string) (all []Block) {
	var open *Block
	for i, line := range strings.Split(page, "\n") {
		switch {
		case open == nil && line == "```"+word:
			open = &Block{Line: i + 2}
		case open != nil && line == "```":
			all, open = append(all, *open), nil
		case open != nil:
			open.Text += line + "\n"
		}
	}
	return all
}
