package client

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"tchat/chatnet"
)

// The bounds of an outbox. Past them Do answers CodeBusy.
const (
	maxWaiting = 10_000   // messages
	maxBytes   = 16 << 20 // bytes of their records
)

// compactAt is from which size on a journal that is mostly settled is
// written anew.
const compactAt = 1 << 20

// entry is a message in the outbox.
type entry struct {
	say     chatnet.Say
	size    int
	sent    bool           // on its way on this connection
	refused *chatnet.Error // kept for its text, until discarded
}

// outbox holds what was said and is not stored by the server yet, in the order
// in which it was said (DELIVERY S1, S6). Its updates wait in news for the
// engine, so that they come in the order in which things happened.
type outbox struct {
	log *slog.Logger

	mu      sync.Mutex
	closed  bool
	journal *journal
	numbers *numbers
	entries []*entry
	bytes   int // the entries' sizes
	news    []chatnet.Update
}

// openOutbox reads the outbox of a folder. Its news tell of all that is in it.
func openOutbox(d *dir, log *slog.Logger) (*outbox, error) {
	n, err := openNumbers(d.disk, d.path("dev"))
	if err != nil {
		return nil, err
	}
	j, records, damaged, err := openJournal(d.disk, d.path("outbox"))
	if err != nil {
		return nil, err
	}
	o := &outbox{log: log, journal: j, numbers: n}
	for _, r := range records {
		if !o.replay(r) {
			damaged = true
		}
	}
	if damaged {
		log.Warn("the outbox was damaged; what is whole was kept", "messages", len(o.entries))
		j.broken = true
	}
	if len(o.entries) > 0 {
		err = n.follow(o.entries[len(o.entries)-1].say.Origin)
	}
	if err := errors.Join(err, o.compact()); err != nil {
		return nil, errors.Join(storage("cannot write the outbox", err), j.close())
	}
	for _, e := range o.entries {
		o.news = append(o.news, chatnet.Queued{Say: e.say})
		if e.refused != nil {
			o.news = append(o.news, chatnet.Settled{Say: e.say, Room: e.say.Room, Err: e.refused})
		}
	}
	return o, nil
}

// replay does what a record says. It reports whether the record made sense.
func (o *outbox) replay(r record) bool {
	s, err := r.say()
	if err != nil {
		return false
	}
	i := o.index(s.Origin)
	switch {
	case r.Do == "add" && i < 0:
		o.push(s)
	case r.Do == "done" && i >= 0:
		o.drop(i)
	case r.Do == "refused" && i >= 0:
		o.entries[i].refused = chatnet.E(chatnet.Code(r.Code), r.Why)
	default:
		return r.Do == "done" || r.Do == "refused" // its add was damaged, or settled twice
	}
	return true
}

// add gives s an origin and returns when it is on stable storage.
func (o *outbox) add(s chatnet.Say) error {
	if err := sayable(s); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return chatnet.E(chatnet.CodeShutdown, "the client is closed")
	}
	if len(o.entries) >= maxWaiting || o.bytes >= maxBytes {
		return chatnet.E(chatnet.CodeBusy, fmt.Sprintf("the outbox holds %d messages and is full; wait until they are sent, or discard some", len(o.entries)))
	}
	if o.journal.broken {
		if err := o.compact(); err != nil {
			return storage("cannot write the outbox", err)
		}
	}
	old := o.index(s.Origin)
	if old >= 0 && o.entries[old].refused == nil {
		old = -1
	}
	replaced := s.Origin
	origin, err := o.numbers.take()
	if err != nil {
		return err
	}
	s.Origin, s.Again = origin, false
	records := []record{added(s)}
	if old >= 0 {
		records = append(records, record{Do: "done", Origin: replaced.String()})
	}
	if err := o.journal.append(true, records...); err != nil {
		return storage("cannot write the outbox", err)
	}
	if old >= 0 {
		o.drop(old)
	}
	o.push(s)
	o.news = append(o.news, chatnet.Queued{Say: s})
	return nil
}

// sayable refuses what no server would take, before anything is promised.
func sayable(s chatnet.Say) error {
	switch {
	case s.Text.IsZero():
		return chatnet.E(chatnet.CodeBadRequest, "there is no text to send")
	case s.Text.Len() > chatnet.MaxText:
		return chatnet.E(chatnet.CodeTooLong, fmt.Sprintf("a message has at most %d bytes, this one %d", chatnet.MaxText, s.Text.Len()))
	case s.Room == "" && s.To.IsZero():
		return chatnet.E(chatnet.CodeBadRequest, "say to which room or nick")
	case s.Room == "" && (s.Reply != 0 || s.Edits != 0):
		return chatnet.E(chatnet.CodeBadRequest, "a reply and an edit name their room, not a nick")
	}
	return nil
}

