package native

import "tchat/chatnet"

// The parts that several lines share (PROTOCOL 4.3). Each has a writer of its
// members, the first of which brings no comma, and a reader.

// memberFields writes a user in a list.
func memberFields(dst []byte, m *chatnet.Member) []byte {
	dst = append(dst, `"user":`...)
	dst = appendString(dst, string(m.User))
	dst = fieldString(dst, "nick", m.Nick.String())
	dst = fieldString(dst, "role", string(m.Role))
	dst = fieldString(dst, "presence", string(m.Presence))
	return fieldString(dst, "away", m.Away.String())
}

func appendMember(dst []byte, m chatnet.Member) []byte {
	return append(memberFields(append(dst, '{'), &m), '}')
}

func parseMember(o *object) chatnet.Member {
	return chatnet.Member{
		User:     o.user("user"),
		Nick:     o.nick("nick"),
		Role:     o.role("role"),
		Presence: take(o, "presence", parsePresence),
		Away:     o.line("away"),
	}
}

func parsePresence(s string) (chatnet.Presence, error) {
	switch p := chatnet.Presence(s); p {
	case chatnet.Here, chatnet.Away, chatnet.Gone:
		return p, nil
	}
	return "", chatnet.E(chatnet.CodeBadRequest, "a presence is one of here, away, gone")
}

func parseKind(s string) (chatnet.RoomKind, error) {
	switch k := chatnet.RoomKind(s); k {
	case chatnet.KindOpen, chatnet.KindPrivate, chatnet.KindDirect:
		return k, nil
	}
	return "", chatnet.E(chatnet.CodeBadRequest, "a room is one of open, private, direct")
}

// appendRoom writes a room that the user is in: a line of its own (PROTOCOL
// 5.7), and an element of the welcome.
func appendRoom(dst []byte, r chatnet.RoomInfo) []byte {
	dst = append(dst, `{"in":`...)
	dst = appendString(dst, string(r.ID))
	dst = fieldString(dst, "name", r.Name.String())
	dst = fieldString(dst, "kind", string(r.Kind))
	dst = fieldString(dst, "topic", r.Topic.String())
	if r.With != (chatnet.Member{}) {
		dst = appendMember(key(dst, "with"), r.With)
	}
	dst = fieldNumber(dst, "count", r.Count)
	dst = fieldString(dst, "epoch", string(r.Epoch))
	dst = fieldNumber(dst, "head", r.Head)
	dst = fieldNumber(dst, "after", r.After)
	dst = fieldFlag(dst, "reset", r.Reset)
	dst = fieldNumber(dst, "read", r.Read)
	return append(dst, '}')
}

// parseRoom reads a room that the user is in. What After and Reset mean is in
// PROTOCOL 6.2, 6.3.
func parseRoom(o *object) chatnet.RoomInfo {
	r := chatnet.RoomInfo{
		ID:    o.room("in"),
		Name:  o.name("name"),
		Kind:  take(o, "kind", parseKind),
		Topic: o.line("topic"),
	}
	if in, ok := o.inner("with"); ok {
		r.With = parseMember(&in)
		o.done(&in)
	}
	r.Count, r.Epoch, r.Head = o.int("count"), o.epoch("epoch"), o.seq("head")
	r.After, r.Reset, r.Read = o.seq("after"), o.flag("reset"), o.seq("read")
	if r.ID == "" {
		o.need("in")
	}
	return r
}

func appendServer(dst []byte, s chatnet.ServerInfo) []byte {
	dst = append(dst, `{"name":`...)
	dst = appendString(dst, s.Name.String())
	dst = fieldString(dst, "motd", s.MOTD.String())
	dst = fieldString(dst, "version", s.Version)
	dst = fieldString(dst, "durability", s.Durability)
	return append(dst, '}')
}

func parseServer(o *object) (s chatnet.ServerInfo) {
	in, ok := o.inner("server")
	if !ok {
		return s
	}
	s = chatnet.ServerInfo{
		Name:       in.line("name"),
		MOTD:       in.text("motd"),
		Version:    in.line("version").String(),
		Durability: in.line("durability").String(),
	}
	o.done(&in)
	return s
}

func appendListing(dst []byte, l chatnet.Listing) []byte {
	dst = append(dst, `{"name":`...)
	dst = appendString(dst, l.Name.String())
	dst = fieldString(dst, "topic", l.Topic.String())
	return append(fieldNumber(dst, "count", l.Count), '}')
}

func parseListing(o *object) chatnet.Listing {
	return chatnet.Listing{Name: o.name("name"), Topic: o.line("topic"), Count: o.int("count")}
}

func appendKnock(dst []byte, k chatnet.Knock) []byte {
	dst = append(dst, `{"user":`...)
	dst = appendString(dst, string(k.User))
	dst = fieldString(dst, "nick", k.Nick.String())
	dst = fieldString(dst, "addr", k.Addr)
	dst = fieldString(dst, "door", k.Door)
	return append(fieldTime(dst, "since", k.Since), '}')
}

func parseKnock(o *object) chatnet.Knock {
	return chatnet.Knock{
		User:  o.user("user"),
		Nick:  o.nick("nick"),
		Addr:  o.line("addr").String(),
		Door:  o.line("door").String(),
		Since: o.time("since"),
	}
}

func parseKnocks(o *object) (all []chatnet.Knock) {
	o.each("knocks", func(e *object) { all = append(all, parseKnock(e)) })
	return all
}
