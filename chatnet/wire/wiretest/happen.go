package wiretest

import (
	"strings"

	"tchat/chatnet"
)

// Happen lets something happen that the session did not ask for, and reports
// whether it knows what. In the lobby:
//
//	NICK says TEXT        NICK joins           NICK leaves
//	NICK sets the topic TEXT                   NICK becomes NICK
//	NICK says in COLOUR TEXT                   NICK does TEXT
//	NICK corrects SEQ TEXT                     NICK redacts SEQ [TEXT]
//	NICK answers SEQ TEXT                      NICK puts EMOJI to SEQ
//	NICK takes EMOJI from SEQ
//
// and to the session:
//
//	NICK is typing        NICK stops typing    NICK is away TEXT
//	NICK is back          NICK knocks          NICK reads r1 up to 3 elsewhere
//	NICK puts you in ROOM NICK takes you out of ROOM
//	bob says privately TEXT                    bob goes
//	the host wants to be asked                 (before the hello)
//	the host says yes     the host says no TEXT
//	the server stops      the same client comes in again
func (h *Hub) Happen(what string) (chatnet.Delivery, bool) {
	switch what {
	case "the host wants to be asked":
		h.Approve = true
		return chatnet.Delivery{}, true
	case "the host says yes":
		return h.welcome(), true
	case "the server stops":
		return bye(chatnet.E(chatnet.CodeShutdown, "the server is going down; try again in a moment")), true
	case "the same client comes in again":
		return bye(chatnet.E(chatnet.CodeReplaced, "a newer connection of this client took over")), true
	}
	if why, ok := strings.CutPrefix(what, "the host says no "); ok {
		return bye(chatnet.E(chatnet.CodeRefused, why)), true
	}
	nick, deed, _ := strings.Cut(what, " ")
	if _, err := chatnet.ParseNick(nick); err != nil {
		return chatnet.Delivery{}, false
	}
	m := h.member(nick, chatnet.RoleMember)
	if d, ok := h.signal(m, deed); ok {
		return d, true
	}
	return h.lobby(m, deed)
}

func bye(why *chatnet.Error) chatnet.Delivery { return chatnet.Delivery{Bye: why} }

// signal is what leaves no event.
func (h *Hub) signal(m chatnet.Member, deed string) (chatnet.Delivery, bool) {
	lobby := h.rooms[0].info.ID
	s, ok := chatnet.Signal(nil), true
	away, isAway := strings.CutPrefix(deed, "is away ")
	switch {
	case deed == "is typing", deed == "stops typing":
		s = chatnet.Typing{Room: lobby, User: m.User, Nick: m.Nick, On: deed == "is typing"}
	case isAway:
		s = chatnet.PresenceChanged{User: m.User, Nick: m.Nick, Presence: chatnet.Away, Away: chatnet.CleanLine(away)}
	case deed == "goes":
		s = chatnet.PresenceChanged{User: m.User, Nick: m.Nick, Presence: chatnet.Gone}
	case deed == "is back":
		s = chatnet.PresenceChanged{User: m.User, Nick: m.Nick, Presence: chatnet.Here}
	case deed == "reads r1 up to 3 elsewhere":
		s = chatnet.ReadMoved{Room: lobby, Seq: 3}
	case deed == "knocks":
		h.knocks = append(h.knocks, chatnet.Knock{User: m.User, Nick: m.Nick, Addr: "192.0.2.7", Door: "tchat", Since: h.now})
		s = chatnet.KnocksChanged{Knocks: h.knocks}
	default:
		ok = false
	}
	return chatnet.Delivery{Signals: []chatnet.Signal{s}}, ok
}

// lobby is what leaves an event in the lobby, or moves the session's user.
func (h *Hub) lobby(m chatnet.Member, deed string) (chatnet.Delivery, bool) {
	lobby := h.rooms[0]
	text := func(prefix string) (string, bool) { return strings.CutPrefix(deed, prefix) }
	if d, ok := h.about(lobby, m, deed); ok {
		return d, true
	}
	var body chatnet.Body
	if s, ok := text("says privately "); ok {
		return h.privately(s), true
	} else if s, ok := text("says in "); ok {
		color, said, _ := strings.Cut(s, " ")
		body = chatnet.Said{Text: chatnet.Clean(unescaped(said)), Color: chatnet.Color(color)}
	} else if s, ok := text("does "); ok {
		body = chatnet.Said{Text: chatnet.Clean(s), Me: true}
	} else if s, ok := text("says "); ok {
		body = chatnet.Said{Text: chatnet.Clean(unescaped(s))}
	} else if s, ok := text("sets the topic "); ok {
		lobby.info.Topic = chatnet.CleanLine(s)
		body = chatnet.TopicSet{Topic: lobby.info.Topic}
	} else if s, ok := text("becomes "); ok {
		body = chatnet.Renamed{User: m.User, Nick: chatnet.MustNick(s)}
	} else if s, ok := text("puts you in "); ok {
		d, _, _ := h.join(chatnet.MustRoomName(s), chatnet.KindPrivate)
		return d, true
	} else if s, ok := text("takes you out of "); ok {
		return chatnet.Delivery{Exited: []chatnet.RoomID{chatnet.RoomID(s)}}, true
	} else if deed == "joins" {
		lobby.members = append(lobby.members, m)
		body = chatnet.Joined{User: m.User, Nick: m.Nick, Role: m.Role}
	} else if deed == "leaves" {
		body = chatnet.Parted{User: m.User}
	} else {
		return chatnet.Delivery{}, false
	}
	return chatnet.Delivery{Events: []chatnet.Event{h.record(lobby, m, body)}}, true
}

// unescaped lets what is said have several lines.
func unescaped(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }

// privately lets bob write to the session's user alone.
func (h *Hub) privately(text string) chatnet.Delivery {
	room, d, err := h.direct(chatnet.MustNick("bob"))
	if err != nil {
		return bye(err)
	}
	d.Events = append(d.Events, h.record(room, room.info.With, chatnet.Said{Text: chatnet.Clean(unescaped(text))}))
	return d
}
