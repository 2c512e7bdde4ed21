package room

import (
	"flag"
	"testing"

	"tchat/chatnet/wire/wiretest"
)

var update = flag.Bool("update", false, "write what the dialect says into the transcripts; read what changed")

// TestTranscripts plays the transcripts, one or more for each row of DOORS 3
// and for the rows of DOORS 0 that are a dialect's affair.
func TestTranscripts(t *testing.T) {
	wiretest.Folder(t, wiretest.Player{Dialect: New()}, "testdata", *update)
}
