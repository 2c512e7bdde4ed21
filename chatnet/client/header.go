package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strconv"

	"tchat/chatnet"
)

// headerSize is the length of the first line of a room's file. It is fixed, so
// that the line can be written anew in its place.
const headerSize = 4096

// header is what a room's file says of the room.
type header struct {
	Cache int    `json:"cache"` // the version of this form
	Room  string `json:"room"`
	Epoch string `json:"epoch"`
	After uint64 `json:"after"` // the prev of the first event
	Name  string `json:"name,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Topic string `json:"topic,omitempty"`
	Count int    `json:"count,omitempty"`
	Read  uint64 `json:"read,omitempty"`
	User  string `json:"user,omitempty"` // the other one of a direct room
	Nick  string `json:"nick,omitempty"`
}

const cacheVersion = 1

// makeHeader returns the first line for a room whose first event, in this
// file, comes behind after. A topic that does not fit is left out.
func makeHeader(info chatnet.RoomInfo, after chatnet.Seq) ([]byte, error) {
	h := header{
		Cache: cacheVersion, Room: string(info.ID), Epoch: string(info.Epoch), After: uint64(after),
		Name: info.Name.String(), Kind: string(info.Kind), Topic: info.Topic.String(), Count: info.Count,
		Read: uint64(info.Read), User: string(info.With.User), Nick: info.With.Nick.String(),
	}
	line, err := json.Marshal(h)
	if err == nil && len(line) > headerSize-10 {
		h.Topic = ""
		line, err = json.Marshal(h)
	}
	if err != nil {
		return nil, err
	}
	if len(line) > headerSize-10 {
		return nil, fmt.Errorf("the room's description has %d bytes", len(line))
	}
	line = append(line, bytes.Repeat([]byte{' '}, headerSize-10-len(line))...)
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(line), line), nil
}

// parseHeader reads what makeHeader made.
func parseHeader(line []byte) (info chatnet.RoomInfo, after chatnet.Seq, ok bool) {
	if len(line) != headerSize || line[8] != ' ' || line[headerSize-1] != '\n' {
		return info, 0, false
	}
	body := line[9 : headerSize-1]
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	var h header
	if err != nil || uint32(sum) != crc32.ChecksumIEEE(body) || json.Unmarshal(body, &h) != nil || h.Cache != cacheVersion {
		return info, 0, false
	}
	info = chatnet.RoomInfo{
		Kind: chatnet.RoomKind(h.Kind), Topic: chatnet.CleanLine(h.Topic), Count: h.Count,
		Epoch: chatnet.Epoch(h.Epoch), Read: chatnet.Seq(h.Read), After: chatnet.Seq(h.After),
	}
	info.ID, err = chatnet.ParseRoomID(h.Room)
	ok = err == nil
	if h.Name != "" {
		info.Name, err = chatnet.ParseRoomName(h.Name)
		ok = ok && err == nil
	}
	if h.User != "" {
		info.With.User, err = chatnet.ParseUserID(h.User)
		ok = ok && err == nil
	}
	if h.Nick != "" {
		info.With.Nick, err = chatnet.ParseNick(h.Nick)
		ok = ok && err == nil
	}
	return info, chatnet.Seq(h.After), ok
}
