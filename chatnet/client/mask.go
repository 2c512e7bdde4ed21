package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

// mask takes the words of what evs redact out of evs and out of the file, in
// which they follow. If that cannot be done the file goes: what is redacted is
// not kept on this machine.
func (r *room) mask(evs []chatnet.Event) {
	gone := map[chatnet.Seq]bool{}
	first := chatnet.MaxSeq
	for _, ev := range evs {
		if b, ok := ev.Body.(chatnet.Redacted); ok && b.Target > 0 && b.Target < ev.Seq {
			gone[b.Target] = true
			first = min(first, b.Target)
		}
	}
	if len(gone) == 0 {
		return
	}
	for i := range evs {
		if hasWords(evs[i], gone) {
			evs[i] = evs[i].Masked()
		}
	}
	if err := r.maskFile(first, gone); err != nil {
		r.fail(err)
		r.forget()
	}
}

// hasWords reports whether an event holds words of one of the messages.
func hasWords(ev chatnet.Event, of map[chatnet.Seq]bool) bool {
	switch b := ev.Body.(type) {
	case chatnet.Said:
		return of[ev.Seq]
	case chatnet.Edited:
		return of[b.Target]
	default:
		return false
	}
}

// maskFile overwrites lines from the event at first on.
func (r *room) maskFile(first chatnet.Seq, gone map[chatnet.Seq]bool) error {
	f, err := r.disk.OpenFile(r.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	at, _, err := search(f, r.size, first)
	if err == nil {
		err = r.maskLines(f, at, gone)
	}
	return errors.Join(err, f.Close())
}

// maskLines overwrites the lines from an offset on that hold words of the
// messages.
func (r *room) maskLines(f File, at int64, gone map[chatnet.Seq]bool) error {
	for at < r.size {
		data := make([]byte, min(r.size-at, 1<<20))
		if _, err := f.ReadAt(data, at); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		end := bytes.LastIndexByte(data, '\n') + 1
		if end == 0 {
			return fmt.Errorf("a line of more than %d bytes at %d", len(data), at)
		}
		if err := maskPiece(f, at, data[:end], gone); err != nil {
			return err
		}
		at += int64(end)
	}
	return nil
}

// maskPiece is maskLines for whole lines that were read at an offset.
func maskPiece(f io.WriterAt, at int64, data []byte, gone map[chatnet.Seq]bool) error {
	for line := range bytes.Lines(data) {
		if bytes.Contains(line, []byte(`"text":"`)) {
			ev, err := native.ParseEvent(line)
			if err != nil {
				return err
			}
			if hasWords(ev, gone) {
				if err := overwrite(f, at, len(line), ev.Masked()); err != nil {
					return err
				}
			}
		}
		at += int64(len(line))
	}
	return nil
}

// overwrite writes an event in the place of a line of size bytes; blanks before
// the closing brace fill it up.
func overwrite(f io.WriterAt, at int64, size int, ev chatnet.Event) error {
	line := native.AppendEvent(nil, ev)
	if len(line) > size {
		return fmt.Errorf("the mark of event %d is longer than the event", ev.Seq)
	}
	body, end := line[:len(line)-2], line[len(line)-2:]
	body = append(bytes.Clone(body), bytes.Repeat([]byte{' '}, size-len(line))...)
	_, err := f.WriteAt(append(body, end...), at)
	return err
}
