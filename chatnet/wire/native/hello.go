package native

import (
	"strconv"

	"tchat/chatnet"
)

// version is what both ends of this package speak (PROTOCOL 11.1).
const version = 1

// The length of a guest's secret (PROTOCOL 2.2).
const (
	minToken = 22
	maxToken = 256
)

// AppendHello appends the line that begins a session (PROTOCOL 2.1). Cursors
// past chatnet.MaxCursors, or past what fits in chatnet.MaxHelloLine, are left
// out: those rooms start anew.
func AppendHello(dst []byte, h chatnet.Hello) []byte {
	line := len(dst)
	dst = append(dst, `{"do":"hello","v":1`...)
	dst = fieldString(dst, "client", h.Client.String())
	if h.Dev != 0 {
		dst = append(appendDev(append(key(dst, "dev"), '"'), h.Dev), '"')
	}
	dst = fieldString(dst, "nick", h.Nick.String())
	dst = fieldString(dst, "token", h.Token)
	dst = fieldString(dst, "room", h.Room.String())
	if len(h.Cursors) > 0 {
		dst = append(key(dst, "cursors"), '[')
		for i, c := range h.Cursors[:min(len(h.Cursors), chatnet.MaxCursors)] {
			before := len(dst)
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst = appendCursor(dst, c); len(dst)-line > chatnet.MaxHelloLine-2 {
				dst = dst[:before]
				break
			}
		}
		dst = append(dst, ']')
	}
	return append(dst, '}', '\n')
}

// appendCursor writes ["room","epoch",seq] (PROTOCOL 6.1).
func appendCursor(dst []byte, c chatnet.Cursor) []byte {
	dst = append(appendString(append(dst, '['), string(c.Room)), ',')
	dst = append(appendString(dst, string(c.Epoch)), ',')
	return append(strconv.AppendUint(dst, uint64(c.Seq), 10), ']')
}

// parseHello reads a hello whose version is already known to be ours.
func parseHello(o *object) chatnet.Hello {
	h := chatnet.Hello{
		Client:  o.line("client"),
		Dev:     take(o, "dev", chatnet.ParseDev),
		Nick:    o.nick("nick"),
		Token:   take(o, "token", parseToken),
		Room:    o.name("room"),
		Cursors: parseCursors(o),
	}
	o.closed()
	return h
}

func parseToken(s string) (string, error) {
	ok := len(s) >= minToken && len(s) <= maxToken
	for i := range len(s) {
		ok = ok && s[i] > ' ' && s[i] < 0x7f
	}
	if !ok {
		return "", chatnet.E(chatnet.CodeBadRequest, "a token has 22 to 256 printable ASCII characters, no blanks")
	}
	return s, nil
}

func parseCursors(o *object) (all []chatnet.Cursor) {
	list, ok := o.typed("cursors", isArray, "a list")
	if !ok {
		return nil
	}
	for i := list + 1; i < o.d.nodes[list].next; i = o.d.nodes[i].next {
		c, ok := parseCursor(o.d, i)
		if !ok {
			o.wrong(chatnet.E(chatnet.CodeBadRequest, `a cursor is written ["room","epoch",seq]`))
			return nil
		}
		all = append(all, c)
	}
	if len(all) > chatnet.MaxCursors {
		o.wrong(chatnet.E(chatnet.CodeTooLong, "a hello has at most 200 cursors"))
		return nil
	}
	return all
}

func parseCursor(d *doc, i int) (c chatnet.Cursor, ok bool) {
	n := d.nodes[i]
	if n.kind != isArray || n.next != i+4 || d.nodes[i+1].kind != isString ||
		d.nodes[i+2].kind != isString || d.nodes[i+3].kind != isNumber {
		return c, false
	}
	room, err := chatnet.ParseRoomID(d.text(i + 1))
	epoch, err2 := parseEpoch(d.text(i + 2))
	c = chatnet.Cursor{Room: room, Epoch: epoch, Seq: chatnet.Seq(d.nodes[i+3].num)}
	return c, err == nil && err2 == nil
}
