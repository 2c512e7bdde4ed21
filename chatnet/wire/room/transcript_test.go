package room

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"tchat/chatnet/wire/wiretest"
)

var update = flag.Bool("update", false, "write what the dialect says into the transcripts; read what changed")

// TestTranscripts plays the transcripts, one or more for each row of DOORS 3
// and for the rows of DOORS 0 that are a dialect's affair.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			p := wiretest.Player{Dialect: New()}
			if *update {
				text = []byte(p.Record(t, string(text)))
				if err := os.WriteFile(f, text, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			p.Play(t, string(text))
		})
	}
}
