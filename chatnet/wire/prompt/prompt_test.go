package prompt_test

import (
	"flag"
	"testing"
	"time"

	"tchat/chatnet/wire"
	"tchat/chatnet/wire/prompt"
	"tchat/chatnet/wire/wiretest"

	"tchat/chatnet"
)

var update = flag.Bool("update", false, "write what really comes into the transcripts")

func player() wiretest.Player {
	return wiretest.Player{
		Dialect: prompt.New(time.UTC),
		Peer:    wire.Peer{Addr: "127.0.0.1:40000", Server: chatnet.ServerInfo{Name: chatnet.CleanLine("example")}},
	}
}

// TestTranscripts plays DOORS section 2, a file for a rule.
func TestTranscripts(t *testing.T) { wiretest.Folder(t, player(), "testdata", *update) }
