package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strconv"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/store"
)

// logName is the one file of a server's disk. Its lines are transactions: eight
// hexadecimal digits of CRC-32, a blank, JSON.
const logName = "log"

// transaction is what is stored at once or not at all.
type transaction struct {
	Epoch  chatnet.Epoch `json:",omitempty"` // the first line alone
	Events []entry       `json:",omitempty"`
	Marks  []mark        `json:",omitempty"`
}

// entry is an event in the file.
type entry struct {
	Room      chatnet.RoomID
	Seq, Prev chatnet.Seq
	Origin    string `json:",omitempty"`
	Data      json.RawMessage
}

// mark is a read mark in the file.
type mark struct {
	User chatnet.UserID
	Room chatnet.RoomID
	Seq  chatnet.Seq
}

func (t *transaction) add(ev chatnet.Event) error {
	data, err := store.Marshal(ev)
	if err != nil {
		return err
	}
	e := entry{Room: ev.Room, Seq: ev.Seq, Prev: ev.Prev, Data: data}
	if !ev.Origin.IsZero() {
		e.Origin = ev.Origin.String()
	}
	t.Events = append(t.Events, e)
	return nil
}

func (e entry) event() (chatnet.Event, error) {
	ev, err := store.Unmarshal(e.Data)
	if err != nil {
		return ev, err
	}
	ev.Room, ev.Seq, ev.Prev = e.Room, e.Seq, e.Prev
	if e.Origin != "" {
		ev.Origin, err = chatnet.ParseOrigin(e.Origin)
	}
	return ev, err
}

func (t transaction) line() ([]byte, error) {
	data, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(data), data), nil
}

// transactions returns the whole transactions at the beginning of a file, and
// how many bytes they are.
func transactions(data []byte) (all []transaction, size int) {
	for {
		line, _, whole := bytes.Cut(data[size:], []byte{'\n'})
		if !whole || len(line) < 10 {
			return all, size
		}
		sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
		var t transaction
		if err != nil || uint32(sum) != crc32.ChecksumIEEE(line[9:]) || json.Unmarshal(line[9:], &t) != nil {
			return all, size
		}
		all = append(all, t)
		size += len(line) + 1
	}
}

// logFile is the open file.
type logFile struct {
	f    client.File
	size int64 // of what was committed
}

// openLog reads the file, making it when there is none, and cuts off what is
// not whole.
func openLog(d client.Disk, epoch chatnet.Epoch) (*logFile, []transaction, error) {
	f, err := d.OpenFile(logName, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	l := &logFile{f: f}
	all, err := l.read(d, epoch)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return l, all, nil
}

func (l *logFile) read(d client.Disk, epoch chatnet.Epoch) ([]transaction, error) {
	data, err := io.ReadAll(l.f)
	if err != nil {
		return nil, err
	}
	all, size := transactions(data)
	l.size = int64(size)
	if size < len(data) {
		if err := l.f.Truncate(l.size); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		all = []transaction{{Epoch: epoch}}
		if err := l.write(all[0]); err != nil {
			return nil, err
		}
		if err := d.SyncDir("."); err != nil {
			return nil, err
		}
	}
	return all, l.f.Sync()
}

// write puts a transaction behind the others. It is not safe before a sync; a
// failed one leaves nothing behind.
func (l *logFile) write(t transaction) error {
	line, err := t.line()
	if err != nil {
		return err
	}
	if _, err := l.f.WriteAt(line, l.size); err != nil {
		if cut := l.f.Truncate(l.size); cut != nil {
			return errors.Join(errTorn, err, cut)
		}
		return err
	}
	l.size += int64(len(line))
	return nil
}

// errTorn says that the file's end could not be repaired.
var errTorn = errors.New("the log's end is torn")
