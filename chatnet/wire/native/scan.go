package native

import (
	"bytes"
	"unicode/utf8"

	"tchat/chatnet"
)

// The bounds of PROTOCOL 1.3.
const (
	maxDepth = 16        // objects and lists inside each other
	maxKeys  = 64        // members of one object; one bit each in object.used
	maxNum   = 1<<53 - 1 // the integers that every JSON reader keeps exact
)

// kind is what a node is.
type kind byte

const (
	isObject kind = '{'
	isArray  kind = '['
	isString kind = '"'
	isNumber kind = '0'
	isTrue   kind = 't'
	isFalse  kind = 'f'
	isNull   kind = 'n'
)

// node is one JSON value. Those inside an object or list follow it directly; an
// object's are key, value, key, value.
type node struct {
	kind       kind
	escaped    bool // a string with a backslash in it
	start, end int  // of the bytes in doc.src; of a string without its quotes
	next       int  // the index of the node behind this value and all in it
	count      int  // members of an object
	num        uint64
}

// doc is one line as nodes. It is used again for the next line.
type doc struct {
	src   []byte
	pos   int
	nodes []node
}

// notJSON returns the error for a line that breaks a rule of PROTOCOL 1.
func notJSON(rule string) *chatnet.Error {
	return chatnet.E(chatnet.CodeBadRequest, "not a line of this protocol: "+rule)
}

// parse reads a line that is one JSON object (PROTOCOL 1.2). Its nodes are
// valid until the next parse, and while line is.
func (d *doc) parse(line []byte) *chatnet.Error {
	if d.nodes == nil {
		d.nodes = make([]node, 0, idleNodes)
	}
	d.src, d.pos, d.nodes = line, 0, d.nodes[:0]
	if !utf8.Valid(line) {
		return notJSON("it must be valid UTF-8")
	}
	d.space()
	if d.peek() != '{' {
		return notJSON("it must be one JSON object, { ... }")
	}
	if err := d.value(1); err != nil {
		return err
	}
	d.space()
	if d.pos < len(d.src) {
		return notJSON("there must be nothing behind the object")
	}
	return nil
}

// peek returns the byte at pos, 0 at the end.
func (d *doc) peek() byte {
	if d.pos < len(d.src) {
		return d.src[d.pos]
	}
	return 0
}

func (d *doc) space() {
	for d.pos < len(d.src) {
		switch d.src[d.pos] {
		case ' ', '\t', '\r', '\n':
			d.pos++
		default:
			return
		}
	}
}

// value reads one value; depth counts the objects and lists it would be.
func (d *doc) value(depth int) *chatnet.Error {
	switch c := d.peek(); c {
	case '{', '[':
		if depth > maxDepth {
			return notJSON("at most 16 objects and lists inside each other")
		}
		if c == '{' {
			return d.object(depth)
		}
		return d.array(depth)
	case '"':
		return d.str()
	case 't':
		return d.word("true", isTrue)
	case 'f':
		return d.word("false", isFalse)
	case 'n':
		return d.word("null", isNull)
	}
	return d.number()
}

func (d *doc) add(n node) {
	n.next = len(d.nodes) + 1
	d.nodes = append(d.nodes, n)
}

func (d *doc) word(w string, k kind) *chatnet.Error {
	if !bytes.HasPrefix(d.src[d.pos:], []byte(w)) {
		return notJSON("a value is missing or not JSON")
	}
	d.pos += len(w)
	d.add(node{kind: k})
	return nil
}

// number reads an integer from 0 to 2^53-1, without sign, point or exponent.
func (d *doc) number() *chatnet.Error {
	start, n := d.pos, uint64(0)
	for d.pos < len(d.src) && d.src[d.pos]-'0' <= 9 {
		n = n*10 + uint64(d.src[d.pos]-'0')
		if d.pos++; n > maxNum {
			return notJSON("a number is below 2^53")
		}
	}
	switch c := d.peek(); {
	case d.pos == start && c != '-':
		return notJSON("a value is missing or not JSON")
	case c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E':
		return notJSON("a number is whole and not negative, digits only")
	case d.src[start] == '0' && d.pos > start+1:
		return notJSON("a number has no leading zeros")
	}
	d.add(node{kind: isNumber, start: start, end: d.pos, num: n})
	return nil
}

func (d *doc) array(depth int) *chatnet.Error {
	at := len(d.nodes)
	d.add(node{kind: isArray})
	d.pos++
	for d.space(); d.peek() != ']'; d.space() {
		if len(d.nodes) > at+1 {
			if err := d.comma(); err != nil {
				return err
			}
		}
		if err := d.value(depth + 1); err != nil {
			return err
		}
	}
	d.pos++
	d.nodes[at].next = len(d.nodes)
	return nil
}

func (d *doc) object(depth int) *chatnet.Error {
	at, count := len(d.nodes), 0
	d.add(node{kind: isObject})
	d.pos++
	for d.space(); d.peek() != '}'; d.space() {
		if count > 0 {
			if err := d.comma(); err != nil {
				return err
			}
		}
		if count++; count > maxKeys {
			return notJSON("at most 64 keys in an object")
		}
		if err := d.member(at, depth); err != nil {
			return err
		}
	}
	d.pos++
	d.nodes[at].next, d.nodes[at].count = len(d.nodes), count
	return nil
}

// comma steps over the comma that must stand here and the space behind it.
func (d *doc) comma() *chatnet.Error {
	if d.peek() != ',' {
		return notJSON("a comma or a closing bracket is missing")
	}
	d.pos++
	d.space()
	return nil
}

// member reads a key and its value in the object whose node is at.
func (d *doc) member(at, depth int) *chatnet.Error {
	if d.peek() != '"' {
		return notJSON("a key is missing or not in quotes")
	}
	k := len(d.nodes)
	if err := d.str(); err != nil {
		return err
	}
	if d.nodes[k].escaped {
		return notJSON("a key is written without backslashes")
	}
	for i := at + 1; i < k; i = d.nodes[i+1].next {
		if bytes.Equal(d.bytes(i), d.bytes(k)) {
			return notJSON("the key " + shown(d.bytes(k)) + " stands there twice")
		}
	}
	d.space()
	if d.peek() != ':' {
		return notJSON("a colon is missing behind a key")
	}
	d.pos++
	d.space()
	return d.value(depth + 1)
}

// bytes returns a string node's bytes as they stand in the line.
func (d *doc) bytes(i int) []byte { return d.src[d.nodes[i].start:d.nodes[i].end] }

// shown makes a foreign key fit for an error's text.
func shown(key []byte) string {
	const most = 40
	if len(key) > most {
		key = key[:most]
	}
	return `"` + chatnet.CleanLine(string(key)).String() + `"`
}
