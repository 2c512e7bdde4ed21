package hub

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/room"
)

// The length of a guest's token, in bytes.
const (
	minToken = 22
	maxToken = 256
)

// Enter begins a session. It may wait for the disk. The first reply that Take
// gives is a Welcome, or a Waiting while the host is being asked.
func (h *Hub) Enter(ctx context.Context, p Peer, hello chatnet.Hello) (*Session, error) {
	if !h.gate.enter() {
		return nil, errDown
	}
	defer h.gate.leave()
	id, err := userOf(p, hello)
	if err != nil {
		return nil, err
	}
	s := newSession(h, p, id, hello)
	if p.Operator {
		h.attend(s)
		return s, nil
	}
	owner := id == h.cfg.Owner
	if h.cfg.Approve && !owner {
		if waits, err := h.knock(s); waits || err != nil {
			return s, err
		}
	}
	who := room.Actor{User: id, Nick: hello.Nick, Role: chatnet.RoleMember}
	if owner {
		who.Role = chatnet.RoleOwner
	}
	if err := h.register(ctx, who, who); err != nil {
		return nil, err
	}
	if err := h.settle(ctx, s); err != nil {
		h.pass(id)
		return nil, err
	}
	return s, nil
}

// userOf says who a peer is.
func userOf(p Peer, hello chatnet.Hello) (chatnet.UserID, error) {
	switch {
	case p.Operator:
		return chatnet.OperatorID, nil
	case p.User != "":
		return p.User, nil
	case hello.Token == "":
		return chatnet.UserID(passerPrefix + strings.ToLower(rand.Text())), nil
	case len(hello.Token) < minToken || len(hello.Token) > maxToken:
		return "", errToken
	}
	sum := sha256.Sum256([]byte(hello.Token))
	return chatnet.UserID("g-" + hex.EncodeToString(sum[:16])), nil
}

// register makes who a user, let in by an actor.
func (h *Hub) register(ctx context.Context, by, who room.Actor) error {
	known := h.dir.user(who.User)
	if known.User != "" && (who.Role != chatnet.RoleOwner || known.Role == chatnet.RoleOwner) {
		return nil // nothing to store: this works with a full disk too
	}
	_, err := h.dir.call(ctx, func(at time.Time, draft *room.Directory) ([]chatnet.Event, error) {
		return draft.Register(at, by, who)
	})
	return err
}

// settle brings a registered user's session into the rooms and welcomes it.
func (h *Hub) settle(ctx context.Context, s *Session) error {
	if err := h.join(ctx, s, chatnet.Lobby()); err != nil && chatnet.CodeOf(err) != chatnet.CodeTooLong {
		return err // but who is in very many rooms does without the lobby
	}
	if name := s.hello.Room; !name.IsZero() && name != chatnet.Lobby() {
		if err := h.join(ctx, s, name); err != nil {
			// They are welcome without it; asking again tells them why.
			h.cfg.Log.Info("a room of a hello was not entered", "user", s.user, "code", chatnet.CodeOf(err))
		}
	}
	marks, err := h.cfg.Store.Marks(ctx, s.user)
	if err != nil {
		return h.check(err)
	}
	h.welcome(s, marks)
	return nil
}

// join makes a session's user a member of a room, which is made if need be.
func (h *Hub) join(ctx context.Context, s *Session, name chatnet.RoomName) error {
	req := chatnet.Join{Name: name}
	id := h.dir.roomNamed(name)
	if id == "" {
		_, err := h.dir.call(ctx, func(at time.Time, draft *room.Directory) ([]chatnet.Event, error) {
			if name == chatnet.Lobby() {
				return draft.Lobby(at), nil
			}
			return draft.Decide(at, s.actor(draft), req)
		})
		if err != nil {
			return err
		}
		id = h.dir.roomNamed(name)
	}
	r := h.room(id)
	if r == nil {
		return errNoRoom
	}
	in := false
	r.read(func(state *room.State) { in = state.Has(s.user) })
	if in {
		return nil
	}
	_, err := r.call(ctx, func(at time.Time, draft *room.State) ([]chatnet.Event, error) {
		return h.decide(draft, at, h.actor(s), req, room.Actor{}, chatnet.Event{})
	})
	return err
}

