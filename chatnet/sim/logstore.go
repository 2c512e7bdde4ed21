package sim

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"syscall"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/store"
)

var _ store.Store = (*logStore)(nil)

// logStore is a store on a simulated disk. It commits as the real one does
// (DELIVERY section 3): one writer, a sync for all that waits, a bounded queue,
// read-only after a failed sync, going on by itself after a full disk.
type logStore struct {
	file  *logFile
	epoch chatnet.Epoch
	pause func(name string, gone <-chan struct{}) // the disk's time
	loose bool                                    // takes an origin twice: for bugs alone
	jobs  chan *job
	gone  chan struct{} // closed when the machine dies
	work  sync.WaitGroup

	mu     sync.Mutex // guards what follows
	closed bool
	broken bool
	rooms  map[chatnet.RoomID]*roomLog
	marks  map[mark]chatnet.Seq // by a mark without Seq
}

type roomLog struct {
	events  []chatnet.Event
	origins map[chatnet.Origin]chatnet.Event
}

// job is something to be committed.
type job struct {
	room  chatnet.RoomID
	last  chatnet.Seq
	evs   []chatnet.Event
	mark  *mark
	cause func() error // why whoever waits for it gave up
	ended chan error   // capacity 1
}

const maxJobs = 64

// openStore reads a disk. The pause is called before each sync and each read.
func openStore(d client.Disk, epoch chatnet.Epoch, gone chan struct{}, pause func(string, <-chan struct{})) (*logStore, error) {
	file, all, err := openLog(d, epoch)
	if err != nil {
		return nil, err
	}
	s := &logStore{
		file: file, epoch: all[0].Epoch, pause: pause, gone: gone, jobs: make(chan *job, maxJobs),
		rooms: map[chatnet.RoomID]*roomLog{}, marks: map[mark]chatnet.Seq{},
	}
	for _, t := range all {
		if err := s.replay(t); err != nil {
			return nil, errors.Join(err, file.f.Close())
		}
	}
	s.work.Go(s.run)
	return s, nil
}

func (s *logStore) replay(t transaction) error {
	for _, e := range t.Events {
		ev, err := e.event()
		if err != nil {
			return err
		}
		s.room(ev.Room).add(ev)
		if b, ok := ev.Body.(chatnet.Redacted); ok {
			s.room(ev.Room).mask(b.Target)
		}
	}
	for _, m := range t.Marks {
		s.raise(m)
	}
	return nil
}

func (s *logStore) room(id chatnet.RoomID) *roomLog {
	if s.rooms[id] == nil {
		s.rooms[id] = &roomLog{origins: map[chatnet.Origin]chatnet.Event{}}
	}
	return s.rooms[id]
}

func (l *roomLog) add(ev chatnet.Event) {
	l.events = append(l.events, ev)
	if !ev.Origin.IsZero() {
		l.origins[ev.Origin] = ev
	}
}

// mask takes the words of a redacted message out.
func (l *roomLog) mask(target chatnet.Seq) {
	for i, ev := range l.events {
		if ev.Words(target) {
			l.events[i] = ev.Masked()
			if !ev.Origin.IsZero() {
				l.origins[ev.Origin] = l.events[i]
			}
		}
	}
}

func (l *roomLog) head() chatnet.Seq {
	if len(l.events) == 0 {
		return 0
	}
	return l.events[len(l.events)-1].Seq
}

func (s *logStore) raise(m mark) {
	key := mark{User: m.User, Room: m.Room}
	s.marks[key] = max(s.marks[key], m.Seq)
}

// run is the writer.
func (s *logStore) run() {
	for j := range s.jobs {
		s.pause("gather", s.gone) // so that who ran first decides nothing
		batch := []*job{j}
		for more := true; more && len(batch) < maxJobs; {
			select {
			case j, ok := <-s.jobs:
				if more = ok; ok {
					batch = append(batch, j)
				}
			default:
				more = false
			}
		}
		s.commit(batch)
	}
}

