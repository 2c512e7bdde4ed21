package main

import (
	"errors"
	"fmt"
	"testing"

	"tchat/chatnet"
)

func TestExitCode(t *testing.T) {
	tests := []struct {
		err  error
		want int
	}{
		{nil, exitDone},
		{errors.New("x"), exitFailed},
		{usagef("no such flag"), exitUsage},
		{fmt.Errorf("while: %w", usagef("no such flag")), exitUsage},
		{usagef("nick: %w", chatnet.E(chatnet.CodeBadNick, "bad")), exitUsage},
		{chatnet.E(chatnet.CodeRefused, "the host said no"), exitRefused},
		{fmt.Errorf("there: %w", chatnet.E(chatnet.CodeNickTaken, "taken")), exitRefused},
		{chatnet.E(chatnet.CodeUntrusted, "another key"), exitRefused},
		{chatnet.E(chatnet.CodeUnreachable, "nobody there"), exitUnreachable},
		{chatnet.E(chatnet.CodeShutdown, "going"), exitUnreachable},
		{chatnet.E(chatnet.CodeStorage, "disk"), exitFailed},
		{chatnet.E(chatnet.CodeInternal, "defect"), exitFailed},
	}
	for _, tt := range tests {
		if got := exitCode(tt.err); got != tt.want {
			t.Errorf("exitCode(%v) = %d, want %d", tt.err, got, tt.want)
		}
	}
}