// welcome attaches a session to all of its user's rooms at one moment (DELIVERY
// R1, R6), and ends an older session of the same client.
func (h *Hub) welcome(s *Session, marks map[chatnet.RoomID]chatnet.Seq) {
	self := h.dir.user(s.user)
	h.mu.Lock()
	u := h.user(s.user)
	u.parting = chatnet.Text{}
	for id, seq := range marks {
		u.marks[id] = max(u.marks[id], seq)
	}
	before, _ := h.presenceOf(s.user)
	old := u.replaced(s)
	if old != nil {
		delete(u.sessions, old)
		delete(h.sessions, old)
	}
	u.sessions[s] = struct{}{}
	h.sessions[s] = struct{}{}
	w := chatnet.Welcome{Server: h.cfg.Server, User: self.User, Nick: self.Nick, Role: self.Role}
	w.Rooms = h.attachAll(s, u)
	knocks := len(h.knocks) > 0
	gone := s.begin(w)
	h.mu.Unlock()

	if knocks && self.Role.AtLeast(chatnet.RoleModerator) {
		s.signal(signalKey{kind: knocksKind}, nil)
	}
	if old != nil {
		old.end(errReplaced)
	}
	for _, info := range w.Rooms {
		h.heal(info.ID, self.Actor)
	}
	if before != chatnet.Here {
		h.announce(s.user, s)
	}
	if gone { // it went while it was being let in
		h.leave(s)
	}
}

// replaced returns the session whose client has come anew, or nil.
func (u *user) replaced(s *Session) *Session {
	if s.hello.Dev == 0 {
		return nil
	}
	for old := range u.sessions {
		if old.hello.Dev == s.hello.Dev {
			return old
		}
	}
	return nil
}

// attachAll attaches a session to its user's rooms and describes them, direct
// ones last, each kind by name. The caller holds h.mu.
func (h *Hub) attachAll(s *Session, u *user) []chatnet.RoomInfo {
	have := map[chatnet.RoomID]*chatnet.Cursor{}
	for i := range min(len(s.hello.Cursors), chatnet.MaxCursors) {
		have[s.hello.Cursors[i].Room] = &s.hello.Cursors[i]
	}
	infos := make([]chatnet.RoomInfo, 0, len(u.rooms))
	for _, id := range slices.Sorted(maps.Keys(u.rooms)) { // a session's rooms are read in this order
		if info, ok := s.attach(u.rooms[id], have[id]); ok {
			h.fill(u, &info)
			infos = append(infos, info)
		}
	}
	slices.SortFunc(infos, func(a, b chatnet.RoomInfo) int {
		return cmp.Or(
			cmp.Compare(kindOrder(a), kindOrder(b)),
			cmp.Compare(a.Name.String(), b.Name.String()),
			cmp.Compare(a.With.Nick.Key(), b.With.Nick.Key()))
	})
	return infos
}

func kindOrder(r chatnet.RoomInfo) int {
	if r.Kind == chatnet.KindDirect {
		return 1
	}
	return 0
}

// complete fills in what the room itself does not know.
func (h *Hub) complete(s *Session, info *chatnet.RoomInfo) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if u := h.users[s.user]; u != nil {
		h.fill(u, info)
	}
}

// fill is complete for callers that hold h.mu.
func (h *Hub) fill(u *user, info *chatnet.RoomInfo) {
	info.Read = u.marks[info.ID]
	if info.With.User == "" {
		return
	}
	if other := h.dir.user(info.With.User); other.User != "" {
		info.With.Nick, info.With.Role = other.Nick, other.Role
	}
	info.With.Presence, info.With.Away = h.presenceOf(info.With.User)
}

// heal tells a room of a nick that it missed in a crash.
func (h *Hub) heal(id chatnet.RoomID, who room.Actor) {
	r := h.room(id)
	if r == nil {
		return
	}
	var nick chatnet.Nick
	r.read(func(state *room.State) { nick = state.Nick(who.User) })
	if nick != who.Nick {
		r.rename(who.User, who.Nick)
	}
}

// attend begins an operator's session: nobody sees it, it is in no room.
func (h *Hub) attend(s *Session) {
	h.mu.Lock()
	h.sessions[s] = struct{}{}
	knocks := len(h.knocks) > 0
	h.mu.Unlock()
	s.begin(chatnet.Welcome{Server: h.cfg.Server, User: chatnet.OperatorID, Role: chatnet.RoleOwner})
	if knocks {
		s.signal(signalKey{kind: knocksKind}, nil)
	}
}
