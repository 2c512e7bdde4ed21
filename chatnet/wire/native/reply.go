package native

import (
	"strconv"

	"tchat/chatnet"
)

// appendLimits writes what a welcome tells of chatnet's sizes (PROTOCOL 2.3).
func appendLimits(dst []byte) []byte {
	dst = append(dst, `,"limits":{"line":`...)
	dst = strconv.AppendUint(dst, chatnet.MaxLine, 10)
	dst = fieldNumber(dst, "text", chatnet.MaxText)
	dst = fieldNumber(dst, "topic", chatnet.MaxTopic)
	dst = fieldNumber(dst, "reason", chatnet.MaxReason)
	dst = fieldNumber(dst, "inflight", chatnet.MaxInFlight)
	dst = fieldNumber(dst, "page", chatnet.MaxPage)
	return append(dst, '}')
}

// appendReply writes one reply, on as many lines as it needs (PROTOCOL 4).
func appendReply(dst []byte, r chatnet.Reply) []byte {
	if r.Err != nil {
		dst = fieldString(appendRe(dst, r.ID), "error", string(r.Err.Code))
		return appendWhy(dst, r.Err)
	}
	switch a := r.Answer.(type) { // PROTOCOL 4.4
	case chatnet.Done, nil:
		return append(appendOK(dst, r.ID, "done"), '}', '\n')
	case chatnet.Stored:
		dst = fieldString(appendOK(dst, r.ID, "stored"), "room", string(a.Room))
		dst = fieldOrigin(fieldNumber(dst, "seq", a.Seq), a.Origin)
		return append(fieldFlag(dst, "dup", a.Dup), '}', '\n')
	case chatnet.Entered:
		dst = fieldString(appendOK(dst, r.ID, "entered"), "room", string(a.Room))
		return append(dst, '}', '\n')
	case chatnet.RoomList:
		return appendList(dst, reply{id: r.ID, ok: "rooms", list: "rooms"}, a.Rooms, appendListing)
	case chatnet.MemberList:
		head := fieldString(nil, "room", string(a.Room))
		return appendList(dst, reply{id: r.ID, ok: "members", list: "members", head: head}, a.Members, appendMember)
	case chatnet.UserInfo:
		head := fieldTime(memberFields([]byte{','}, &a.Member), "since", a.Since)
		return appendList(dst, reply{id: r.ID, ok: "user", list: "rooms", head: head}, a.Rooms, appendName)
	case chatnet.Page:
		head := fieldFlag(fieldString(nil, "room", string(a.Room)), "more", a.More)
		return appendList(dst, reply{id: r.ID, ok: "page", list: "events", head: head}, a.Events, appendListed)
	case chatnet.Hits:
		head := fieldFlag(nil, "more", a.More)
		return appendList(dst, reply{id: r.ID, ok: "hits", list: "events", head: head}, a.Events, appendListed)
	case chatnet.KnockList:
		return appendList(dst, reply{id: r.ID, ok: "knocks", list: "knocks"}, a.Knocks, appendKnock)
	case chatnet.Welcome:
		return appendWelcome(dst, r.ID, a)
	case chatnet.Waiting: // PROTOCOL 2.6
		dst = append(appendOK(dst, r.ID, "waiting"), `,"v":1`...)
		return append(appendServer(key(dst, "server"), a.Server), '}', '\n')
	}
	return dst
}

// appendWelcome writes the answer to a hello (PROTOCOL 2.3).
func appendWelcome(dst []byte, id uint64, w chatnet.Welcome) []byte {
	head := appendServer([]byte(`,"v":1,"server":`), w.Server)
	head = fieldString(head, "user", string(w.User))
	head = fieldString(head, "nick", w.Nick.String())
	head = fieldString(head, "role", string(w.Role))
	head = appendLimits(head)
	return appendList(dst, reply{id: id, ok: "welcome", list: "rooms", head: head}, w.Rooms, appendRoom)
}

func appendRe(dst []byte, id uint64) []byte {
	return strconv.AppendUint(append(dst, `{"re":`...), id, 10)
}

func appendOK(dst []byte, id uint64, ok string) []byte {
	return fieldString(appendRe(dst, id), "ok", ok)
}

// appendWhy ends a line that refuses something (PROTOCOL 9).
func appendWhy(dst []byte, e *chatnet.Error) []byte {
	dst = fieldString(dst, "text", e.Text)
	return append(fieldFlag(dst, "retry", e.Retry), '}', '\n')
}

func appendName(dst []byte, n chatnet.RoomName) []byte { return appendString(dst, n.String()) }

