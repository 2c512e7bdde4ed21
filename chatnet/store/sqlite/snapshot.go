package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"hash/crc32"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

var _ store.Snapshots = (*Store)(nil)

// SaveSnapshot keeps a room's snapshot, see store.Snapshots. It shares
// transactions with the appends.
func (s *Store) SaveSnapshot(ctx context.Context, room chatnet.RoomID, at chatnet.Seq, data []byte) error {
	if len(data) == 0 {
		return chatnet.E(chatnet.CodeInternal, "a snapshot of nothing")
	}
	return s.submit(ctx, &job{room: room, seq: at, shot: data, size: len(data)})
}

// LoadSnapshot returns a room's snapshot, see store.Snapshots. One whose
// checksum is wrong is as good as none.
func (s *Store) LoadSnapshot(ctx context.Context, room chatnet.RoomID) (chatnet.Seq, []byte, error) {
	if err := s.enter(); err != nil {
		return 0, nil, err
	}
	defer s.busy.Done()
	var at chatnet.Seq
	var sum int64
	var data []byte
	err := s.readers.shot.QueryRowContext(ctx, room).Scan(&at, &sum, &data)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil, nil
	case err != nil:
		return 0, nil, readFault(ctx, err)
	case sum != checksum(data):
		return 0, nil, nil
	}
	return at, data, nil
}

// checksum tells a whole snapshot from a damaged one.
func checksum(data []byte) int64 {
	return int64(crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
}
