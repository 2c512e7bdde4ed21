package native

import "tchat/chatnet"

// AppendCall appends a request's line to dst (PROTOCOL 3). A call's ID is
// below 2^53.
func AppendCall(dst []byte, c chatnet.Call) []byte {
	switch r := c.Request.(type) {
	case chatnet.Say:
		return appendSay(dst, c.ID, &r)
	case chatnet.Redact:
		dst = fieldString(appendDo(dst, "redact", c.ID), "room", string(r.Room))
		dst = fieldString(fieldNumber(dst, "target", r.Target), "reason", r.Reason.String())
	case chatnet.React:
		dst = fieldString(appendDo(dst, "react", c.ID), "room", string(r.Room))
		dst = fieldString(fieldNumber(dst, "target", r.Target), "emoji", r.Emoji.String())
		dst = fieldFlag(dst, "on", r.On)
	case chatnet.Join:
		dst = fieldString(appendDo(dst, "join", c.ID), "name", r.Name.String())
	case chatnet.Create:
		dst = fieldString(appendDo(dst, "create", c.ID), "name", r.Name.String())
		dst = fieldFlag(dst, "private", r.Private)
	case chatnet.Invite:
		dst = fieldString(appendDo(dst, "invite", c.ID), "room", string(r.Room))
		dst = fieldString(dst, "nick", r.Nick.String())
	case chatnet.Part:
		dst = fieldString(appendDo(dst, "part", c.ID), "room", string(r.Room))
	case chatnet.SetTopic:
		dst = fieldString(appendDo(dst, "topic", c.ID), "room", string(r.Room))
		dst = fieldString(dst, "topic", r.Topic.String())
	case chatnet.SetNick:
		dst = fieldString(appendDo(dst, "nick", c.ID), "nick", r.Nick.String())
	case chatnet.SetRole:
		dst = fieldString(appendDo(dst, "role", c.ID), "nick", r.Nick.String())
		dst = fieldString(dst, "role", string(r.Role))
	case chatnet.SetAway:
		dst = fieldFlag(appendDo(dst, "away", c.ID), "away", r.Away)
		dst = fieldString(dst, "text", r.Text.String())
	case chatnet.OpenDirect:
		dst = fieldString(appendDo(dst, "direct", c.ID), "nick", r.With.String())
	case chatnet.ListRooms:
		dst = appendDo(dst, "rooms", c.ID)
	case chatnet.ListMembers:
		dst = fieldString(appendDo(dst, "members", c.ID), "room", string(r.Room))
	case chatnet.Whois:
		dst = fieldString(appendDo(dst, "whois", c.ID), "nick", r.Nick.String())
	case chatnet.History:
		dst = fieldString(appendDo(dst, "history", c.ID), "room", string(r.Room))
		dst = fieldNumber(fieldNumber(dst, "before", r.Before), "limit", r.Limit)
	case chatnet.Search:
		dst = fieldString(appendDo(dst, "search", c.ID), "text", r.Text.String())
		dst = fieldNumber(dst, "limit", r.Limit)
	case chatnet.MarkRead:
		dst = fieldString(appendDo(dst, "read", c.ID), "room", string(r.Room))
		dst = fieldNumber(dst, "seq", r.Seq)
	case chatnet.Type:
		dst = fieldString(appendDo(dst, "typing", c.ID), "room", string(r.Room))
		dst = fieldFlag(dst, "on", r.On)
	case chatnet.ListKnocks:
		dst = appendDo(dst, "knocks", c.ID)
	case chatnet.Admit:
		dst = fieldString(appendDo(dst, "admit", c.ID), "nick", r.Nick.String())
	case chatnet.Refuse:
		dst = fieldString(appendDo(dst, "refuse", c.ID), "nick", r.Nick.String())
		dst = fieldString(dst, "reason", r.Reason.String())
	case chatnet.Quit:
		dst = fieldString(appendDo(dst, "quit", c.ID), "reason", r.Reason.String())
	default:
		return dst
	}
	return append(dst, '}', '\n')
}

func appendDo(dst []byte, do string, id uint64) []byte {
	dst = append(append(append(dst, `{"do":"`...), do...), '"')
	return fieldNumber(dst, "id", id)
}

func appendSay(dst []byte, id uint64, r *chatnet.Say) []byte {
	dst = fieldString(appendDo(dst, "say", id), "room", string(r.Room))
	dst = fieldString(dst, "to", r.To.String())
	dst = fieldOrigin(dst, r.Origin)
	dst = appendString(key(dst, "text"), r.Text.String())
	dst = fieldString(dst, "color", string(r.Color))
	dst = fieldFlag(dst, "me", r.Me)
	dst = fieldNumber(fieldNumber(dst, "reply", r.Reply), "edits", r.Edits)
	return append(fieldFlag(dst, "again", r.Again), '}', '\n')
}

