// Package sqlite is the store of one server: a SQLite database in its data
// folder (DELIVERY section 3).
//
//	files.go   what may be opened, and what is refused with which words
//	schema.go  the tables, and a new database made whole or not at all
//	append.go  an append or a mark becomes a job in the bounded queue
//	writer.go  the one goroutine that writes: a transaction for all jobs that wait
//	read.go    readers on connections of their own
//	check.go   the last look before the first write
//	seal.go    what spares it a file that was closed well
//	fault.go   what SQLite's errors mean: full, busy, or broken for good
//
// A return from Append or Mark means that the transaction was synced to disk
// (WAL, synchronous=FULL). There is no timer: while one sync runs, the jobs of
// the next transaction gather.
//
// Beside the database NAME stand NAME-wal and NAME-shm while it is open, and
// NAME.lock for ever: it keeps a second server out, and remembers that there was
// a database. NAME.sum is left when it is closed.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/gofrs/flock" // one server per data folder
	"modernc.org/sqlite"     // SQLite in Go: no C compiler, one static binary

	"tchat/chatnet"
	"tchat/chatnet/store"
)

var _ store.Store = (*Store)(nil)

// Store is an open database. Its methods may be called by many goroutines.
type Store struct {
	path    string
	epoch   chatnet.Epoch
	lock    *flock.Flock
	writer  *writer
	readers *readers

	mu     sync.RWMutex // guards closed, and that jobs is not closed under a sender
	closed bool
	jobs   chan *job
	busy   sync.WaitGroup // the writer, and every read

	once sync.Once // Close
	err  error     // its answer
}

// Open opens the database in the file path, or makes one, with its folder,
// when there is none and never was. The error is one line that names the file
// and says what to do; it has CodeBusy when another server has it open, and
// CodeStorage when the file is damaged, empty, of another program, of a newer
// version, read-only, or gone while something says that it was here. Checking
// reads the whole file: a tenth of a second for 300 MB that were closed well,
// else some seconds, see seal.go.
func Open(ctx context.Context, path string) (*Store, error) {
	lock, err := acquire(path)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, path)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	s.lock = lock
	return s, nil
}

func open(ctx context.Context, path string) (*Store, error) {
	if err := prepare(ctx, path); err != nil {
		return nil, err
	}
	s := &Store{path: path, jobs: make(chan *job, maxQueue)}
	sound := sealed(path)
	var err error
	if s.writer, err = openWriter(ctx, path); err != nil {
		return nil, err
	}
	if s.epoch, err = s.writer.inspect(ctx, path, sound); err == nil {
		s.readers, err = openReaders(ctx, path)
	}
	if err != nil {
		return nil, errors.Join(err, s.writer.close())
	}
	s.busy.Go(func() { s.writer.run(s.jobs) })
	return s, nil
}

// connect returns a pool of at most n connections, none of which ever makes a
// file. The pragmas are those of every connection, and more.
func connect(path string, n int, pragmas ...string) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(dsn(path, pragmas))
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// Durability returns "disk".
func (s *Store) Durability() string { return "disk" }

// Close stores what was accepted, waits for readers, moves the journal into the
// database and closes it, the writer last. A second call waits too and gives
// the same answer.
func (s *Store) Close() error {
	s.once.Do(func() {
		s.mu.Lock()
		s.closed = true
		close(s.jobs)
		s.mu.Unlock()
		s.busy.Wait()
		s.err = errors.Join(s.readers.close(), s.writer.close())
		if s.err == nil && s.writer.broken == nil {
			seal(s.path)
		}
		s.err = errors.Join(s.err, s.lock.Unlock())
	})
	return s.err
}
