package native

import "tchat/chatnet"

// AppendEvent appends an event's line to dst (PROTOCOL 5). It is also the form
// of the client's cache. The bodies of the server's own log never travel:
// nothing is appended for them.
func AppendEvent(dst []byte, ev chatnet.Event) []byte {
	n := len(dst)
	dst = appendEvent(dst, &ev)
	if len(dst) == n {
		return dst
	}
	return append(dst, '\n')
}

// ParseEvent reads a line that AppendEvent wrote, with or without its line
// break. Unknown keys are ignored. An event of a kind that this program does
// not know has a nil Body: its Seq counts, and there is nothing to show
// (PROTOCOL 11.2). The error has CodeProtocol.
func ParseEvent(line []byte) (chatnet.Event, error) {
	var d doc
	if err := d.parse(line); err != nil {
		return chatnet.Event{}, protocolError(err)
	}
	o := d.objectAt(0)
	o.need("ev")
	ev := parseEvent(&o)
	if o.fault != nil {
		return chatnet.Event{}, protocolError(o.fault)
	}
	return ev, nil
}

// protocolError is a fault as the client sees it: the server's, and final.
func protocolError(e *chatnet.Error) error {
	return chatnet.E(chatnet.CodeProtocol, e.Text)
}

// appendEvent writes an event's object, or nothing for a body of the hub's log.
func appendEvent(dst []byte, ev *chatnet.Event) []byte {
	switch b := ev.Body.(type) {
	case chatnet.Said: // PROTOCOL 5.2
		dst = appendHead(dst, `{"ev":"said"`, ev)
		dst = appendString(key(dst, "text"), b.Text.String())
		dst = fieldString(dst, "color", string(b.Color))
		dst = fieldFlag(dst, "me", b.Me)
		dst = fieldNumber(dst, "reply", b.Reply)
	case chatnet.Edited: // PROTOCOL 5.8
		dst = appendHead(dst, `{"ev":"edited"`, ev)
		dst = fieldNumber(dst, "target", b.Target)
		dst = fieldString(dst, "text", b.Text.String())
	case chatnet.Redacted: // PROTOCOL 5.9
		dst = appendHead(dst, `{"ev":"redacted"`, ev)
		dst = fieldNumber(dst, "target", b.Target)
		dst = fieldString(dst, "reason", b.Reason.String())
	case chatnet.Reacted: // PROTOCOL 5.10
		dst = appendHead(dst, `{"ev":"reacted"`, ev)
		dst = fieldNumber(dst, "target", b.Target)
		dst = fieldString(dst, "emoji", b.Emoji.String())
		dst = fieldFlag(dst, "on", b.On)
	case chatnet.Joined: // PROTOCOL 5.3
		dst = appendHead(dst, `{"ev":"joined"`, ev)
		dst = fieldString(dst, "user", string(b.User))
		dst = fieldString(dst, "as", b.Nick.String())
		dst = fieldString(dst, "role", string(b.Role))
	case chatnet.Parted: // PROTOCOL 5.4
		dst = appendHead(dst, `{"ev":"parted"`, ev)
		dst = fieldString(dst, "user", string(b.User))
		dst = fieldString(dst, "reason", b.Reason.String())
	case chatnet.Renamed: // PROTOCOL 5.5
		dst = appendHead(dst, `{"ev":"renamed"`, ev)
		dst = fieldString(dst, "user", string(b.User))
		dst = fieldString(dst, "as", b.Nick.String())
	case chatnet.TopicSet: // PROTOCOL 5.6
		dst = appendHead(dst, `{"ev":"topic"`, ev)
		dst = fieldString(dst, "topic", b.Topic.String())
	case nil: // one that a client could not read, on its way to its cache
		dst = appendHead(dst, `{"ev":"unknown"`, ev)
	case chatnet.Registered, chatnet.NickSet, chatnet.RoleSet, chatnet.RoomMade, chatnet.Forgotten:
		return dst
	}
	return append(dst, '}')
}

// appendHead writes what every event has (PROTOCOL 5.1).
func appendHead(dst []byte, open string, ev *chatnet.Event) []byte {
	dst = append(dst, open...)
	dst = appendString(key(dst, "room"), string(ev.Room))
	dst = fieldNumber(dst, "seq", ev.Seq)
	dst = fieldNumber(dst, "prev", ev.Prev)
	dst = appendTime(key(dst, "at"), ev.At)
	dst = fieldString(dst, "by", string(ev.By))
	dst = fieldString(dst, "nick", ev.Nick.String())
	return fieldOrigin(dst, ev.Origin)
}

// parseEvent reads the event that o is.
func parseEvent(o *object) chatnet.Event {
	kind := o.raw("ev")
	ev := chatnet.Event{
		Room:   o.room("room"),
		Seq:    o.seq("seq"),
		Prev:   o.seq("prev"),
		At:     o.time("at"),
		By:     o.user("by"),
		Nick:   o.nick("nick"),
		Origin: o.origin("origin"),
	}
	switch string(kind) {
	case "said":
		ev.Body = chatnet.Said{Text: o.text("text"), Color: o.color("color"), Me: o.flag("me"), Reply: o.seq("reply")}
	case "edited":
		ev.Body = chatnet.Edited{Target: o.seq("target"), Text: o.text("text")}
	case "redacted":
		ev.Body = chatnet.Redacted{Target: o.seq("target"), Reason: o.line("reason")}
	case "reacted":
		ev.Body = chatnet.Reacted{Target: o.seq("target"), Emoji: o.emoji("emoji"), On: o.flag("on")}
	case "joined":
		ev.Body = chatnet.Joined{User: o.user("user"), Nick: o.nick("as"), Role: o.role("role")}
	case "parted":
		ev.Body = chatnet.Parted{User: o.user("user"), Reason: o.line("reason")}
	case "renamed":
		ev.Body = chatnet.Renamed{User: o.user("user"), Nick: o.nick("as")}
	case "topic":
		ev.Body = chatnet.TopicSet{Topic: o.line("topic")}
	}
	if ev.Room == "" {
		o.need("room")
	}
	return ev
}
