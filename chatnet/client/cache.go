package client

import (
	"cmp"
	"encoding/base32"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"

	"tchat/chatnet"
)

// cache is the rooms on this machine's disk, a file a room. The engine owns it.
type cache struct {
	disk  Disk
	path  string
	log   *slog.Logger
	rooms map[chatnet.RoomID]*room
	order []chatnet.RoomID // the most recently written first, as the files say
}

// openCache finds the rooms. A file that is damaged at its head is removed:
// the server has it all.
func openCache(disk Disk, path string, log *slog.Logger) (*cache, error) {
	if err := disk.MkdirAll(path); err != nil {
		return nil, storage("cannot make the folder "+path, err)
	}
	found, err := disk.ReadDir(path)
	if err != nil {
		return nil, storage("cannot read the folder "+path, err)
	}
	c := &cache{disk: disk, path: path, log: log, rooms: make(map[chatnet.RoomID]*room)}
	used := make(map[chatnet.RoomID]int64)
	for _, entry := range found {
		name := filepath.Join(path, entry.Name())
		r, err := openRoom(disk, name, log)
		if err != nil || c.file(r.info.ID) != name {
			log.Warn("a room's file is of no use and goes", "error", err)
			if err := disk.Remove(name); err != nil {
				return nil, storage("cannot remove a damaged file", err)
			}
			continue
		}
		c.rooms[r.info.ID] = r
		c.order = append(c.order, r.info.ID)
		if stat, err := entry.Info(); err == nil {
			used[r.info.ID] = stat.ModTime().UnixNano()
		}
	}
	slices.SortStableFunc(c.order, func(a, b chatnet.RoomID) int { return cmp.Compare(used[b], used[a]) })
	return c, nil
}

// file returns the path of a room's file. Its name is the id in an alphabet
// that every file system keeps apart.
func (c *cache) file(id chatnet.RoomID) string {
	name := base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(id))
	return filepath.Join(c.path, strings.ToLower(name))
}

// enter puts a room in, with a new file that begins at info.After.
func (c *cache) enter(info chatnet.RoomInfo) *room {
	r := &room{info: info, disk: c.disk, path: c.file(info.ID), log: c.log, max: maxRoomFile}
	r.begin()
	if c.rooms[info.ID] == nil {
		c.order = append(c.order, info.ID)
	}
	c.rooms[info.ID] = r
	return r
}

// exit forgets a room and its file.
func (c *cache) exit(id chatnet.RoomID) {
	if r := c.rooms[id]; r != nil {
		r.forget()
	}
	delete(c.rooms, id)
	c.order = slices.DeleteFunc(c.order, func(other chatnet.RoomID) bool { return other == id })
}

// cursors returns how far each room was read, the most recently used first.
func (c *cache) cursors() []chatnet.Cursor {
	var all []chatnet.Cursor
	for _, id := range c.order {
		if r := c.rooms[id]; !r.blind && r.info.Epoch != "" && len(all) < chatnet.MaxCursors {
			all = append(all, chatnet.Cursor{Room: id, Epoch: r.info.Epoch, Seq: r.cursor})
		}
	}
	return all
}

// saveInfos writes the headers that changed.
func (c *cache) saveInfos() {
	for _, r := range c.rooms {
		r.saveInfo()
	}
}
