package room

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tchat/chatnet"
)

// The versions of the snapshots. Another form is another version: a snapshot
// of a version that is not known is of no use, and the log is replayed.
const (
	stateVersion     = 1
	directoryVersion = 1
)

// stateShot is a State on disk.
type stateShot struct {
	V       int                         `json:"v"`
	ID      chatnet.RoomID              `json:"id"`
	Topic   string                      `json:"topic,omitempty"`
	Head    chatnet.Seq                 `json:"head"`
	Members map[chatnet.UserID]faceShot `json:"members,omitempty"`
	Names   map[chatnet.UserID]string   `json:"names,omitempty"`
	Devs    map[chatnet.Dev]windowShot  `json:"devs,omitempty"`
	Gone    []chatnet.Seq               `json:"gone,omitempty"`
}

type faceShot struct {
	Nick string       `json:"n"`
	Role chatnet.Role `json:"r"`
}

type windowShot struct {
	User  chatnet.UserID `json:"u"`
	Floor uint64         `json:"f,omitempty"`
	Sents []byte         `json:"s"` // see packSents
}

// Marshal returns the state as a snapshot that UnmarshalState reads. Nothing of
// what was redacted is in it. It is not for drafts.
func (s *State) Marshal() ([]byte, error) {
	shot := stateShot{
		V: stateVersion, ID: s.made.New, Topic: s.topic.String(), Head: s.head, Gone: s.gone,
		Members: map[chatnet.UserID]faceShot{}, Names: map[chatnet.UserID]string{}, Devs: map[chatnet.Dev]windowShot{},
	}
	for user, f := range s.members.all() {
		shot.Members[user] = faceShot{Nick: f.nick.String(), Role: f.role}
	}
	for user, nick := range s.names.all() {
		shot.Names[user] = nick.String()
	}
	gone := make(map[chatnet.Seq]bool, len(s.gone))
	for _, seq := range s.gone {
		gone[seq] = true
	}
	for dev, w := range s.devs.all() {
		shot.Devs[dev] = windowShot{User: w.user, Floor: w.floor, Sents: packSents(w.sents, gone)}
	}
	return json.Marshal(shot)
}

// UnmarshalState returns the state of the room made as data has it: what a
// replay up to its Head gives. It fails when data is damaged, of another
// version or of another room.
func UnmarshalState(made chatnet.RoomMade, data []byte) (*State, error) {
	var shot stateShot
	if err := json.Unmarshal(data, &shot); err != nil {
		return nil, fmt.Errorf("a room's snapshot: %w", err)
	}
	if shot.V != stateVersion || shot.ID != made.New {
		return nil, fmt.Errorf("a room's snapshot is of version %d and of room %q", shot.V, shot.ID)
	}
	s := New(made)
	s.topic, s.head, s.gone = chatnet.Clean(shot.Topic), shot.Head, shot.Gone
	for user, f := range shot.Members {
		nick, err := chatnet.ParseNick(f.Nick)
		if err != nil {
			return nil, err
		}
		s.members.set(user, face{nick: nick, role: f.Role})
		s.count++
	}
	for user, name := range shot.Names {
		nick, err := chatnet.ParseNick(name)
		if err != nil {
			return nil, err
		}
		s.names.set(user, nick)
	}
	for dev, shot := range shot.Devs {
		w := &window{user: shot.User, floor: shot.Floor}
		if err := w.unpack(shot.Sents); err != nil {
			return nil, err
		}
		s.devs.set(dev, w)
	}
	return s, nil
}

// packSents puts messages behind each other: the counter from the one before,
// the seq, and eight bytes of sum, zero for those that are gone. A large server
// has hundreds of thousands of them, for which JSON would take half a second.
func packSents(sents []sent, gone map[chatnet.Seq]bool) []byte {
	var data []byte
	var last uint64
	for _, m := range sents {
		data = binary.AppendUvarint(data, m.n-last)
		data = binary.AppendUvarint(data, uint64(m.seq))
		if gone[m.seq] {
			m.sum = 0
		}
		data = binary.LittleEndian.AppendUint64(data, m.sum)
		last = m.n
	}
	return data
}

