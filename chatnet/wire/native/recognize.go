package native

import (
	"bytes"

	"tchat/chatnet/wire"
)

var _ wire.Recognizer = (*Dialect)(nil)

// Recognizes reports whether a connection's first bytes begin a hello.
func (*Dialect) Recognizes(first []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(first, "\r\n"), []byte{'{'})
}
