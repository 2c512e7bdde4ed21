package native

import "tchat/chatnet"

// appendSignal writes a signal's line (PROTOCOL 7).
func appendSignal(dst []byte, s chatnet.Signal) []byte {
	switch s := s.(type) {
	case chatnet.PresenceChanged:
		dst = fieldString(append(dst, `{"sig":"presence"`...), "user", string(s.User))
		dst = fieldString(dst, "nick", s.Nick.String())
		dst = fieldString(dst, "presence", string(s.Presence))
		dst = fieldString(dst, "away", s.Away.String())
	case chatnet.Typing:
		dst = fieldString(append(dst, `{"sig":"typing"`...), "room", string(s.Room))
		dst = fieldString(dst, "user", string(s.User))
		dst = fieldString(dst, "nick", s.Nick.String())
		dst = fieldFlag(dst, "on", s.On)
	case chatnet.ReadMoved:
		dst = fieldString(append(dst, `{"sig":"read"`...), "room", string(s.Room))
		dst = fieldNumber(dst, "seq", s.Seq)
	case chatnet.KnocksChanged:
		dst = append(key(append(dst, `{"sig":"knocks"`...), "knocks"), '[')
		for i, k := range s.Knocks {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendKnock(dst, k)
		}
		dst = append(dst, ']')
	case chatnet.SelfChanged:
		dst = fieldString(append(dst, `{"sig":"self"`...), "nick", s.Nick.String())
		dst = fieldString(dst, "role", string(s.Role))
	default:
		return dst
	}
	return append(dst, '}', '\n')
}

// parseSignal reads a signal, nil for a kind that is not known (PROTOCOL 11.2).
func parseSignal(o *object) chatnet.Signal {
	switch string(o.raw("sig")) {
	case "presence":
		m := parseMember(o)
		return chatnet.PresenceChanged{User: m.User, Nick: m.Nick, Presence: m.Presence, Away: m.Away}
	case "typing":
		return chatnet.Typing{Room: o.room("room"), User: o.user("user"), Nick: o.nick("nick"), On: o.flag("on")}
	case "read":
		return chatnet.ReadMoved{Room: o.room("room"), Seq: o.seq("seq")}
	case "knocks":
		return chatnet.KnocksChanged{Knocks: parseKnocks(o)}
	case "self":
		return chatnet.SelfChanged{Nick: o.nick("nick"), Role: o.role("role")}
	}
	return nil
}
