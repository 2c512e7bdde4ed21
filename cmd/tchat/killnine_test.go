package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
)

// The load of TestKillNine.
const (
	kills      = 10
	talkers    = 4
	inFlight   = 24 // messages of one talker without an end
	acksAtLife = 60 // acknowledged messages before the next kill
)

// TestKillNine kills a server with SIGKILL ten times while four clients talk,
// and holds the promises: what was acknowledged is there, nothing is there
// twice, all see one order, and each talker's order is kept.
func TestKillNine(t *testing.T) {
	home := t.TempDir()
	srv := &process{t: t, home: home, listen: "tchat://127.0.0.1:0"}
	srv.start()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	acks := make(chan struct{}, 1)
	people := make([]*talker, talkers)
	var talking sync.WaitGroup
	defer talking.Wait()
	defer cancel()
	for i := range people {
		people[i] = newTalker(t, filepath.Join(home, "people"), i, srv.addr(), acks)
		talking.Go(func() { people[i].run(ctx) })
	}
	for range kills {
		until(t, acks, func() bool { return sum(people, (*talker).fresh) >= acksAtLife })
		srv.kill()
		srv.start()
		for _, p := range people {
			p.newLife()
		}
	}
	until(t, acks, func() bool { return sum(people, (*talker).fresh) >= acksAtLife })
	for _, p := range people {
		p.hush()
	}
	until(t, acks, func() bool { return sum(people, (*talker).open) == 0 && atOneHead(people) })
	judge4(t, people)
	srv.stop()
}

// until waits until ok, asked after every news.
func until(t *testing.T, news <-chan struct{}, ok func() bool) {
	t.Helper()
	limit := time.NewTimer(60 * time.Second)
	defer limit.Stop()
	for !ok() {
		select {
		case <-news:
		case <-limit.C:
			t.Fatal("the talkers got no further")
		}
	}
}

func sum(people []*talker, of func(*talker) int) int {
	n := 0
	for _, p := range people {
		n += of(p)
	}
	return n
}

func atOneHead(people []*talker) bool {
	head := people[0].head()
	return !slices.ContainsFunc(people, func(p *talker) bool { return p.head() != head })
}

// judge4 compares what the four have seen.
func judge4(t *testing.T, people []*talker) {
	t.Helper()
	want := people[0].story(chatnet.MaxSeq)
	for _, p := range people {
		p.mu.Lock()
		for _, wrong := range p.wrong {
			t.Errorf("%s: %s", p.nick, wrong)
		}
		p.mu.Unlock()
		first := max(people[0].first(), p.first())
		if diff := cmp.Diff(after(want, first), after(p.story(chatnet.MaxSeq), first)); diff != "" {
			t.Errorf("%s and %s saw different stories:\n%s", people[0].nick, p.nick, diff)
		}
	}
	for _, p := range people {
		p.judge(t)
	}
	t.Logf("%d messages, %d kills", len(want), kills)
}

func after(story []told, first chatnet.Seq) []told {
	return slices.DeleteFunc(slices.Clone(story), func(l told) bool { return l.Seq < first })
}

// told is a message as somebody saw it.
type told struct {
	Seq  chatnet.Seq
	Nick string
	Text string
}

// talker is a client that talks as fast as it is heard.
type talker struct {
	nick   chatnet.Nick
	client *client.Client
	news   chan<- struct{}

	mu      sync.Mutex
	room    chatnet.RoomID
	said    int // messages begun
	settled map[string]chatnet.Seq
	life    int // of them, since the last restart
	quiet   bool
	seen    map[chatnet.Seq]told
	last    chatnet.Seq
	wrong   []string
}

func newTalker(t *testing.T, dir string, i int, a identity.Address, news chan<- struct{}) *talker {
	t.Helper()
	nick := chatnet.MustNick(fmt.Sprintf("talker%d", i))
	p := profileOf(dir, nick)
	key, err := p.key()
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(client.Config{
		Address: a, Dir: filepath.Join(p.dir, "slot"), Key: key, Nick: nick,
		Known: identity.OpenKnown(filepath.Join(p.dir, "known")),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &talker{nick: nick, client: c, news: news, settled: map[string]chatnet.Seq{}, seen: map[chatnet.Seq]told{}}
}

// run is a talker's whole life.
func (p *talker) run(ctx context.Context) {
	var life sync.WaitGroup
	life.Go(func() { _ = p.client.Run(ctx) }) // it ends with ctx
	for u := range p.client.Updates() {
		p.take(u)
		p.talk()
		select {
		case p.news <- struct{}{}:
		default:
		}
	}
	life.Wait()
	_ = p.client.Close() // the test is over
}

// take notes an update.
func (p *talker) take(u chatnet.Update) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch u := u.(type) {
	case chatnet.Welcomed:
		for _, r := range u.Welcome.Rooms {
			if r.Name == chatnet.Lobby() {
				p.room = r.ID
			}
		}
	case chatnet.Settled:
		if u.Err != nil {
			p.wrong = append(p.wrong, "refused: "+u.Err.Error())
		}
		p.settled[u.Say.Text.String()] = u.Seq
		p.life++
	case chatnet.RoomReset:
		p.wrong = append(p.wrong, "the room was reset")
	case chatnet.Arrived:
		for _, ev := range u.Events {
			p.see(ev)
		}
	default:
	}
}

func (p *talker) see(ev chatnet.Event) {
	if ev.Seq <= p.last {
		p.wrong = append(p.wrong, fmt.Sprintf("seq %d came behind %d", ev.Seq, p.last))
	}
	p.last = ev.Seq
	if s, ok := ev.Body.(chatnet.Said); ok {
		p.seen[ev.Seq] = told{ev.Seq, ev.Nick.String(), s.Text.String()}
	}
}

// talk says the next things.
func (p *talker) talk() {
	for {
		p.mu.Lock()
		n, room := p.said, p.room
		more := room != "" && !p.quiet && n-len(p.settled) < inFlight
		if more {
			p.said++
		}
		p.mu.Unlock()
		if !more {
			return
		}
		text := chatnet.Clean(fmt.Sprintf("%s says %06d", p.nick, n))
		if err := p.client.Do(chatnet.Say{Room: room, Text: text}); err != nil {
			p.mu.Lock()
			p.wrong = append(p.wrong, err.Error())
			p.mu.Unlock()
			return
		}
	}
}

func (p *talker) newLife() {
	p.mu.Lock()
	p.life = 0
	p.mu.Unlock()
	p.client.Redial()
}

func (p *talker) hush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.quiet = true
}

