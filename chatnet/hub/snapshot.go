package hub

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"tchat/chatnet"
	"tchat/chatnet/room"
	"tchat/chatnet/store"
)

// When a snapshot is due: that many events behind the last one, or more where
// the last one was large, so that snapshots cost a bounded number of bytes an
// event.
const (
	shotEvents = 2000
	shotBytes  = 64 // of snapshot, an event
	shotAtEnd  = 200
)

// shots is what a writer knows of its log's snapshots. It is the writer's.
type shots struct {
	behind int           // events since the last one
	size   int           // of the last one, bytes
	saving chan struct{} // closed when the last one was tried; nil before the first
}

// due reports whether there is much behind the last snapshot.
func (s *shots) due() bool { return s.behind >= max(shotEvents, s.size/shotBytes) }

// free reports whether no snapshot is being saved.
func (s *shots) free() bool {
	select {
	case <-s.saving:
		return true
	default:
		return s.saving == nil
	}
}

// snap saves a snapshot when one is due. It does not wait for the disk. The
// caller is the writer's goroutine, or the replay before there is one.
func (w *writer[S]) snap() {
	if !w.shots.due() || !w.shots.free() {
		return
	}
	keep, ok := w.h.cfg.Store.(store.Snapshots)
	if !ok {
		return
	}
	data, err := w.shot()
	if err != nil {
		w.h.cfg.Log.Warn("a snapshot could not be made", "room", w.id, "err", err)
		return
	}
	done, at := make(chan struct{}), w.state.Head()
	w.shots = shots{size: len(data), saving: done}
	w.h.spawn(func(ctx context.Context) {
		defer close(done)
		w.save(ctx, keep, at, data)
	})
}

// last saves a snapshot before the end, if it is worth it.
func (w *writer[S]) last(ctx context.Context) {
	keep, ok := w.h.cfg.Store.(store.Snapshots)
	if !ok || w.shots.behind < max(shotAtEnd, w.shots.size/shotBytes) {
		return
	}
	if w.shots.saving != nil {
		<-w.shots.saving // or it would come after this one, and be older
	}
	if data, err := w.shot(); err == nil {
		w.save(ctx, keep, w.state.Head(), data)
	}
}

// save stores a snapshot. Without it the next start takes longer; that is all.
func (w *writer[S]) save(ctx context.Context, keep store.Snapshots, at chatnet.Seq, data []byte) {
	if err := keep.SaveSnapshot(ctx, w.id, at, data); err != nil {
		w.h.cfg.Log.Warn("a snapshot was not saved", "room", w.id, "err", w.h.check(err))
	}
}

// recall takes the log's snapshot as the state, if there is one that is of use.
// What is behind it is still to be read.
func (w *writer[S]) recall(ctx context.Context) error {
	keep, ok := w.h.cfg.Store.(store.Snapshots)
	if !ok {
		return nil
	}
	at, data, err := keep.LoadSnapshot(ctx, w.id)
	if err != nil || at == 0 {
		return err
	}
	head, err := w.h.cfg.Store.Head(ctx, w.id)
	if err != nil {
		return err
	}
	if err := w.restore(at, head, data); err != nil {
		w.h.cfg.Log.Warn("a snapshot is of no use, the log is read from the beginning", "room", w.id, "err", err)
		return nil
	}
	w.shots.size = len(data)
	return nil
}

// checkShot says whether a snapshot fits its log.
func checkShot(said, at chatnet.Seq, head chatnet.Cursor) error {
	if said != at || at > head.Seq {
		return fmt.Errorf("it is of %d and kept at %d, the log ends at %d", said, at, head.Seq)
	}
	return nil
}

// hallVersion is that of hallShot.
const hallVersion = 1

// hallShot is a hall on disk: what the room's state does not have is where
// its newest events are.
type hallShot struct {
	V     int             `json:"v"`
	Cut   bool            `json:"cut,omitempty"`
	First chatnet.Seq     `json:"first,omitempty"`
	Steps []byte          `json:"steps,omitempty"` // from each of the newest seqs to the next, as uvarints
	State json.RawMessage `json:"state"`
}

// marshal returns a hall's snapshot.
func (r *hall) marshal() ([]byte, error) {
	state, err := r.state.Marshal()
	if err != nil {
		return nil, err
	}
	shot := hallShot{V: hallVersion, Cut: r.seqs.cut, State: state}
	for i, seq := range r.seqs.list {
		if i == 0 {
			shot.First = seq
		} else {
			shot.Steps = binary.AppendUvarint(shot.Steps, uint64(seq-r.seqs.list[i-1]))
		}
	}
	return json.Marshal(shot)
}

// unmarshal makes the hall what a snapshot says. With an error it is what it
// was.
func (r *hall) unmarshal(at chatnet.Seq, head chatnet.Cursor, data []byte) error {
	var shot hallShot
	if err := json.Unmarshal(data, &shot); err != nil {
		return err
	}
	if shot.V != hallVersion {
		return fmt.Errorf("it is of version %d", shot.V)
	}
	state, err := room.UnmarshalState(r.made, shot.State)
	if err != nil {
		return err
	}
	list := append(make([]chatnet.Seq, 0, len(shot.Steps)+1), shot.First)
	for steps := shot.Steps; len(steps) > 0; {
		step, n := binary.Uvarint(steps)
		if n <= 0 || step == 0 {
			return errors.New("its newest events cannot be read")
		}
		list = append(list, list[len(list)-1]+chatnet.Seq(step))
		steps = steps[n:]
	}
	if last := list[len(list)-1]; last != at {
		return fmt.Errorf("its newest events end at %d and not %d", last, at)
	}
	if err := checkShot(state.Head(), at, head); err != nil {
		return err
	}
	r.mu.Lock()
	r.state, r.epoch, r.seqs = state, head.Epoch, seqs{list: list, cut: shot.Cut}
	r.mu.Unlock()
	for _, m := range state.Members() {
		r.h.joined(r, m.User)
	}
	state.Origins(func(user chatnet.UserID, o chatnet.Origin) { r.h.trail.claim(user, o, r.id) })
	return nil
}

// unmarshal makes the directory what a snapshot says. With an error it is what
// it was.
func (d *directory) unmarshal(at chatnet.Seq, head chatnet.Cursor, data []byte) error {
	state, err := room.UnmarshalDirectory(data)
	if err != nil {
		return err
	}
	if err := checkShot(state.Head(), at, head); err != nil {
		return err
	}
	d.mu.Lock()
	d.state = state
	d.mu.Unlock()
	for _, made := range state.Rooms() {
		d.h.addRoom(made.RoomMade)
	}
	return nil
}
