package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"tchat/chatnet"
)

// record is an event on disk. Its names are for ever: a name that is here once
// keeps its meaning, and a store with other names has another schema version.
type record struct {
	At   int64          `json:"at"` // milliseconds since 1970, UTC
	By   chatnet.UserID `json:"by,omitempty"`
	Nick string         `json:"nick,omitempty"` // By's
	Kind string         `json:"kind"`

	Text  string           `json:"text,omitempty"` // what was said, the reason, the topic
	Color chatnet.Color    `json:"color,omitempty"`
	Me    bool             `json:"me,omitempty"`
	Reply chatnet.Seq      `json:"reply,omitempty"` // the message that it answers
	About chatnet.Seq      `json:"about,omitempty"` // the message that is edited, redacted or reacted to
	Emoji string           `json:"emoji,omitempty"`
	On    bool             `json:"on,omitempty"`
	User  chatnet.UserID   `json:"user,omitempty"` // whom it is about
	As    string           `json:"as,omitempty"`   // User's nick
	Role  chatnet.Role     `json:"role,omitempty"`
	New   chatnet.RoomID   `json:"new,omitempty"`
	Name  string           `json:"name,omitempty"` // New's
	Type  chatnet.RoomKind `json:"type,omitempty"` // New's
	With  []chatnet.UserID `json:"with,omitempty"` // none or two
}

// The kinds of record, one for each chatnet.Body.
const (
	kindSaid       = "said"
	kindEdited     = "edited"
	kindRedacted   = "redacted"
	kindReacted    = "reacted"
	kindJoined     = "joined"
	kindParted     = "parted"
	kindRenamed    = "renamed"
	kindTopicSet   = "topic"
	kindRegistered = "registered"
	kindNickSet    = "nick"
	kindRoleSet    = "role"
	kindRoomMade   = "made"
	kindForgotten  = "forgotten"
)