// fresh returns what there is to tell since the last call.
func (o *outbox) fresh() []chatnet.Update {
	o.mu.Lock()
	defer o.mu.Unlock()
	news := o.news
	o.news = nil
	return news
}

// send marks the next limit unsent messages as sent and returns them.
func (o *outbox) send(limit int) []chatnet.Say {
	o.mu.Lock()
	defer o.mu.Unlock()
	var says []chatnet.Say
	for _, e := range o.entries {
		if len(says) == limit {
			break
		}
		if !e.sent && e.refused == nil {
			e.sent = true
			says = append(says, e.say)
		}
	}
	return says
}

// rewind forgets what was sent: nothing is on its way any more.
func (o *outbox) rewind() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, e := range o.entries {
		e.sent = false
	}
}

// waiting returns how many messages want to be stored.
func (o *outbox) waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := 0
	for _, e := range o.entries {
		if e.refused == nil {
			n++
		}
	}
	return n
}

// stored settles a message. An origin that is not here changes nothing.
func (o *outbox) stored(origin chatnet.Origin, room chatnet.RoomID, seq chatnet.Seq) {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.index(origin)
	if i < 0 {
		return
	}
	o.news = append(o.news, chatnet.Settled{Say: o.entries[i].say, Room: room, Seq: seq})
	o.settle(i)
}

// refuse keeps a message that the server will never store, for its text.
func (o *outbox) refuse(origin chatnet.Origin, why *chatnet.Error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.index(origin)
	if i < 0 {
		return
	}
	e := o.entries[i]
	e.refused, e.sent = why, false
	o.news = append(o.news, chatnet.Settled{Say: e.say, Room: e.say.Room, Err: why})
	o.note(record{Do: "refused", Origin: origin.String(), Code: string(why.Code), Why: why.Text})
}

func (o *outbox) discard(origin chatnet.Origin) {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.index(origin)
	if i < 0 || o.entries[i].sent {
		return
	}
	if e := o.entries[i]; e.refused == nil {
		o.news = append(o.news, chatnet.Settled{Say: e.say, Room: e.say.Room,
			Err: chatnet.E(chatnet.CodeRefused, "discarded; it is not sent again")})
	}
	o.settle(i)
}

// settle removes an entry from memory and disk. The disk may forget that at a
// power cut: then the message is sent again, and is a repeat (DELIVERY S5).
func (o *outbox) settle(i int) {
	origin := o.entries[i].say.Origin
	o.drop(i)
	if len(o.entries) == 0 || o.journal.size > compactAt && o.journal.size > 4*int64(o.bytes) {
		if err := o.compact(); err != nil {
			o.log.Error("the outbox cannot be compacted", "error", err)
		}
		return
	}
	o.note(record{Do: "done", Origin: origin.String()})
}

// note writes down what may be lost without harm.
func (o *outbox) note(r record) {
	if o.closed {
		return
	}
	if err := o.journal.append(false, r); err != nil {
		o.log.Error("the outbox cannot be written", "error", err)
	}
}

// compact writes the journal anew, when it holds more than the entries.
func (o *outbox) compact() error {
	switch {
	case o.closed:
		return nil
	case len(o.entries) == 0 && !o.journal.broken:
		err := o.journal.file.Truncate(0) // if a power cut undoes it, repeats are sent
		if err == nil {
			o.journal.size = 0
		}
		return err
	}
	if !o.journal.broken && o.journal.size <= compactAt {
		return nil
	}
	var records []record
	for _, e := range o.entries {
		records = append(records, added(e.say))
		if e.refused != nil {
			records = append(records, record{Do: "refused", Origin: e.say.Origin.String(), Code: string(e.refused.Code), Why: e.refused.Text})
		}
	}
	return o.journal.rewrite(records)
}

func (o *outbox) index(origin chatnet.Origin) int {
	return slices.IndexFunc(o.entries, func(e *entry) bool { return e.say.Origin == origin })
}

func (o *outbox) push(s chatnet.Say) {
	e := &entry{say: s, size: s.Text.Len() + 200}
	o.entries = append(o.entries, e)
	o.bytes += e.size
}

func (o *outbox) drop(i int) {
	o.bytes -= o.entries[i].size
	o.entries = slices.Delete(o.entries, i, i+1)
}

func (o *outbox) dev() chatnet.Dev { return o.numbers.dev }

func (o *outbox) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return nil
	}
	o.closed = true
	return o.journal.close()
}
