package native

import (
	"math"
	"time"

	"tchat/chatnet"
)

// object takes the members of one JSON object by name. A member that is not
// there is zero (PROTOCOL 1.4); the first fault is kept in fault and the rest
// of the work is harmless, so that a parser reads like a literal of the type.
type object struct {
	d     *doc
	first int    // the first key's node
	count int    // members
	used  uint64 // one bit a member that was asked for
	at    int    // where the next key is expected: the node ...
	ord   int    // ... and the member's number
	fault *chatnet.Error
	form  bool // the fault is one of form, not of a value: the line is a bad line (PROTOCOL 1.6)
}

// object returns the members of the object at node i.
func (d *doc) objectAt(i int) object {
	return object{d: d, first: i + 1, count: d.nodes[i].count, at: i + 1}
}

// find returns the node of a member's value and marks the member as known.
func (o *object) find(k string) (int, bool) {
	if i, ok := o.match(k); ok {
		return i, true
	}
	o.at, o.ord = o.first, 0
	for o.ord < o.count {
		if i, ok := o.match(k); ok {
			return i, true
		}
		o.at, o.ord = o.d.nodes[o.at+1].next, o.ord+1
	}
	o.at, o.ord = o.first, 0
	return 0, false
}

// match looks at the expected member alone, and steps on when it is k.
func (o *object) match(k string) (int, bool) {
	if o.ord >= o.count || string(o.d.bytes(o.at)) != k {
		return 0, false
	}
	i := o.at + 1
	o.used |= 1 << o.ord
	o.at, o.ord = o.d.nodes[i].next, o.ord+1
	return i, true
}

// bad keeps the first fault of form.
func (o *object) bad(rule string) {
	if o.fault == nil {
		o.fault, o.form = notJSON(rule), true
	}
}

// wrong keeps the first fault of a value.
func (o *object) wrong(err error) {
	if o.fault == nil && err != nil {
		o.fault = chatnet.AsError(err)
	}
}

// missing faults the object for a member that is not there, or empty.
func (o *object) missing(k string) {
	o.wrong(chatnet.E(chatnet.CodeBadRequest, shown([]byte(k))+" is missing"))
}

// need faults the object when a member is not there.
func (o *object) need(keys ...string) {
	for _, k := range keys {
		if _, ok := o.find(k); !ok {
			o.missing(k)
		}
	}
}

// closed faults the object when it has a member that nobody asked for.
func (o *object) closed() {
	i := o.first
	for n := range o.count {
		if o.used&(1<<n) == 0 {
			o.bad("the key " + shown(o.d.bytes(i)) + " is not known here")
			return
		}
		i = o.d.nodes[i+1].next
	}
}

// typed returns the node of a member when it has the type k.
func (o *object) typed(name string, k kind, what string) (int, bool) {
	i, ok := o.find(name)
	if ok && o.d.nodes[i].kind != k {
		o.bad(shown([]byte(name)) + " must be " + what)
		return 0, false
	}
	return i, ok
}

func (o *object) has(name string) bool {
	_, ok := o.find(name)
	return ok
}

func (o *object) str(name string) string {
	if i, ok := o.typed(name, isString, "a string"); ok {
		return o.d.text(i)
	}
	return ""
}

func (o *object) number(name string) uint64 {
	if i, ok := o.typed(name, isNumber, "a number"); ok {
		return o.d.nodes[i].num
	}
	return 0
}

func (o *object) flag(name string) bool {
	i, ok := o.find(name)
	if !ok {
		return false
	}
	k := o.d.nodes[i].kind
	if k != isTrue && k != isFalse {
		o.bad(shown([]byte(name)) + " must be true or false")
	}
	return k == isTrue
}

func (o *object) seq(name string) chatnet.Seq { return chatnet.Seq(o.number(name)) }

func (o *object) int(name string) int {
	n := o.number(name)
	if n > math.MaxInt32 {
		o.wrong(chatnet.E(chatnet.CodeBadRequest, shown([]byte(name))+" is too large"))
		return 0
	}
	return int(n)
}

