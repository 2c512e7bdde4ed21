package tui

import (
	"slices"
	"strings"
	"time"

	"tchat/chatnet"
	"tchat/tui/command"
	"tchat/tui/pane"
)

// noNick is nobody.
var noNick chatnet.Nick

// ask queues a request for the link.
func (a *App) ask(r chatnet.Request) {
	if a.link == nil {
		return
	}
	if !a.queue.add(job{request: r}) {
		a.problem("too much is waiting to be sent; try again in a moment")
	}
}

// call queues something else for the link to do.
func (a *App) call(f func(Link)) {
	if a.link != nil && !a.queue.add(job{call: f}) {
		a.problem("too much is waiting to be sent; try again in a moment")
	}
}

// sent notes what the link did not take, and says why.
func (a *App) sent(m sentMsg) {
	if m.link != a.link {
		return
	}
	a.queue.busy = false
	for _, f := range m.failed {
		a.notTaken(f)
	}
}

func (a *App) notTaken(f failure) {
	err := chatnet.AsError(f.err)
	switch r := f.request.(type) {
	case chatnet.Type, chatnet.Quit, chatnet.ListKnocks:
		return
	case chatnet.MarkRead:
		if room := a.chat.rooms[r.Room]; room != nil {
			room.told = min(room.told, r.Seq-1) // told again when the link is back
		}
		return
	case chatnet.ListMembers:
		if room := a.chat.rooms[r.Room]; room != nil {
			room.asked = false // asked again when the link is back
			if room.who == 0 {
				return
			}
			room.who--
		}
	case chatnet.Say:
		if a.input.Empty() {
			a.input.SetValue(r.Text.String())
			if r.Reply != 0 || r.Edits != 0 {
				a.input.SetAbout(pane.About{Reply: r.Reply, Edits: r.Edits})
			}
		}
	default:
	}
	a.problem(err.Text)
}

// send reads what is written and does it.
func (a *App) send() {
	line := a.input.Value()
	in := command.Input{To: a.input.To(), Away: a.chat.away, Rooms: a.chat.named}
	about := a.input.About()
	if r := a.chat.open; r != nil {
		in.Room, in.Reply, in.Edits, in.Reacted = r.info.ID, about.Reply, about.Edits, r.list.Reacted
		in.Chosen, in.Last, in.Own = r.targets()
	}
	act, err := command.Parse(in, line)
	if err != nil {
		a.problem(chatnet.AsError(err).Text)
		return
	}
	if act == nil {
		return
	}
	to := a.input.To()
	a.input.Sent(strings.TrimRight(line, "\n"))
	if _, said := act.(command.Ask); said && !strings.HasPrefix(line, "/") {
		a.input.SetTo(to)
	}
	a.stopTyping()
	a.do(act)
	if !a.picking {
		a.unpick()
	}
}

// do does what a line asked for.
func (a *App) do(act command.Action) {
	switch act := act.(type) {
	case command.Ask:
		a.request(act.Request)
	case command.Help:
		if act.Name == "" {
			a.openHelp()
		} else {
			a.commandHelp(act.Name)
		}
	case command.Compose:
		a.compose(act.Reply, act.Edits)
	case command.Keys:
		a.openHelp()
	case command.InviteLink:
		a.guestLines(true)
	case command.Leave:
		a.leave(act.Reason)
	}
}

// request sends what the person asked for, and remembers what its answer is for.
func (a *App) request(r chatnet.Request) {
	switch r := r.(type) {
	case chatnet.Say:
		if open := a.chat.open; !r.To.IsZero() && (open == nil || a.roomOf(r) != open) {
			a.notice("to " + r.To.String() + ": " + r.Text.String())
		} else if open != nil && r.Edits == 0 {
			open.list.ClearUnread()
			open.list.End()
		}
	case chatnet.OpenDirect:
		if room, ok := a.chat.directWith(r.With); ok {
			a.openRoom(room.info.ID)
			return
		}
	case chatnet.Join:
		if id, ok := a.chat.named(r.Name); ok {
			a.openRoom(id)
			return
		}
	case chatnet.ListKnocks:
		a.knocksAsked = true
	case chatnet.ListMembers:
		if room := a.chat.rooms[r.Room]; room != nil {
			room.who++
			room.asked = true
		}
	default:
	}
	a.ask(r)
}

