package client

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
)

// record is one line of the journal: a message was added, or came to its end.
type record struct {
	Do     string `json:"do"` // add, done or refused
	Origin string `json:"origin"`

	Room  string `json:"room,omitempty"`
	To    string `json:"to,omitempty"`
	Text  string `json:"text,omitempty"`
	Color string `json:"color,omitempty"`
	Me    bool   `json:"me,omitempty"`
	Reply uint64 `json:"reply,omitempty"`
	Edits uint64 `json:"edits,omitempty"`

	Code string `json:"code,omitempty"` // of a refusal
	Why  string `json:"why,omitempty"`
}

// journal is an append-only file of records, a line each: eight hexadecimal
// digits of CRC-32, a blank, JSON.
type journal struct {
	disk   Disk
	path   string
	file   File
	size   int64 // of what is whole
	broken bool  // the file's end is not known: it must be written anew
}

// openJournal returns the records of the file that are whole. damaged says
// that there was something else in it, which is passed over.
func openJournal(disk Disk, path string) (j *journal, records []record, damaged bool, err error) {
	f, err := disk.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, false, storage("cannot open the outbox "+path, err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, nil, false, errors.Join(storage("cannot read the outbox "+path, err), f.Close())
	}
	j = &journal{disk: disk, path: path, file: f, size: int64(len(data))}
	for len(data) > 0 {
		line, rest, whole := bytes.Cut(data, []byte{'\n'})
		data = rest
		r, ok := parseRecord(line)
		if !ok || !whole {
			damaged = true
			continue
		}
		records = append(records, r)
	}
	return j, records, damaged, nil
}

// append adds records, and returns when they are on stable storage if durable
// is asked for. When it fails, none is there.
func (j *journal) append(durable bool, records ...record) error {
	if j.broken {
		return errors.New("the outbox must be written anew")
	}
	data := appendRecords(nil, records)
	_, err := j.file.WriteAt(data, j.size)
	if err == nil && durable {
		err = j.file.Sync()
	}
	if err != nil {
		j.broken = true
		return errors.Join(err, j.file.Truncate(j.size))
	}
	j.size += int64(len(data))
	return nil
}

// rewrite replaces the file by one that holds records alone, durably.
func (j *journal) rewrite(records []record) error {
	if err := j.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	data := appendRecords(nil, records)
	err := replaceFile(j.disk, j.path, data)
	f, openErr := j.disk.OpenFile(j.path, os.O_RDWR|os.O_CREATE, 0o600)
	if openErr == nil {
		j.file = f
	}
	if err := errors.Join(err, openErr); err != nil {
		j.broken = true
		return err
	}
	j.size, j.broken = int64(len(data)), false
	return nil
}

func (j *journal) close() error { return j.file.Close() }

func appendRecords(dst []byte, records []record) []byte {
	for _, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			continue // strings and a bool: it cannot fail
		}
		dst = fmt.Appendf(dst, "%08x %s\n", crc32.ChecksumIEEE(line), line)
	}
	return dst
}

func parseRecord(line []byte) (r record, ok bool) {
	if len(line) < 10 || line[8] != ' ' {
		return r, false
	}
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	if err != nil || uint32(sum) != crc32.ChecksumIEEE(line[9:]) {
		return r, false
	}
	return r, json.Unmarshal(line[9:], &r) == nil
}

// added returns the record of a message.
func added(s chatnet.Say) record {
	return record{
		Do: "add", Origin: s.Origin.String(), Room: string(s.Room), To: s.To.String(),
		Text: s.Text.String(), Color: string(s.Color), Me: s.Me, Reply: uint64(s.Reply), Edits: uint64(s.Edits),
	}
}

// say returns the message of a record, through the same gates as any foreign
// string.
func (r record) say() (chatnet.Say, error) {
	s := chatnet.Say{Text: chatnet.Clean(r.Text), Me: r.Me, Reply: chatnet.Seq(r.Reply), Edits: chatnet.Seq(r.Edits)}
	var errs [4]error
	s.Origin, errs[0] = chatnet.ParseOrigin(r.Origin)
	if r.Room != "" {
		s.Room, errs[1] = chatnet.ParseRoomID(r.Room)
	}
	if r.To != "" {
		s.To, errs[2] = chatnet.ParseNick(r.To)
	}
	if r.Color != "" {
		s.Color, errs[3] = chatnet.ParseColor(r.Color)
	}
	return s, errors.Join(errs[:]...)
}
