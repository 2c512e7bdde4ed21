package main

import (
	"tchat/chatnet/identity"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
)

// dialect is a line of the table of ways to speak.
type dialect struct {
	scheme string // of --listen
	secure bool   // over TLS with the server's key
	open   func() wire.Dialect
}

// dialects lists what a server can speak.
func dialects() []dialect {
	tchat := func() wire.Dialect { return native.New() }
	return []dialect{
		{identity.SchemeTLS, true, tchat},
		{identity.SchemeInsecure, false, tchat},
	}
}