// Marshal returns an event as the record that a durable store keeps: compact
// JSON of all but Room, Seq, Prev and Origin, which are the store's keys and
// stand beside it. It fails, with CodeInternal, on an event without a body.
func Marshal(ev chatnet.Event) ([]byte, error) {
	r := record{At: ev.At.UnixMilli(), By: ev.By, Nick: ev.Nick.String()}
	if !r.setBody(ev.Body) {
		return nil, chatnet.E(chatnet.CodeInternal, fmt.Sprintf("an event of kind %T cannot be stored", ev.Body))
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(&r); err != nil {
		return nil, chatnet.E(chatnet.CodeInternal, "an event cannot be stored").Because(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func (r *record) setBody(body chatnet.Body) bool {
	switch b := body.(type) {
	case chatnet.Said:
		r.Kind, r.Text, r.Color, r.Me, r.Reply = kindSaid, b.Text.String(), b.Color, b.Me, b.Reply
	case chatnet.Edited:
		r.Kind, r.About, r.Text = kindEdited, b.Target, b.Text.String()
	case chatnet.Redacted:
		r.Kind, r.About, r.Text = kindRedacted, b.Target, b.Reason.String()
	case chatnet.Reacted:
		r.Kind, r.About, r.Emoji, r.On = kindReacted, b.Target, b.Emoji.String(), b.On
	case chatnet.Joined:
		r.Kind, r.User, r.As, r.Role = kindJoined, b.User, b.Nick.String(), b.Role
	case chatnet.Parted:
		r.Kind, r.User, r.Text = kindParted, b.User, b.Reason.String()
	case chatnet.Renamed:
		r.Kind, r.User, r.As = kindRenamed, b.User, b.Nick.String()
	case chatnet.TopicSet:
		r.Kind, r.Text = kindTopicSet, b.Topic.String()
	case chatnet.Registered:
		r.Kind, r.User, r.As, r.Role = kindRegistered, b.User, b.Nick.String(), b.Role
	case chatnet.NickSet:
		r.Kind, r.User, r.As = kindNickSet, b.User, b.Nick.String()
	case chatnet.RoleSet:
		r.Kind, r.User, r.Role = kindRoleSet, b.User, b.Role
	case chatnet.RoomMade:
		r.Kind, r.New, r.Name, r.Type = kindRoomMade, b.New, b.Name.String(), b.Kind
		if b.With != [2]chatnet.UserID{} {
			r.With = b.With[:]
		}
	case chatnet.Forgotten:
		r.Kind, r.User = kindForgotten, b.User
	}
	return r.Kind != ""
}

// Unmarshal reads what Marshal wrote. Every string passes the same check as
// one from the network, because a file may have been changed by anybody. The
// error has CodeStorage: no JSON, an unknown kind, or a value that breaks a rule.
func Unmarshal(data []byte) (chatnet.Event, error) {
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return chatnet.Event{}, damaged(err)
	}
	c := checker{}
	ev := chatnet.Event{
		At:   time.UnixMilli(r.At).UTC(),
		By:   check(&c, chatnet.ParseUserID, string(r.By)),
		Nick: check(&c, chatnet.ParseNick, r.Nick),
	}
	ev.Body = r.body(&c)
	if c.err != nil {
		return chatnet.Event{}, damaged(c.err)
	}
	return ev, nil
}

func (r *record) body(c *checker) chatnet.Body {
	user := check(c, chatnet.ParseUserID, string(r.User))
	nick := check(c, chatnet.ParseNick, r.As)
	role := check(c, chatnet.ParseRole, string(r.Role))
	switch r.Kind {
	case kindSaid:
		return chatnet.Said{Text: chatnet.Clean(r.Text), Color: check(c, chatnet.ParseColor, string(r.Color)), Me: r.Me, Reply: r.Reply}
	case kindEdited:
		return chatnet.Edited{Target: r.About, Text: chatnet.Clean(r.Text)}
	case kindRedacted:
		return chatnet.Redacted{Target: r.About, Reason: chatnet.CleanLine(r.Text)}
	case kindReacted:
		return chatnet.Reacted{Target: r.About, Emoji: check(c, chatnet.ParseEmoji, r.Emoji), On: r.On}
	case kindJoined:
		return chatnet.Joined{User: user, Nick: nick, Role: role}
	case kindParted:
		return chatnet.Parted{User: user, Reason: chatnet.CleanLine(r.Text)}
	case kindRenamed:
		return chatnet.Renamed{User: user, Nick: nick}
	case kindTopicSet:
		return chatnet.TopicSet{Topic: chatnet.CleanLine(r.Text)}
	case kindRegistered:
		return chatnet.Registered{User: user, Nick: nick, Role: role}
	case kindNickSet:
		return chatnet.NickSet{User: user, Nick: nick}
	case kindRoleSet:
		return chatnet.RoleSet{User: user, Role: role}
	case kindRoomMade:
		return r.roomMade(c)
	case kindForgotten:
		return chatnet.Forgotten{User: user}
	}
	c.fail(chatnet.E(chatnet.CodeStorage, fmt.Sprintf("the kind %.40q is unknown", r.Kind)))
	return nil
}

func (r *record) roomMade(c *checker) chatnet.Body {
	made := chatnet.RoomMade{
		New:  check(c, chatnet.ParseRoomID, string(r.New)),
		Name: check(c, chatnet.ParseRoomName, r.Name),
		Kind: r.Type,
	}
	switch r.Type {
	case chatnet.KindOpen, chatnet.KindPrivate, chatnet.KindDirect:
	default:
		c.fail(chatnet.E(chatnet.CodeStorage, fmt.Sprintf("the type of room %.40q is unknown", r.Type)))
	}
	if len(r.With) > len(made.With) {
		c.fail(chatnet.E(chatnet.CodeStorage, "a direct room has two users"))
		return nil
	}
	for i, id := range r.With {
		made.With[i] = check(c, chatnet.ParseUserID, string(id))
	}
	return made
}

// checker keeps the first error of many checks.
type checker struct{ err error }

func (c *checker) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// check parses s; the empty string is the zero value, as in the event.
func check[T any](c *checker, parse func(string) (T, error), s string) T {
	var zero T
	if s == "" {
		return zero
	}
	v, err := parse(s)
	if err != nil {
		c.fail(err)
		return zero
	}
	return v
}

func damaged(cause error) error {
	return chatnet.E(chatnet.CodeStorage, "a stored record cannot be read").Because(cause)
}

// Place returns evs as they stand in a room's log behind last: with Room, and
// Seq and Prev counted on by one, At in UTC and whole milliseconds. It is for
// stores whose seqs have no holes. The events given are not changed.
func Place(room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) []chatnet.Event {
	placed := make([]chatnet.Event, len(evs))
	for i, ev := range evs {
		ev.Room, ev.Prev, ev.Seq = room, last, last+1
		ev.At = ev.At.UTC().Truncate(time.Millisecond)
		last, placed[i] = ev.Seq, ev
	}
	return placed
}