func (p *talker) fresh() int        { p.mu.Lock(); defer p.mu.Unlock(); return p.life }
func (p *talker) open() int         { p.mu.Lock(); defer p.mu.Unlock(); return p.said - len(p.settled) }
func (p *talker) head() chatnet.Seq { p.mu.Lock(); defer p.mu.Unlock(); return p.last }

// story returns what was seen up to a seq, in order.
func (p *talker) story(upTo chatnet.Seq) []told {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []told
	for seq, l := range p.seen {
		if seq <= upTo {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b told) int { return int(a.Seq) - int(b.Seq) })
	return all
}

// first returns the first message that was seen.
func (p *talker) first() chatnet.Seq {
	if s := p.story(chatnet.MaxSeq); len(s) > 0 {
		return s[0].Seq
	}
	return 0
}

// judge looks for one's own messages in what one saw: each once, under the seq
// that was acknowledged, in the order in which they were said.
func (p *talker) judge(t *testing.T) {
	t.Helper()
	var mine []string
	for _, l := range p.story(chatnet.MaxSeq) {
		if l.Nick != p.nick.String() {
			continue
		}
		mine = append(mine, l.Text)
		if seq := p.settled[l.Text]; seq != l.Seq {
			t.Errorf("%q was acknowledged under %d and stands at %d", l.Text, seq, l.Seq)
		}
	}
	if !slices.IsSorted(mine) || len(slices.Compact(slices.Clone(mine))) != len(mine) {
		t.Errorf("%s's messages came out of order or twice", p.nick)
	}
	if len(mine) != len(p.settled) || len(mine) != p.said {
		t.Errorf("%s said %d messages, %d were acknowledged, %d are there", p.nick, p.said, len(p.settled), len(mine))
	}
}

// process is the server as a real process.
type process struct {
	t      *testing.T
	home   string
	listen string
	cmd    *exec.Cmd
	lives  int
	logAt  string // where the log is, when the process was started elsewhere
}

func (p *process) log() string {
	if p.logAt != "" {
		return p.logAt
	}
	return filepath.Join(p.home, fmt.Sprintf("server%d.log", p.lives))
}

// start runs the server and waits until its door is open; from the second time
// on at the same port.
func (p *process) start() {
	p.t.Helper()
	p.lives++
	p.cmd = exec.CommandContext(context.WithoutCancel(p.t.Context()), "tchat", "--host", "--headless",
		"--data", filepath.Join(p.home, "data"), "--listen", p.listen, "--log", p.log())
	p.cmd.Env = append(os.Environ(), "HOME="+p.home, "XDG_DATA_HOME="+p.home, "XDG_CONFIG_HOME="+p.home)
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = p.cmd.Process.Kill() }) // if it is still there
	p.listen = "tchat://" + p.find(`msg="a door is open" door=tchat addr=(\S+)`)
}

// find waits for a line of the log.
func (p *process) find(line string) string {
	p.t.Helper()
	re := regexp.MustCompile(line)
	var found string
	poll(func() bool {
		text, _ := os.ReadFile(p.log()) // it is there soon
		if m := re.FindSubmatch(text); m != nil {
			found = string(m[1])
		}
		return found != ""
	}, func() { p.t.Fatalf("the server's log has no line like %q", line) })
	return found
}

// addr returns the server's address with its fingerprint, as guests type it.
func (p *process) addr() identity.Address {
	p.t.Helper()
	line := p.find(`guests type: tchat (127\S+?)"?\s`)
	a, err := identity.ParseAddress(strings.TrimSpace(line))
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

// kill ends the server in the middle of whatever it does.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	_ = p.cmd.Wait() // "signal: killed"
}

// stop ends the server as a person does, which must go well and fast.
func (p *process) stop() {
	p.t.Helper()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the server ended with %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		p.t.Errorf("the server took %v to end", took)
	}
}
