package chatnet_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"tchat/chatnet"
)

func TestErrorsThatARetryMayHelp(t *testing.T) {
	retry := map[chatnet.Code]bool{
		chatnet.CodeBusy: true, chatnet.CodeStorageFull: true, chatnet.CodeStorage: true, chatnet.CodeShutdown: true,
		chatnet.CodeOffline: true, chatnet.CodeConflict: true,
		chatnet.CodeBadRequest: false, chatnet.CodeTooLong: false, chatnet.CodeForbidden: false, chatnet.CodeReplaced: false,
		chatnet.CodeQuit: false, chatnet.CodeInternal: false, chatnet.CodeOriginReused: false,
	}
	for code, want := range retry {
		if e := chatnet.E(code, "x"); e.Retry != want {
			t.Errorf("%s: retry is %v", code, e.Retry)
		}
	}
}

func TestErrorWrapping(t *testing.T) {
	e := chatnet.E(chatnet.CodeBusy, "try again")
	because := e.Because(io.EOF)
	wrapped := fmt.Errorf("while sending: %w", because)
	switch {
	case e.Err != nil:
		t.Error("Because changed its receiver")
	case because.Error() != "try again: EOF" || e.Error() != "try again":
		t.Errorf("texts %q and %q", because, e)
	case !errors.Is(wrapped, io.EOF):
		t.Error("the cause is not found")
	case !errors.Is(wrapped, chatnet.E(chatnet.CodeBusy, "")):
		t.Error("the kind is not found")
	case errors.Is(wrapped, chatnet.E(chatnet.CodeForbidden, "")) || errors.Is(e, io.EOF):
		t.Error("another kind is found")
	case chatnet.CodeOf(wrapped) != chatnet.CodeBusy || chatnet.AsError(wrapped) != because:
		t.Errorf("%v is %s", wrapped, chatnet.CodeOf(wrapped))
	}
}

func TestForeignErrors(t *testing.T) {
	secret := errors.New("open /home/ada/secret: no such file")
	e := chatnet.AsError(secret)
	if e.Code != chatnet.CodeInternal || e.Retry || strings.Contains(e.Text, "secret") || !errors.Is(e, secret) {
		t.Errorf("%+v", e)
	}
	if chatnet.AsError(nil) != nil || chatnet.CodeOf(nil) != "" {
		t.Error("nil is an error")
	}
}

func TestColors(t *testing.T) {
	for _, c := range chatnet.Colors() {
		for _, in := range []string{string(c), strings.ToUpper(string(c))} {
			if got, err := chatnet.ParseColor(in); err != nil || got != c {
				t.Errorf("ParseColor(%q) = %q, %v", in, got, err)
			}
		}
	}
	if got, err := chatnet.ParseColor("Megenta"); err != nil || got != "magenta" {
		t.Errorf("megenta is %q, %v", got, err)
	}
	for _, in := range []string{"", "mauve", "red ", "#ff0000", "\x1b[31m"} {
		if got, err := chatnet.ParseColor(in); chatnet.CodeOf(err) != chatnet.CodeBadRequest || got != "" {
			t.Errorf("ParseColor(%q) = %q, %v", in, got, err)
		}
	}
	if n := len(chatnet.Colors()); n != 7 {
		t.Errorf("%d colours", n)
	}
}

func TestRoles(t *testing.T) {
	order := []chatnet.Role{chatnet.RoleVisitor, chatnet.RoleMember, chatnet.RoleModerator, chatnet.RoleOwner}
	for i, a := range order {
		for j, b := range order {
			if a.AtLeast(b) != (i >= j) {
				t.Errorf("%s.AtLeast(%s) is %v", a, b, a.AtLeast(b))
			}
		}
		if got, err := chatnet.ParseRole(string(a)); err != nil || got != a {
			t.Errorf("ParseRole(%q) = %q, %v", a, got, err)
		}
		if chatnet.Role("").AtLeast(a) || chatnet.Role("king").AtLeast(a) {
			t.Errorf("nobody is at least %s", a)
		}
	}
	if chatnet.Role("").AtLeast("") {
		t.Error("nobody may what nobody may")
	}
	for _, in := range []string{"", "Owner", "king"} {
		if got, err := chatnet.ParseRole(in); chatnet.CodeOf(err) != chatnet.CodeBadRequest || got != "" {
			t.Errorf("ParseRole(%q) = %q, %v", in, got, err)
		}
	}
}

func TestDeliveryIsZero(t *testing.T) {
	if !(chatnet.Delivery{}).IsZero() {
		t.Error("nothing is something")
	}
	for name, d := range map[string]chatnet.Delivery{
		"replies": {Replies: make([]chatnet.Reply, 1)},
		"entered": {Entered: make([]chatnet.RoomInfo, 1)},
		"events":  {Events: make([]chatnet.Event, 1)},
		"exited":  {Exited: make([]chatnet.RoomID, 1)},
		"signals": {Signals: make([]chatnet.Signal, 1)},
		"bye":     {Bye: chatnet.E(chatnet.CodeShutdown, "")},
	} {
		if d.IsZero() {
			t.Errorf("%s are nothing", name)
		}
	}
}