// openRoom shows a room, and keeps what was being written in the one before.
func (a *App) openRoom(id chatnet.RoomID) {
	c := &a.chat
	r := c.rooms[id]
	if r == nil {
		c.want = id
		return
	}
	c.want = ""
	if r == c.open {
		return
	}
	a.unpick()
	if c.open != nil {
		a.stopTyping()
		c.open.draft = a.input.Draft()
		c.open.list.Hover(-1, -1)
	}
	c.open = r
	a.input.Restore(r.draft)
	if len(r.unread) > 0 {
		r.list.MarkUnreadFrom(r.read + 1)
	} else {
		r.list.ClearUnread()
	}
	a.members.Set(r.members, c.self)
	a.rooms.Set(c.entries())
	a.rooms.Show(a.frame.rooms.Dy())
	if a.at.Host && !a.guest && r.info.Name == chatnet.Lobby() {
		a.guest = true
		a.guestLines(false)
	}
}

// step opens the n-th room after the open one.
func (a *App) step(n int) {
	c := &a.chat
	for i, r := range c.order {
		if r == c.open {
			a.openRoom(c.order[(i+n+len(c.order))%len(c.order)].info.ID)
			return
		}
	}
}

// nextUnread opens the next room with something new, mentions first.
func (a *App) nextUnread() {
	c := &a.chat
	at := 0
	for i, r := range c.order {
		if r == c.open {
			at = i
		}
	}
	var found *room
	for i := 1; i <= len(c.order); i++ {
		r := c.order[(at+i)%len(c.order)]
		if r == c.open || len(r.unread) == 0 {
			continue
		}
		if r.mentions() > 0 {
			found = r
			break
		}
		if found == nil {
			found = r
		}
	}
	if found == nil {
		a.say = "nothing new"
		return
	}
	a.openRoom(found.info.ID)
}

// scroll moves the messages, and asks for older ones near the top.
func (a *App) scroll(n int) {
	if r := a.chat.open; r != nil {
		r.list.ScrollBy(n)
	}
}

func (a *App) page() int { return max(1, a.frame.messages.Dy()-2) }

func (a *App) top() {
	if r := a.chat.open; r != nil {
		r.list.Home()
	}
}

func (a *App) bottom() {
	if r := a.chat.open; r != nil {
		r.list.End()
	}
}

// older asks for the page before what is shown, when it is near.
func (a *App) older() {
	r := a.chat.open
	if r == nil || !r.list.NeedsOlder() || a.now().Sub(r.pageFailed) < pageAgain {
		return
	}
	r.list.SetLoading(true)
	id, before := r.info.ID, r.list.Oldest()
	a.call(func(l Link) { l.Older(id, before) })
}

// pageAgain is how long a failed page is not asked for again.
const pageAgain = 5 * time.Second

// resend sends the last refused message again.
func (a *App) resend() {
	if s, ok := a.takeRefused(func(chatnet.Say) bool { return true }); ok {
		a.sayAgain(s)
		return
	}
	a.say = "nothing was refused"
}

// resendOrigin sends one refused message again.
func (a *App) resendOrigin(o chatnet.Origin) {
	if s, ok := a.takeRefused(func(s chatnet.Say) bool { return s.Origin == o }); ok {
		a.sayAgain(s)
	}
}

// sayAgain says a refused message once more. It keeps its origin, by which the
// link puts the new one into the refused one's place in one step.
func (a *App) sayAgain(s chatnet.Say) {
	s.Again = false
	a.ask(s)
}

// editLastRefused puts the last refused message back into the input.
func (a *App) editLastRefused() { a.editRefused(func(chatnet.Say) bool { return true }) }