// unpack is the reverse of packSents.
func (w *window) unpack(data []byte) error {
	w.sents = make([]sent, 0, windowSize)
	var last uint64
	for len(data) > 0 {
		step, i := binary.Uvarint(data)
		seq, j := binary.Uvarint(data[max(i, 0):])
		if i <= 0 || j <= 0 || len(data) < i+j+8 || last+step <= last || len(w.sents) == windowSize {
			return errors.New("the messages of a client in a room's snapshot cannot be read")
		}
		last += step
		w.sents = append(w.sents, sent{n: last, seq: chatnet.Seq(seq), sum: binary.LittleEndian.Uint64(data[i+j:])})
		data = data[i+j+8:]
	}
	return nil
}

// Origins calls f for every message that the room remembers one by one: whose
// it is and its origin.
func (s *State) Origins(f func(user chatnet.UserID, o chatnet.Origin)) {
	for dev, w := range s.devs.all() {
		for _, m := range w.sents {
			f(w.user, chatnet.Origin{Dev: dev, N: m.n})
		}
	}
}

// directoryShot is a Directory on disk.
type directoryShot struct {
	V     int         `json:"v"`
	Head  chatnet.Seq `json:"head"`
	Users []userShot  `json:"users,omitempty"`
	Rooms []madeShot  `json:"rooms,omitempty"`
}

type userShot struct {
	User  chatnet.UserID `json:"u"`
	Nick  string         `json:"n"`
	Role  chatnet.Role   `json:"r"`
	Since int64          `json:"since"` // milliseconds since 1970
}

type madeShot struct {
	New  chatnet.RoomID    `json:"id"`
	Name string            `json:"name,omitempty"`
	Kind chatnet.RoomKind  `json:"kind"`
	With [2]chatnet.UserID `json:"with"`
	By   chatnet.UserID    `json:"by"`
}

// Marshal returns the directory as a snapshot that UnmarshalDirectory reads. It
// is not for drafts.
func (d *Directory) Marshal() ([]byte, error) {
	shot := directoryShot{V: directoryVersion, Head: d.head}
	for _, u := range d.users.all() {
		shot.Users = append(shot.Users, userShot{User: u.User, Nick: u.Nick.String(), Role: u.Role, Since: u.Since.UnixMilli()})
	}
	for _, m := range d.rooms.all() {
		shot.Rooms = append(shot.Rooms, madeShot{New: m.New, Name: m.Name.String(), Kind: m.Kind, With: m.With, By: m.By})
	}
	slices.SortFunc(shot.Users, func(a, b userShot) int { return cmp.Compare(a.User, b.User) })
	slices.SortFunc(shot.Rooms, func(a, b madeShot) int { return cmp.Compare(a.New, b.New) })
	return json.Marshal(shot)
}

// UnmarshalDirectory returns the directory as data has it: what a replay up to
// its Head gives. It fails when data is damaged or of another version.
func UnmarshalDirectory(data []byte) (*Directory, error) {
	var shot directoryShot
	if err := json.Unmarshal(data, &shot); err != nil {
		return nil, fmt.Errorf("the directory's snapshot: %w", err)
	}
	if shot.V != directoryVersion {
		return nil, fmt.Errorf("the directory's snapshot is of version %d", shot.V)
	}
	d := NewDirectory()
	d.head = shot.Head
	for _, u := range shot.Users {
		nick, err := chatnet.ParseNick(u.Nick)
		if err != nil {
			return nil, err
		}
		d.put(User{Actor: Actor{User: u.User, Nick: nick, Role: u.Role}, Since: time.UnixMilli(u.Since).UTC()})
	}
	for _, m := range shot.Rooms {
		made := Made{RoomMade: chatnet.RoomMade{New: m.New, Kind: m.Kind, With: m.With}, By: m.By}
		if m.Name != "" {
			name, err := chatnet.ParseRoomName(m.Name)
			if err != nil {
				return nil, err
			}
			made.Name = name
			d.names.set(name, m.New)
		}
		d.rooms.set(m.New, made)
	}
	return d, nil
}