// AppendPing appends the line that asks the other end for a sign of life
// (PROTOCOL 8). Both ends use it.
func AppendPing(dst []byte) []byte { return append(dst, `{"ping":true}`+"\n"...) }

// AppendPong appends the answer to a ping (PROTOCOL 8).
func AppendPong(dst []byte) []byte { return append(dst, `{"pong":true}`+"\n"...) }

// parseCall reads a request's line. Its members must all be known (PROTOCOL
// 3.1).
func parseCall(o *object) chatnet.Call {
	do := o.raw("do")
	c := chatnet.Call{ID: o.number("id")}
	if !o.has("do") {
		o.bad(`the key "do" is missing`)
		return c
	}
	if c.Request = parseRequest(o, string(do)); c.Request == nil {
		o.wrong(chatnet.E(chatnet.CodeBadRequest, "there is no request "+shown(do)))
		return c
	}
	o.closed()
	return c
}

// parseRequest reads the request called do, nil when there is none (PROTOCOL
// 3.3).
func parseRequest(o *object, do string) chatnet.Request {
	switch do {
	case "say":
		return parseSay(o)
	case "redact":
		return chatnet.Redact{Room: needed(o, "room", o.room), Target: needed(o, "target", o.seq), Reason: o.line("reason")}
	case "react":
		return chatnet.React{
			Room: needed(o, "room", o.room), Target: needed(o, "target", o.seq), Emoji: needed(o, "emoji", o.emoji), On: o.flag("on"),
		}
	case "join":
		return chatnet.Join{Name: needed(o, "name", o.name)}
	case "create":
		return chatnet.Create{Name: needed(o, "name", o.name), Private: o.flag("private")}
	case "invite":
		return chatnet.Invite{Room: needed(o, "room", o.room), Nick: needed(o, "nick", o.nick)}
	case "part":
		return chatnet.Part{Room: needed(o, "room", o.room)}
	case "topic":
		return chatnet.SetTopic{Room: needed(o, "room", o.room), Topic: o.line("topic")}
	case "nick":
		return chatnet.SetNick{Nick: needed(o, "nick", o.nick)}
	case "role":
		return chatnet.SetRole{Nick: needed(o, "nick", o.nick), Role: needed(o, "role", o.role)}
	case "away":
		return chatnet.SetAway{Away: o.flag("away"), Text: o.line("text")}
	case "direct":
		return chatnet.OpenDirect{With: needed(o, "nick", o.nick)}
	case "rooms":
		return chatnet.ListRooms{}
	case "members":
		return chatnet.ListMembers{Room: needed(o, "room", o.room)}
	case "whois":
		return chatnet.Whois{Nick: needed(o, "nick", o.nick)}
	case "history":
		return chatnet.History{Room: needed(o, "room", o.room), Before: o.seq("before"), Limit: o.int("limit")}
	case "search":
		return chatnet.Search{Text: o.line("text"), Limit: o.int("limit")}
	case "read":
		return chatnet.MarkRead{Room: needed(o, "room", o.room), Seq: o.seq("seq")}
	case "typing":
		return chatnet.Type{Room: needed(o, "room", o.room), On: o.flag("on")}
	case "knocks":
		return chatnet.ListKnocks{}
	case "admit":
		return chatnet.Admit{Nick: needed(o, "nick", o.nick)}
	case "refuse":
		return chatnet.Refuse{Nick: needed(o, "nick", o.nick), Reason: o.line("reason")}
	case "quit":
		return chatnet.Quit{Reason: o.line("reason")}
	}
	return nil
}

// parseSay reads a message (PROTOCOL 3.2).
func parseSay(o *object) chatnet.Say {
	s := chatnet.Say{
		Room:   o.room("room"),
		To:     o.nick("to"),
		Origin: o.origin("origin"),
		Text:   o.text("text"),
		Color:  o.color("color"),
		Me:     o.flag("me"),
		Reply:  o.seq("reply"),
		Edits:  o.seq("edits"),
		Again:  o.flag("again"),
	}
	if (s.Room == "") == s.To.IsZero() {
		o.wrong(chatnet.E(chatnet.CodeBadRequest, `say needs either "room" or "to"`))
	}
	return s
}

// needed reads a member that may be neither absent nor empty.
func needed[T comparable](o *object, k string, read func(string) T) T {
	v := read(k)
	if v == *new(T) {
		o.missing(k)
	}
	return v
}
