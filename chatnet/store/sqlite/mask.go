package sqlite

import (
	"context"

	"tchat/chatnet"
	"tchat/chatnet/store"
)

// words is a row that holds words of a message.
type words struct {
	seq    chatnet.Seq
	record []byte
}

// mask takes the words of a redacted message out of the table, in the open
// transaction.
func (w *writer) mask(room int64, target chatnet.Seq) error {
	found, err := w.words(room, target)
	for _, row := range found {
		if err != nil {
			break
		}
		err = w.maskRow(room, target, row)
	}
	return err
}

func (w *writer) maskRow(room int64, target chatnet.Seq, row words) error {
	ev, err := store.Unmarshal(row.record)
	if err != nil {
		return err
	}
	if ev.Seq = row.seq; !ev.Words(target) {
		return nil
	}
	record, err := store.Marshal(ev.Masked())
	if err != nil {
		return err
	}
	return step(w.setRecord, string(record), room, row.seq)
}

// words returns the message and its edits, as far as they are there.
func (w *writer) words(room int64, target chatnet.Seq) ([]words, error) {
	rows, err := w.findWords.QueryContext(context.Background(), room, target)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err has said what there was
	var found []words
	for rows.Next() {
		var row words
		if err := rows.Scan(&row.seq, &row.record); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, rows.Err()
}
