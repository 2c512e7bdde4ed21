package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/charmbracelet/x/term" // asks whether a file is a terminal
)

// interactive reports whether a person sits at both ends of this process.
func interactive() bool { return term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()) }

// untilSignal returns a context that ends when the process is asked to end.
// After that a second request ends it at once.
func untilSignal(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, cancel)
	return ctx, cancel
}

// openLog returns the program's log: to the file that --log names, else to
// standard error, or nowhere when a screen is there. Close it at the end.
func openLog(s *settings, screen bool) (*slog.Logger, io.Closer, error) {
	if s.Log == "" {
		w := io.Writer(os.Stderr)
		if screen {
			w = io.Discard
		}
		return newLog(w), io.NopCloser(nil), nil
	}
	f, err := os.OpenFile(s.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, usagef("%s: %w", s.said("log"), fmt.Errorf("the log cannot be written: %w", err))
	}
	return newLog(f), f, nil
}

func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, nil))
}