func (o *object) text(name string) chatnet.Text { return chatnet.Clean(o.str(name)) }
func (o *object) line(name string) chatnet.Text { return chatnet.CleanLine(o.str(name)) }

// take parses a string member that may be absent or empty.
func take[T any](o *object, name string, parse func(string) (T, error)) (v T) {
	s := o.str(name)
	if s == "" {
		return v
	}
	v, err := parse(s)
	o.wrong(err)
	return v
}

func (o *object) room(name string) chatnet.RoomID { return take(o, name, chatnet.ParseRoomID) }
func (o *object) user(name string) chatnet.UserID { return take(o, name, chatnet.ParseUserID) }
func (o *object) nick(name string) chatnet.Nick   { return take(o, name, chatnet.ParseNick) }
func (o *object) name(name string) chatnet.RoomName {
	return take(o, name, chatnet.ParseRoomName)
}
func (o *object) origin(name string) chatnet.Origin { return take(o, name, chatnet.ParseOrigin) }
func (o *object) role(name string) chatnet.Role     { return take(o, name, chatnet.ParseRole) }
func (o *object) color(name string) chatnet.Color   { return take(o, name, chatnet.ParseColor) }
func (o *object) emoji(name string) chatnet.Emoji   { return take(o, name, chatnet.ParseEmoji) }
func (o *object) epoch(name string) chatnet.Epoch   { return take(o, name, parseEpoch) }

func (o *object) time(name string) (t time.Time) {
	i, ok := o.typed(name, isString, "a string")
	if !ok {
		return t
	}
	if t, ok = parseTime(o.d.bytes(i)); !ok {
		o.wrong(chatnet.E(chatnet.CodeBadRequest, "a time is written 2006-01-02T15:04:05.000Z"))
	}
	return t
}

// parseEpoch takes a log's life from a foreign program; it has the alphabet of
// a room id.
func parseEpoch(s string) (chatnet.Epoch, error) {
	if _, err := chatnet.ParseRoomID(s); err != nil {
		return "", chatnet.E(chatnet.CodeBadRequest, "an epoch has 1 to 80 letters, digits and .:_@-")
	}
	return chatnet.Epoch(s), nil
}

// inner returns the object that is a member, and whether there is one.
func (o *object) inner(name string) (object, bool) {
	i, ok := o.typed(name, isObject, "an object")
	if !ok {
		return object{}, false
	}
	return o.d.objectAt(i), true
}

// done takes over the fault of an object inside o.
func (o *object) done(in *object) {
	if o.fault == nil {
		o.fault, o.form = in.fault, in.form
	}
}

// each calls read with every object of a list.
func (o *object) each(name string, read func(e *object)) {
	list, ok := o.typed(name, isArray, "a list")
	if !ok {
		return
	}
	for i := list + 1; i < o.d.nodes[list].next; i = o.d.nodes[i].next {
		if o.d.nodes[i].kind != isObject {
			o.bad(shown([]byte(name)) + " must be a list of objects")
			return
		}
		e := o.d.objectAt(i)
		read(&e)
		o.done(&e)
	}
}

// strings returns a list of strings.
func (o *object) strings(name string) (all []string) {
	list, ok := o.typed(name, isArray, "a list")
	if !ok {
		return nil
	}
	for i := list + 1; i < o.d.nodes[list].next; i = o.d.nodes[i].next {
		if o.d.nodes[i].kind != isString {
			o.bad(shown([]byte(name)) + " must be a list of strings")
			return nil
		}
		all = append(all, o.d.text(i))
	}
	return all
}

// raw returns a string member's bytes as they stand in the line; for words
// that are compared and need no escape.
func (o *object) raw(name string) []byte {
	if i, ok := o.typed(name, isString, "a string"); ok {
		return o.d.bytes(i)
	}
	return nil
}
