package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"           // the program around the model
	"github.com/charmbracelet/colorprofile" // how many colours the terminal has
	"github.com/charmbracelet/x/ansi"       // how the terminal counts cells

	"tchat/chatnet"
	"tchat/styles"
	"tchat/tui/pane"
)

// App is the one model. It is used by one Bubble Tea program, which calls its
// methods from one goroutine.
type App struct {
	opts  Options
	keys  []binding
	byKey map[string]binding

	// What the terminal is.
	w, h       int
	sized      bool // the terminal has said how big it is
	focused    bool
	mouse      bool
	profile    colorprofile.Profile
	dark       bool
	background tea.BackgroundColorMsg
	look       pane.Look

	// The link and what is known through it.
	link    Link
	at      Opened
	queue   outgoing
	chat    chat
	opening context.CancelFunc // set while Open or HostHere runs
	turn    int                // counts openings, and those given up
	nick    chatnet.Nick       // wanted

	// The panes.
	input   *pane.Input
	rooms   *pane.Rooms
	members *pane.Members
	knocks  pane.Knocks
	cards   []topCard
	fold    fold
	frame   frame

	topMemo    pane.Memo[topKey]
	bottomMemo pane.Memo[bottomKey]

	// Small states.
	typedAt     time.Time // the last key, for what must not steal keys
	quitAt      time.Time // the first Ctrl+C
	rungAt      time.Time
	say         string // said once in the bottom line, until the next key
	markDue     bool
	typingAt    time.Time // when the others were last told of typing
	guest       bool      // the lines for guests were shown
	quitting    bool      // everything that was asked is still being done
	ended       bool
	knockSince  time.Time // the knock has had the focus
	knocksAsked bool      // the person asked who waits
	picking     bool      // a message is chosen and has the keys
	cmds        []tea.Cmd
}

// New returns the model for a program.
func New(o Options) *App {
	a := &App{
		opts: o.withDefaults(), focused: true, mouse: !o.MouseOff, dark: true, nick: o.Nick,
		profile: styles.Depth(colorprofile.TrueColor, o.NoColor),
		look:    pane.Look{Width: ansi.WcWidth}, chat: newChat(o.User),
		rooms: pane.NewRooms(), members: pane.NewMembers(), w: 80, h: 24,
	}
	a.keys = bindings()
	a.byKey = byKey(a.keys)
	a.look.Styles = a.styles()
	a.input = pane.NewInput(a.look.Styles)
	return a
}

// Init asks the terminal what it is, and begins with the link, the address or
// the start screen.
func (a *App) Init() tea.Cmd {
	a.later(tea.RequestBackgroundColor)
	a.begin()
	return a.flush()
}

// Update is the flat router: every kind of message goes to one method.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(m.Width, m.Height)
	case tea.KeyPressMsg:
		a.key(m)
	case tea.PasteMsg:
		a.paste(m.Content)
	case tea.MouseClickMsg:
		a.click(m.Mouse())
	case tea.MouseWheelMsg:
		a.wheel(m.Mouse(), 1)
	case Wheel:
		a.wheel(m.Mouse, m.Steps)
	case tea.MouseMotionMsg:
		a.hover(m.Mouse())
	case updatesMsg:
		a.took(m)
	case sentMsg:
		a.sent(m)
	case openedMsg:
		a.opened(m)
	case keptMsg:
		a.kept(m)
	case timerMsg:
		a.timer(m)
	default:
		a.terminal(msg)
	}
	a.settle()
	return a, a.flush()
}

// terminal handles what the terminal tells about itself.
func (a *App) terminal(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.FocusMsg:
		a.focused = true
	case tea.BlurMsg:
		a.focused = false
		if r := a.chat.open; r != nil && len(r.unread) == 0 {
			r.list.MarkUnreadFrom(r.read + 1)
		}
	case tea.BackgroundColorMsg:
		a.dark, a.background = m.IsDark(), m
		a.restyle()
	case tea.ColorProfileMsg:
		a.profile = styles.Depth(m.Profile, a.opts.NoColor)
		a.restyle()
	case tea.ModeReportMsg:
		if m.Mode == ansi.ModeUnicodeCore && (m.Value.IsSet() || m.Value.IsReset()) {
			a.look.Width = ansi.GraphemeWidth
			a.restyle()
		}
	case tea.InterruptMsg:
		a.leave(chatnet.Text{})
	}
}

// settle does once what a message may have made necessary.
func (a *App) settle() {
	a.markRead()
	a.askMembers()
	a.layout()
	a.later(a.queue.pump(a.link))
	if a.quitting && !a.ended && (a.link == nil || a.queue.idle()) {
		a.ended = true
		a.later(a.end)
	}
}

// end is the last command: the hook, then the program's end.
func (a *App) end() tea.Msg {
	if a.opts.Quit != nil {
		a.opts.Quit()
	}
	return tea.Quit()
}

// later keeps a command for the end of Update.
func (a *App) later(c tea.Cmd) {
	if c != nil {
		a.cmds = append(a.cmds, c)
	}
}

func (a *App) flush() tea.Cmd {
	cmds := a.cmds
	a.cmds = nil
	return tea.Batch(cmds...)
}

// styles makes the theme ready for the terminal.
func (a *App) styles() *styles.Styles {
	t, ok := styles.Named(a.opts.Theme)
	if !ok {
		t = styles.Dark()
		if !a.dark {
			t = styles.Light()
		}
	}
	o := styles.Options{Profile: a.profile}
	if a.background.Color != nil {
		o.Background = a.background.Color
	}
	return styles.New(t, o)
}

// restyle draws everything anew.
func (a *App) restyle() {
	a.look.Styles = a.styles()
	a.input.SetStyles(a.look.Styles)
	for _, r := range a.chat.rooms {
		r.list.SetStyles(a.look.Styles)
		r.list.SetWidth(a.look.Width)
	}
	a.frame = frame{}
}

// now is the time by the program's clock.
func (a *App) now() time.Time { return a.opts.Now() }
