package chatnet

import (
	"fmt"
	"strconv"
	"strings"
)

// RoomID names a room for programs; people see its RoomName. It is opaque,
// at most 80 bytes of letters, digits and ".:_@-", and never used again for
// another room.
type RoomID string

// HubRoom is the reserved log in which users, nicks, server roles and the
// list of rooms are kept. It is decided and stored like any other room, and
// no session can read it.
const HubRoom RoomID = "@hub"

// UserID names a user: "k-" and a key's fingerprint, "g-" and a hash of a
// guest's token, or OperatorID. Same alphabet as RoomID.
type UserID string

// OperatorID is the user who speaks for the machine the server runs on: the
// server itself, and whoever can open its local control socket.
const OperatorID UserID = "operator"

// ParseRoomID takes an id from a foreign program. It fails when s is not in
// the alphabet of RoomID.
func ParseRoomID(s string) (RoomID, error) {
	if !opaque(s) {
		return "", E(CodeBadRequest, "a room id has 1 to 80 letters, digits and .:_@-")
	}
	return RoomID(s), nil
}

// ParseUserID takes an id from a foreign program. It fails when s is not in
// the alphabet of UserID.
func ParseUserID(s string) (UserID, error) {
	if !opaque(s) {
		return "", E(CodeBadRequest, "a user id has 1 to 80 letters, digits and .:_@-")
	}
	return UserID(s), nil
}

func opaque(s string) bool {
	if s == "" || len(s) > 80 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte(".:_@-", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// Seq is an event's place in its room's log. It rises, may skip, starts above
// zero and stays below 2^53 (the integers that every JSON reader keeps exact).
type Seq uint64

// MaxSeq is the largest Seq.
const MaxSeq Seq = 1<<53 - 1

// Epoch names one life of a log. A log that was restored, wiped or moved has
// another epoch, so that an old cursor is noticed instead of silently skipping
// what it cannot know.
type Epoch string

// Cursor is how far a reader has come: the last event of Room that it applied
// without a gap, in the life of the log called Epoch.
type Cursor struct {
	Room  RoomID
	Epoch Epoch
	Seq   Seq
}

// Dev is the random id of one client installation, kept with its outbox.
type Dev uint64

// String returns d as 16 hexadecimal digits.
func (d Dev) String() string { return fmt.Sprintf("%016x", uint64(d)) }

// Origin makes a repeated request harmless: who sent it and the how-manieth it
// was. N only rises for one Dev. The zero Origin means "made by the server".
type Origin struct {
	Dev Dev
	N   uint64
}

// IsZero reports whether o names no client.
func (o Origin) IsZero() bool { return o == Origin{} }

// String returns o as "<dev>-<n>", the form that DELIVERY section 1 gives.
func (o Origin) String() string { return o.Dev.String() + "-" + strconv.FormatUint(o.N, 10) }

// ParseDev reads what Dev.String wrote.
func ParseDev(s string) (Dev, error) {
	d, err := strconv.ParseUint(s, 16, 64)
	if err != nil || len(s) != 16 || d == 0 || strings.ToLower(s) != s {
		return 0, E(CodeBadRequest, "a client id is 16 lower-case hexadecimal digits, not all zero")
	}
	return Dev(d), nil
}

// ParseOrigin reads what Origin.String wrote.
func ParseOrigin(s string) (Origin, error) {
	head, tail, ok := strings.Cut(s, "-")
	dev, err := ParseDev(head)
	if !ok || err != nil {
		return Origin{}, E(CodeBadRequest, "an origin is a client id, a hyphen and a number")
	}
	n, err := strconv.ParseUint(tail, 10, 53)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != tail {
		return Origin{}, E(CodeBadRequest, "an origin's number is 1 or more, below 2^53, without leading zeros")
	}
	return Origin{Dev: dev, N: n}, nil
}
