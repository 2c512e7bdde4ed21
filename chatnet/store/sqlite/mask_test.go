package sqlite

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store/storetest"
)

// What was redacted is in no byte of the file once it is closed, and nothing of
// it comes back.
func TestRedactedTextLeavesTheFile(t *testing.T) {
	const secret = "the password is swordfish"
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	say := storetest.Message("r-dev", 1, secret)
	edit, redaction := storetest.Message("r-dev", 2, ""), storetest.Message("r-dev", 0, "")
	edit.Body = chatnet.Edited{Target: 1, Text: chatnet.Clean(secret + "!")}
	redaction.Body = chatnet.Redacted{Target: 1}
	_, err := s.Append(t.Context(), "r-dev", 0, []chatnet.Event{say, edit})
	must(t, err)
	mustClose(t, s)
	if data, err := os.ReadFile(path); err != nil || !bytes.Contains(data, []byte(secret)) {
		t.Fatalf("the text is not where this test looks: %v", err)
	}
	s = mustOpen(t, path)
	_, err = s.Append(t.Context(), "r-dev", 2, []chatnet.Event{redaction})
	must(t, err)
	mustClose(t, s)
	if data, err := os.ReadFile(path); err != nil || bytes.Contains(data, []byte("swordfish")) {
		t.Errorf("the text is still in the file (%v)", err)
	}
	s = mustOpen(t, path)
	defer mustClose(t, s)
	evs, err := s.Read(t.Context(), "r-dev", 0, 10)
	if err != nil || len(evs) != 3 || evs[0].Body != (chatnet.Said{}) || evs[1].Body != (chatnet.Edited{Target: 1}) || evs[0].Origin != say.Origin {
		t.Errorf("after a restart: %+v, %v", evs, err)
	}
}

// A database of an earlier build has no table of edits.
func TestOpenAddsTheTableOfEdits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tchat.db")
	s := mustOpen(t, path)
	_, err := s.writer.conn.ExecContext(t.Context(), "DROP TABLE edits")
	must(t, err)
	s.writer.broken = chatnet.E(chatnet.CodeStorage, "its statements are of no use now")
	mustClose(t, s)
	s = mustOpen(t, path)
	defer mustClose(t, s)
	edit := storetest.Message("r-dev", 1, "")
	edit.Body = chatnet.Edited{Target: 1, Text: chatnet.Clean("x")}
	_, err = s.Append(t.Context(), "r-dev", 0, []chatnet.Event{edit})
	must(t, err)
}
