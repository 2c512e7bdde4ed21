package main

import (
	"slices"
	"time"

	"tchat/chatnet/identity"
	"tchat/chatnet/server"
	"tchat/chatnet/wire"
	"tchat/chatnet/wire/native"
	"tchat/chatnet/wire/nick"
	"tchat/chatnet/wire/prompt"
	"tchat/chatnet/wire/room"
)

// dialect is a line of the table of ways to speak.
type dialect struct {
	scheme string // of --listen
	port   string // where --listen names none
	secure bool   // over TLS with the server's key
	open   func() wire.Dialect
}

// schemeAuto is the door that tells dialects apart by a peer's first bytes.
const schemeAuto = "auto"

// dialects lists what a server can speak.
func dialects() []dialect {
	tchat := func() wire.Dialect { return native.New() }
	return []dialect{
		{identity.SchemeTLS, identity.DefaultPort, true, tchat},
		{identity.SchemeInsecure, identity.DefaultPort, false, tchat},
		{schemeAuto, identity.DefaultPort, true, nil},
		{"nick", "55555", false, func() wire.Dialect { return nick.New() }},
		{"prompt", "1234", false, func() wire.Dialect { return prompt.New(time.Local) }},
		{"room", "8888", false, func() wire.Dialect { return room.New() }},
	}
}

// kindOf returns the dialect of a scheme, which must be in the table.
func kindOf(scheme string) dialect {
	all := dialects()
	return all[slices.IndexFunc(all, func(d dialect) bool { return d.scheme == scheme })]
}

// door returns the door that speaks the dialect, for a server with a key.
func (d dialect) door(key identity.Key, public bool) server.Door {
	door := server.Door{Scheme: d.scheme, Public: public}
	if d.secure {
		door.TLS = identity.ServerTLS(key)
	}
	if d.open != nil {
		door.Dialect = d.open()
		return door
	}
	door.Auto = []wire.Dialect{native.New(), room.New()}
	door.Silent = prompt.New(time.Local)
	return door
}
