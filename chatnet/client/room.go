package client

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"os"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// maxRoomFile bounds a room's file: about 250,000 messages. When it is passed,
// the older half goes.
const maxRoomFile = 64 << 20

// room is one room as this machine has it: a file of a header and the events
// from header's After on. The cursor is the file's last whole line, so
// applying an event and moving the cursor is one write (DELIVERY R2).
//
// What is redacted is overwritten in the file before the redaction is in it
// (mask.go). The file is only a copy of what the server has. When it cannot be written,
// the room goes on in memory, and the next start asks the server from where
// the file ends.
type room struct {
	info   chatnet.RoomInfo
	disk   Disk
	path   string
	log    *slog.Logger
	after  chatnet.Seq // the prev of the file's first event
	cursor chatnet.Seq
	size   int64 // of the file's whole lines; 0: there is no file
	max    int64 // size past which the front is cut
	broken bool  // the file ends before the cursor
	dirty  bool  // info is newer than the file's header
	gaps   int   // in a row
	blind  bool  // the cursor is of no use: begin anew
	low    place // the oldest event of the last page that came from the server
	asked  chatnet.Seq
	asking bool // a page before asked is on its way
}

// place is where an event stands in the chain.
type place struct{ seq, prev chatnet.Seq }

// openRoom reads the header and the end of a room's file.
func openRoom(disk Disk, path string, log *slog.Logger) (*room, error) {
	f, err := disk.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing of it is written that could be lost
	line := make([]byte, headerSize)
	if _, err := io.ReadFull(f, line); err != nil {
		return nil, err
	}
	info, after, ok := parseHeader(line)
	if !ok {
		return nil, errors.New("the header is damaged")
	}
	stat, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := &room{info: info, disk: disk, path: path, log: log, after: after, cursor: after, size: stat.Size(), max: maxRoomFile}
	if _, err := r.tail(f, 1); err != nil {
		return nil, err
	}
	return r, nil
}

// newest returns the newest events of the file, about limit, ascending.
func (r *room) newest(limit int) ([]chatnet.Event, error) {
	f, err := r.disk.OpenFile(r.path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // see openRoom
	return r.tail(f, limit)
}

// tail reads the newest events and cuts off what is not an unbroken chain of
// whole lines. It moves the cursor to where the file then ends.
func (r *room) tail(f File, limit int) ([]chatnet.Event, error) {
	for {
		data, start, err := readBack(f, headerSize, r.size, limit)
		if err != nil {
			return nil, err
		}
		evs, good := parseLines(data, r.info.ID)
		if start == headerSize && len(evs) > 0 && evs[0].Prev != r.after {
			evs, good = nil, 0
		}
		if end := start + int64(good); end != r.size {
			if err := f.Truncate(end); err != nil {
				return nil, err
			}
			r.size = end
		}
		if n := len(evs); n > 0 {
			r.cursor = evs[n-1].Seq
			return evs, nil
		}
		if start == headerSize {
			r.cursor = r.after
			return nil, nil
		}
	}
}

// begin starts the file anew, for a room of which nothing is known before
// info.After.
func (r *room) begin() {
	r.after, r.cursor = r.info.After, r.info.After
	r.size, r.broken, r.blind, r.gaps, r.low = 0, false, false, 0, place{}
	data, err := makeHeader(r.info, r.after)
	if err == nil {
		err = writeFile(r.disk, r.path, data)
	}
	if err != nil {
		r.fail(err)
		return
	}
	r.size, r.dirty = headerSize, false
}

// store appends events that continue the chain.
func (r *room) store(evs []chatnet.Event) {
	r.cursor = evs[len(evs)-1].Seq
	if r.broken {
		return
	}
	r.mask(evs)
	if r.broken {
		return
	}
	var data []byte
	for _, ev := range evs {
		data = native.AppendEvent(data, ev)
	}
	if err := r.write(data, r.size); err != nil {
		r.fail(err)
		return
	}
	r.size += int64(len(data))
	if r.size > r.max {
		if err := r.cut(r.size - r.max/2); err != nil {
			r.fail(err)
		}
	}
}

// saveInfo writes the header anew when there is something new in it.
func (r *room) saveInfo() {
	if !r.dirty || r.broken {
		return
	}
	r.dirty = false
	data, err := makeHeader(r.info, r.after)
	if err == nil {
		err = r.write(data, 0)
	}
	if err != nil {
		r.fail(err)
	}
}

func (r *room) write(data []byte, at int64) error {
	f, err := r.disk.OpenFile(r.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(data, at)
	return errors.Join(err, f.Close())
}

// fail goes on without the file's end.
func (r *room) fail(err error) {
	r.broken = true
	r.log.Warn("a room cannot be kept on disk", "error", err)
}

// cut removes the lines before the one around offset.
func (r *room) cut(offset int64) error {
	temp, err := r.disk.OpenFile(r.path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	after, size, err := r.copyFrom(offset, temp)
	if err := errors.Join(err, temp.Close()); err != nil {
		return errors.Join(err, r.disk.Remove(r.path+".new"))
	}
	if err := r.disk.Rename(r.path+".new", r.path); err != nil {
		return err
	}
	r.after, r.size, r.dirty = after, size, false
	return nil
}

// copyFrom writes a room's file that begins with the line around offset.
func (r *room) copyFrom(offset int64, to io.Writer) (after chatnet.Seq, size int64, err error) {
	f, err := r.disk.OpenFile(r.path, os.O_RDONLY, 0)
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = f.Close() }() // only read
	start, line, err := lineAt(f, headerSize, r.size, offset)
	if err != nil {
		return 0, 0, err
	}
	ev, err := native.ParseEvent(line)
	if err != nil {
		return 0, 0, err
	}
	head, err := makeHeader(r.info, ev.Prev)
	if err != nil {
		return 0, 0, err
	}
	size, err = io.Copy(to, io.MultiReader(bytes.NewReader(head), io.NewSectionReader(f, start, r.size-start)))
	return ev.Prev, size, err
}

// before returns the newest limit events before a seq, zero meaning from the
// end, when the file has them and they are linked to what comes behind.
func (r *room) before(seq chatnet.Seq, limit int) []chatnet.Event {
	f, err := r.disk.OpenFile(r.path, os.O_RDONLY, 0)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // only read
	end, prev := r.size, r.cursor
	if r.broken && seq == 0 {
		return nil
	}
	if seq > 0 {
		at, ev, err := search(f, r.size, seq)
		if err != nil || ev.Seq != seq {
			return nil
		}
		end, prev = at, ev.Prev
	}
	data, _, err := readBack(f, headerSize, end, limit)
	if err != nil {
		return nil
	}
	evs, size := parseLines(data, r.info.ID)
	if size != len(data) || len(evs) == 0 || evs[len(evs)-1].Seq != prev {
		return nil
	}
	return evs
}

// prevOf returns the prev of an event that the front end has, if it is known
// here.
func (r *room) prevOf(seq chatnet.Seq) (chatnet.Seq, bool) {
	if seq == 0 {
		return 0, false
	}
	if seq == r.low.seq {
		return r.low.prev, true
	}
	f, err := r.disk.OpenFile(r.path, os.O_RDONLY, 0)
	if err != nil {
		return 0, false
	}
	defer func() { _ = f.Close() }() // only read
	_, ev, err := search(f, r.size, seq)
	return ev.Prev, err == nil && ev.Seq == seq
}

// forget removes the file.
func (r *room) forget() {
	if err := r.disk.Remove(r.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		r.fail(err)
	}
}
