package client

import (
	"bytes"
	"io"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// The functions here read a room's file from its end backwards: lines of
// events, ascending by seq, between two offsets.

// readBack returns the last whole lines before end, at most limit of them and
// nothing before low, which is the beginning of a line. start is where they
// begin; what stands behind the last line break is returned with them.
func readBack(f io.ReaderAt, low, end int64, limit int) (data []byte, start int64, err error) {
	for size := int64(64 << 10); ; size *= 2 {
		start = max(low, end-size)
		data = make([]byte, end-start)
		if _, err := f.ReadAt(data, start); err != nil && err != io.EOF {
			return nil, 0, err
		}
		if cut, ok := lastLines(data, limit); ok {
			return data[cut:], start + int64(cut), nil
		}
		if start == low {
			return data, start, nil
		}
	}
}

// lastLines returns where the last limit lines of data begin. It fails when
// data does not show that.
func lastLines(data []byte, limit int) (int, bool) {
	at := len(data)
	for range limit + 1 {
		at = bytes.LastIndexByte(data[:at], '\n')
		if at < 0 {
			return 0, false
		}
	}
	return at + 1, true
}

// parseLines reads the events of data as long as they are whole, of this room,
// and on one unbroken chain. size is how many bytes of data that is.
func parseLines(data []byte, room chatnet.RoomID) (evs []chatnet.Event, size int) {
	for size < len(data) {
		end := bytes.IndexByte(data[size:], '\n')
		if end < 0 {
			break
		}
		ev, err := native.ParseEvent(data[size : size+end])
		if err != nil || ev.Room != room || ev.Seq <= ev.Prev {
			break
		}
		if n := len(evs); n > 0 && evs[n-1].Seq != ev.Prev {
			break
		}
		evs = append(evs, ev)
		size += end + 1
	}
	return evs, size
}

// search returns the offset of the first line before high whose event has seq
// or a later one, and that event; high when there is none.
func search(f io.ReaderAt, high int64, seq chatnet.Seq) (int64, chatnet.Event, error) {
	low, found := int64(headerSize), chatnet.Event{}
	for low < high {
		start, line, err := lineAt(f, low, high, low+(high-low)/2)
		if err != nil {
			return 0, found, err
		}
		ev, err := native.ParseEvent(line)
		if err != nil {
			return 0, found, err
		}
		if ev.Seq < seq {
			low = start + int64(len(line))
		} else {
			high, found = start, ev
		}
	}
	return low, found, nil
}

// lineAt returns the line, with its line break, around the byte at pos.
func lineAt(f io.ReaderAt, low, high, pos int64) (start int64, line []byte, err error) {
	for size := int64(1 << 10); ; size *= 2 {
		from, to := max(low, pos-size), min(high, pos+size)
		data := make([]byte, to-from)
		if _, err := f.ReadAt(data, from); err != nil && err != io.EOF {
			return 0, nil, err
		}
		at := int(pos - from)
		head := bytes.LastIndexByte(data[:at], '\n')
		tail := bytes.IndexByte(data[at:], '\n')
		if (head >= 0 || from == low) && (tail >= 0 || to == high) {
			if tail < 0 {
				tail = len(data) - at - 1
			}
			return from + int64(head+1), data[head+1 : at+tail+1], nil
		}
	}
}
