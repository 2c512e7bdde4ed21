package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"charm.land/fang/v2"              // the look of help and errors
	"github.com/charmbracelet/x/term" // asks whether a file is a terminal

	"tchat/chatnet"
)

// The exit codes, a promise to scripts.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitRefused     = 3 // the server said no
	exitUnreachable = 4 // no server answered
)

// usageError is a mistake in what was typed or configured.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// usagef returns a usage error with a text made as by fmt.Errorf.
func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// exitCode returns the exit code that tells of err.
func exitCode(err error) int {
	var usage usageError
	if err == nil {
		return exitDone
	}
	if errors.As(err, &usage) {
		return exitUsage
	}
	switch chatnet.CodeOf(err) {
	case chatnet.CodeUnreachable, chatnet.CodeOffline, chatnet.CodeShutdown:
		return exitUnreachable
	case chatnet.CodeInternal, chatnet.CodeStorage, chatnet.CodeStorageFull, chatnet.CodeConflict:
		return exitFailed
	default:
		return exitRefused
	}
}

// showError writes one sentence: styled on a terminal, bare otherwise.
func showError(w io.Writer, styles fang.Styles, err error) {
	if !term.IsTerminal(os.Stderr.Fd()) {
		_, _ = fmt.Fprintln(w, "tchat:", err) // nowhere is left to say that this failed
		return
	}
	text := styles.ErrorText.UnsetTransform().Render(err.Error() + ".")
	_, _ = fmt.Fprintf(w, "%s\n%s\n\n", styles.ErrorHeader.String(), text)
}