// editRefused puts the last refused message that is wanted back into the input.
func (a *App) editRefused(want func(chatnet.Say) bool) {
	if !a.input.Empty() {
		a.say = "send or clear what is written first"
		return
	}
	s, ok := a.dropRefused(want)
	if !ok {
		a.say = "nothing was refused"
		return
	}
	if s.Room != "" {
		a.openRoom(s.Room)
	}
	a.input.SetTo(s.To)
	if s.Reply != 0 || s.Edits != 0 {
		a.input.SetAbout(pane.About{Reply: s.Reply, Edits: s.Edits})
	}
	a.input.SetValue(s.Text.String())
}

// dropRefused takes the last refused message that is wanted out of the list and
// the outbox.
func (a *App) dropRefused(want func(chatnet.Say) bool) (chatnet.Say, bool) {
	s, ok := a.takeRefused(want)
	if ok {
		a.call(func(l Link) { l.Discard(s.Origin) })
	}
	return s, ok
}

// takeRefused takes the last refused message that is wanted out of the list.
func (a *App) takeRefused(want func(chatnet.Say) bool) (chatnet.Say, bool) {
	all := a.chat.refused
	for i := len(all) - 1; i >= 0; i-- {
		s := all[i]
		if !want(s) {
			continue
		}
		a.chat.refused = slices.Concat(all[:i], all[i+1:])
		if r := a.roomOf(s); r != nil {
			r.list.Discard(s.Origin)
		}
		return s, true
	}
	return chatnet.Say{}, false
}

// complete takes the next choice of the popup, and opens it first.
func (a *App) complete(by int) {
	if a.input.Next(by) {
		return
	}
	c := command.Complete(a.input.Before(), a.words())
	if len(c.Choices) == 0 {
		return
	}
	a.input.Offer(c.Start, choices(c.Choices))
	a.input.Next(by)
}

// suggest shows the commands while a command's name is being typed.
func (a *App) suggest() {
	before := a.input.Before()
	if strings.HasPrefix(before, "/react ") && a.h >= 8 {
		a.offer()
		return
	}
	if !strings.HasPrefix(before, "/") || strings.HasPrefix(before, "//") || strings.ContainsAny(before, " \n") {
		return
	}
	if c := command.Complete(before, a.words()); len(c.Choices) > 0 && a.h >= 8 {
		a.input.Offer(c.Start, choices(c.Choices))
	}
}

// offer shows what may stand at the cursor.
func (a *App) offer() {
	if c := command.Complete(a.input.Before(), a.words()); len(c.Choices) > 0 {
		a.input.Offer(c.Start, choices(c.Choices))
	}
}

func choices(in []command.Choice) []pane.Choice {
	out := make([]pane.Choice, len(in))
	for i, c := range in {
		out[i] = pane.Choice(c)
	}
	return out
}

// words is what completion chooses from.
func (a *App) words() command.Words {
	var w command.Words
	for _, k := range a.knocks.List() {
		w.Knocks = append(w.Knocks, k.Nick.String())
	}
	c := &a.chat
	if c.open != nil {
		for _, m := range c.open.members {
			if m.User != c.self {
				w.Nicks = append(w.Nicks, m.Nick.String())
			}
		}
	}
	for _, r := range c.order {
		if r.direct() {
			w.Nicks = append(w.Nicks, r.title())
		} else {
			w.Rooms = append(w.Rooms, r.title())
		}
	}
	return w
}

// notice appends the program's own words to the open room.
func (a *App) notice(s string) {
	if r := a.chat.open; r != nil {
		r.list.SetNow(a.now().In(a.opts.Zone))
		r.list.Notice(chatnet.Clean(s))
		return
	}
	a.say = chatnet.CleanLine(s).String()
}

// problem appends what went wrong to the open room.
func (a *App) problem(s string) {
	if r := a.chat.open; r != nil {
		r.list.SetNow(a.now().In(a.opts.Zone))
		r.list.Problem(chatnet.Clean(s))
		return
	}
	a.say = chatnet.CleanLine(s).String()
}