// commit stores a batch in one transaction and answers it.
func (s *logStore) commit(batch []*job) {
	sortBy(batch, func(j *job) chatnet.RoomID { return j.room })
	var t transaction
	var in []*job
	s.mu.Lock()
	taken := map[chatnet.RoomID]bool{} // one writer a room: two jobs of it are a race
	for _, j := range batch {
		err := s.check(j)
		if err == nil && j.evs != nil && taken[j.room] {
			err = conflict()
		}
		for _, ev := range j.evs {
			if err == nil {
				err = t.add(ev)
			}
		}
		if err != nil {
			j.ended <- err
			continue
		}
		if j.mark != nil {
			t.Marks = append(t.Marks, *j.mark)
		}
		taken[j.room] = taken[j.room] || j.evs != nil
		in = append(in, j)
	}
	s.mu.Unlock()
	if len(in) == 0 {
		return
	}
	err := s.put(t)
	s.mu.Lock()
	if err == nil {
		err = s.replay(t)
	}
	s.mu.Unlock()
	for _, j := range in {
		j.ended <- err
	}
}

// put writes a transaction and returns when it is safe.
func (s *logStore) put(t transaction) error {
	if s.broken {
		return failed(errors.New("it failed before"))
	}
	before := s.file.size
	err := s.file.write(t)
	if err == nil {
		s.pause("sync", s.gone)
		if err = s.file.f.Sync(); err == nil {
			return nil
		}
		err = errors.Join(errTorn, err)
		s.file.size = before
	}
	if errors.Is(err, syscall.ENOSPC) && !errors.Is(err, errTorn) {
		return chatnet.E(chatnet.CodeStorageFull, "the disk is full").Because(err)
	}
	s.mu.Lock()
	s.broken = true
	s.mu.Unlock()
	return failed(err)
}

func failed(err error) error {
	return chatnet.E(chatnet.CodeStorage, "the disk failed").Because(err)
}

func conflict() error { return chatnet.E(chatnet.CodeConflict, "the log has moved on") }

// check says why a job cannot be done. mu is held.
func (s *logStore) check(j *job) error {
	if err := j.cause(); err != nil {
		return gaveUp(err)
	}
	if j.evs == nil {
		return nil
	}
	l := s.room(j.room)
	if l.head() != j.last {
		return conflict()
	}
	fresh := map[chatnet.Origin]bool{}
	for _, ev := range j.evs {
		_, known := l.origins[ev.Origin]
		if (known || fresh[ev.Origin]) && !s.loose {
			return conflict()
		}
		fresh[ev.Origin] = !ev.Origin.IsZero()
	}
	return nil
}

func gaveUp(cause error) error {
	return chatnet.E(chatnet.CodeBusy, "the request was given up").Because(cause)
}

// do queues a job and waits for its end.
func (s *logStore) do(j *job) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return shut()
	}
	select {
	case s.jobs <- j:
		s.mu.Unlock()
	default:
		s.mu.Unlock()
		return chatnet.E(chatnet.CodeBusy, "the disk is busy")
	}
	return <-j.ended
}

func shut() error { return chatnet.E(chatnet.CodeShutdown, "the store is closed") }

// Append stores events, see store.Log.
func (s *logStore) Append(ctx context.Context, room chatnet.RoomID, last chatnet.Seq, evs []chatnet.Event) ([]chatnet.Event, error) {
	if slices.ContainsFunc(evs, func(ev chatnet.Event) bool { return ev.Body == nil }) {
		return nil, chatnet.E(chatnet.CodeInternal, "an event without a body cannot be stored")
	}
	if len(evs) == 0 {
		s.mu.Lock()
		defer s.mu.Unlock()
		return nil, s.ready(ctx)
	}
	placed := store.Place(room, last, evs)
	if err := s.do(&job{room: room, last: last, evs: placed, cause: ctx.Err, ended: make(chan error, 1)}); err != nil {
		return nil, err
	}
	return placed, nil
}

