package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// silence is how long a door that tells dialects apart waits for a first byte
// before it takes the peer for one that waits for the server (DOORS section 4).
const silence = 500 * time.Millisecond

// firstRead is how many bytes are looked at.
const firstRead = 2 << 10

// errTurned is the end of a connection that no dialect was found for.
var errTurned = errors.New("it spoke nothing that this door knows")

// identify finds out what the peer speaks, by its first bytes; TLS is opened
// and looked into again.
func (c *conn) identify(ctx context.Context) error {
	first, err := c.peek()
	if err == nil && len(first) > 0 && first[0] == 0x16 && c.door.TLS != nil {
		if err = c.secure(ctx); err != nil {
			return err
		}
		if c.protocol != "" {
			c.speaks(c.door.Auto[0]) // whoever names the protocol speaks tchat's own
			return nil
		}
		first, err = c.peek()
	}
	if err != nil {
		return err
	}
	if len(first) == 0 {
		c.speaks(c.door.Silent)
		return nil
	}
	foreign := startsWithWord(first) // an ssh client's first line could be a name and a room
	for _, d := range c.door.Auto {
		if r, ok := d.(wire.Recognizer); ok && !foreign && r.Recognizes(first) {
			c.speaks(d)
			return nil
		}
	}
	c.turnAway(first)
	return errTurned
}

// peek returns the first bytes that come within the silence, and keeps them for
// whoever reads next. While they are only the beginning of a word that decides,
// it waits on.
func (c *conn) peek() ([]byte, error) {
	if err := c.raw.SetReadDeadline(time.Now().Add(silence)); err != nil {
		return nil, err
	}
	buf, n := make([]byte, firstRead), 0
	for n == 0 || undecided(buf[:n]) {
		k, err := c.nc.Read(buf[n:])
		n += k
		if errors.Is(err, os.ErrDeadlineExceeded) {
			break
		}
		if err != nil && n == 0 {
			return nil, fmt.Errorf("%w before its first byte", errGone)
		}
		if err != nil {
			break
		}
	}
	c.nc = &peeked{Conn: c.nc, first: buf[:n]}
	return buf[:n], c.raw.SetReadDeadline(time.Time{})
}

// words are what other programs begin with.
func words() []string {
	return []string{"CAP ", "NICK ", "USER ", "PASS ", "SSH-", "GET ", "POST ", "HEAD "}
}

// startsWithWord reports whether p begins as another program does.
func startsWithWord(p []byte) bool {
	return slices.ContainsFunc(words(), func(w string) bool { return bytes.HasPrefix(p, []byte(w)) })
}

// undecided reports whether p is the beginning of one of the words, and no more.
func undecided(p []byte) bool {
	for _, w := range words() {
		if len(p) < len(w) && strings.HasPrefix(w, string(p)) {
			return true
		}
	}
	return false
}

// turnAway tells a peer that speaks something else what this is, in a way that
// its program shows.
func (c *conn) turnAway(first []byte) {
	what := "this is a tchat server"
	if name := c.s.cfg.Server.Name; !name.IsZero() {
		what += " (" + name.String() + ")"
	}
	how := "; come in with the tchat program, or with nc and wait for the question"
	var text string
	switch word, _, _ := bytes.Cut(first, []byte{' '}); string(word) {
	case "GET", "POST", "HEAD":
		body := what + how + "\n"
		text = fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body)
	case "CAP", "NICK", "USER", "PASS":
		text = "ERROR :" + what + "; it has no IRC door" + how + "\r\n"
	default:
		text = what + " and does not know what you speak" + how + "\r\n"
	}
	_ = c.write([]byte(text)) // there is nothing to do if it is gone
	if half, ok := c.raw.Conn.(interface{ CloseWrite() error }); ok && !c.peer.Secure && half.CloseWrite() == nil {
		_ = c.raw.SetReadDeadline(time.Now().Add(farewell))
		for buf := make([]byte, firstRead); ; { // closing over unread input would take the answer with it
			if _, err := c.raw.Read(buf); err != nil {
				return
			}
		}
	}
}

// speaks notes what the peer speaks.
func (c *conn) speaks(d wire.Dialect) {
	c.dialect = d
	c.log = c.log.With("dialect", d.Name())
}

// scheme names the way in, for knocks and logs.
func (c *conn) scheme() string {
	if c.door.Dialect == nil && c.dialect != nil {
		return c.dialect.Name()
	}
	return c.door.Scheme
}

// helloLimit is how long the peer has for its hello.
func (c *conn) helloLimit() time.Duration {
	if c.pace.m.HelloLimit > 0 {
		return c.pace.m.HelloLimit
	}
	return chatnet.HelloLimit
}

// peeked is a connection whose first bytes were looked at.
type peeked struct {
	net.Conn
	first []byte
}

// Read reads the first bytes again, then what follows.
func (p *peeked) Read(b []byte) (int, error) {
	if len(p.first) > 0 {
		n := copy(b, p.first)
		if p.first = p.first[n:]; len(p.first) == 0 {
			p.first = nil
		}
		return n, nil
	}
	return p.Conn.Read(b)
}