func appendListed(dst []byte, ev chatnet.Event) []byte { return appendEvent(dst, &ev) }

// reply is a reply with a list in it, which may be too long for one line.
type reply struct {
	id   uint64
	ok   string
	head []byte // the members beside the list, in the first line only
	list string // the list's key
}

// tail is room for what ends a line: `],"part":true}` and a line break.
const tail = 16

// appendList writes a reply in lines of at most chatnet.MaxLine; all but the
// last say that there is another part (PROTOCOL 4.2).
func appendList[T any](dst []byte, r reply, items []T, one func([]byte, T) []byte) []byte {
	line := len(dst)
	dst = append(appendOK(dst, r.id, r.ok), r.head...)
	dst = append(key(dst, r.list), '[')
	first := true
	for _, it := range items {
		before := len(dst)
		if !first {
			dst = append(dst, ',')
		}
		if dst = one(dst, it); len(dst)-line > chatnet.MaxLine-tail && !first {
			dst = append(dst[:before], `],"part":true}`+"\n"...)
			line = len(dst)
			dst = append(key(appendOK(dst, r.id, r.ok), r.list), '[')
			dst = one(dst, it)
		}
		first = false
	}
	return append(dst, ']', '}', '\n')
}

// parseReply reads one line of a reply (PROTOCOL 4.1).
func parseReply(o *object) chatnet.Reply {
	r := chatnet.Reply{ID: o.number("re")}
	if o.has("error") {
		r.Err = parseError(o, "error")
		return r
	}
	switch string(o.raw("ok")) {
	case "done":
		r.Answer = chatnet.Done{}
	case "stored":
		r.Answer = chatnet.Stored{Room: o.room("room"), Seq: o.seq("seq"), Origin: o.origin("origin"), Dup: o.flag("dup")}
	case "entered":
		r.Answer = chatnet.Entered{Room: o.room("room")}
	case "rooms":
		a := chatnet.RoomList{}
		o.each("rooms", func(e *object) { a.Rooms = append(a.Rooms, parseListing(e)) })
		r.Answer = a
	case "members":
		a := chatnet.MemberList{Room: o.room("room")}
		o.each("members", func(e *object) { a.Members = append(a.Members, parseMember(e)) })
		r.Answer = a
	case "user":
		r.Answer = parseUserInfo(o)
	case "page":
		a := chatnet.Page{Room: o.room("room"), More: o.flag("more")}
		o.each("events", func(e *object) { a.Events = append(a.Events, parseEvent(e)) })
		r.Answer = a
	case "hits":
		a := chatnet.Hits{More: o.flag("more")}
		o.each("events", func(e *object) { a.Events = append(a.Events, parseEvent(e)) })
		r.Answer = a
	case "knocks":
		r.Answer = chatnet.KnockList{Knocks: parseKnocks(o)}
	case "welcome":
		r.Answer = parseWelcome(o)
	case "waiting":
		r.Answer = chatnet.Waiting{Server: parseServer(o)}
	default: // PROTOCOL 11.2
		o.need("ok")
		r.Err = chatnet.E(chatnet.CodeProtocol, "the server answered in a way that this program does not know")
	}
	return r
}

func parseUserInfo(o *object) chatnet.UserInfo {
	a := chatnet.UserInfo{Member: parseMember(o), Since: o.time("since")}
	for _, s := range o.strings("rooms") {
		name, err := chatnet.ParseRoomName(s)
		o.wrong(err)
		a.Rooms = append(a.Rooms, name)
	}
	return a
}

func parseWelcome(o *object) chatnet.Welcome {
	w := chatnet.Welcome{Server: parseServer(o), User: o.user("user"), Nick: o.nick("nick"), Role: o.role("role")}
	o.each("rooms", func(e *object) { w.Rooms = append(w.Rooms, parseRoom(e)) })
	return w
}

// parseError reads the code under k and the words beside it.
func parseError(o *object, k string) *chatnet.Error {
	return &chatnet.Error{
		Code:  take(o, k, parseCode),
		Text:  o.line("text").String(),
		Retry: o.flag("retry"),
	}
}

// parseCode takes a code from a foreign program, one that is not known too:
// lower-case letters and hyphens, at most 40.
func parseCode(s string) (chatnet.Code, error) {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && c != '-' || i >= 40 {
			return "", chatnet.E(chatnet.CodeBadRequest, "a code has 1 to 40 lower-case letters and hyphens")
		}
	}
	return chatnet.Code(s), nil
}