// Read returns events after a seq, see store.Log.
func (s *logStore) Read(ctx context.Context, room chatnet.RoomID, after chatnet.Seq, limit int) ([]chatnet.Event, error) {
	return s.look(ctx, room, func(evs []chatnet.Event) []chatnet.Event {
		evs = evs[from(evs, after, true):]
		return evs[:max(0, min(limit, len(evs)))]
	})
}

// ReadBack returns events before a seq, see store.Log.
func (s *logStore) ReadBack(ctx context.Context, room chatnet.RoomID, before chatnet.Seq, limit int) ([]chatnet.Event, error) {
	return s.look(ctx, room, func(evs []chatnet.Event) []chatnet.Event {
		if before > 0 {
			evs = evs[:from(evs, before, false)]
		}
		return evs[len(evs)-max(0, min(limit, len(evs))):]
	})
}

// from returns where the first event behind a seq stands, or, unless behind,
// that of the seq itself.
func from(evs []chatnet.Event, seq chatnet.Seq, behind bool) int {
	i, found := slices.BinarySearchFunc(evs, seq, func(ev chatnet.Event, seq chatnet.Seq) int { return cmp.Compare(ev.Seq, seq) })
	if found && behind {
		i++
	}
	return i
}

func (s *logStore) look(ctx context.Context, room chatnet.RoomID, piece func([]chatnet.Event) []chatnet.Event) ([]chatnet.Event, error) {
	s.pause("read "+string(room), s.gone)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if l := s.rooms[room]; l != nil {
		return slices.Clone(piece(l.events)), nil
	}
	return nil, nil
}

// ready says why nothing can be read. mu is held.
func (s *logStore) ready(ctx context.Context) error {
	select {
	case <-s.gone:
		return failed(errDead)
	default:
	}
	switch {
	case s.closed:
		return shut()
	case ctx.Err() != nil:
		return gaveUp(ctx.Err())
	}
	return nil
}

// Head returns a room's newest position, see store.Log.
func (s *logStore) Head(ctx context.Context, room chatnet.RoomID) (chatnet.Cursor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := chatnet.Cursor{Room: room, Epoch: s.epoch}
	if l := s.rooms[room]; l != nil {
		c.Seq = l.head()
	}
	return c, s.ready(ctx)
}

// ByOrigin finds the event of an origin, see store.Log.
func (s *logStore) ByOrigin(ctx context.Context, room chatnet.RoomID, o chatnet.Origin) (chatnet.Event, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil || s.rooms[room] == nil {
		return chatnet.Event{}, false, err
	}
	ev, ok := s.rooms[room].origins[o]
	return ev, ok, nil
}

// Mark raises a read mark, see store.Marks.
func (s *logStore) Mark(ctx context.Context, user chatnet.UserID, room chatnet.RoomID, seq chatnet.Seq) error {
	m := &mark{User: user, Room: room, Seq: seq}
	return s.do(&job{room: room, mark: m, cause: ctx.Err, ended: make(chan error, 1)})
}

// Marks returns all marks of a user, see store.Marks.
func (s *logStore) Marks(ctx context.Context, user chatnet.UserID) (map[chatnet.RoomID]chatnet.Seq, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[chatnet.RoomID]chatnet.Seq{}
	for m, seq := range s.marks {
		if m.User == user {
			all[m.Room] = seq
		}
	}
	return all, s.ready(ctx)
}

// Durability returns "disk": it is one, as far as anybody inside can tell.
func (s *logStore) Durability() string { return "disk" }

// Close commits what was accepted and closes the file. It may be called again.
func (s *logStore) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.jobs)
	s.mu.Unlock()
	s.work.Wait()
	return s.file.f.Close()
}

// all returns every room's events.
func (s *logStore) all() map[chatnet.RoomID][]chatnet.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	rooms := map[chatnet.RoomID][]chatnet.Event{}
	for id, l := range s.rooms {
		if len(l.events) > 0 {
			rooms[id] = slices.Clone(l.events)
		}
	}
	return rooms
}
